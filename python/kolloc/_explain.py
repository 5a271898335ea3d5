"""Why two documents are related, or are not: the rule, its numbers and both texts side by side."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from kolloc import _alignment, _check, _explain_html, _explain_text, _interop, _verdict
from kolloc._alignment import Row, Spans
from kolloc._dates import NO_DATE
from kolloc._searched import NO_SOURCE, RELATIONS, REVERSED, Searched
from kolloc._verdict import Counts
from kolloc.exceptions import ParameterError

__all__ = ["Explained", "Explanation"]


class Explanation:
    """Two documents side by side with the rule that makes them related, or the reason why they are not.

    Made by `Duplicates.explain`; shows itself as text and as HTML.

    Attributes
    ----------
    relation : str or None
        Read as "a *relation* b".
    reason : str
        Which rule made the relation, with its numbers.
    """

    __slots__ = ("_counts", "_heads", "_names", "_rows", "reason", "relation")

    def __init__(
        self,
        names: tuple[str, str],
        heads: tuple[str, str],
        relation: str | None,
        reason: str,
        counts: Counts,
        rows: list[Row],
    ) -> None:
        self._names = names
        self._heads = heads
        self.relation = relation
        self.reason = reason
        self._counts = counts
        self._rows = rows

    def to_dict(self) -> dict[str, Any]:
        """Return names, relation, reason and the numbers of the pair as a new dict fit for JSON."""
        return {
            "document_a": self._names[0],
            "document_b": self._names[1],
            "relation": self.relation,
            "reason": self.reason,
            **self._counts._asdict(),
            "jaccard": self._counts.jaccard,
            "containment_a": self._counts.containment_a,
            "containment_b": self._counts.containment_b,
        }

    def __repr__(self) -> str:
        facts = ", ".join(f"{name} {value}" for name, value in self._facts())
        head = f"<Explanation: {self._heading()}>\n{self.reason}\n{facts}"
        return f"{head}\n{_explain_text.side_by_side(self._heads, self._rows)}"

    def _repr_html_(self) -> str:
        return _explain_html.page(self._heading(), self.reason, self._facts(), self._heads, self._rows)

    def _heading(self) -> str:
        a, b = self._names
        return f"{a!r} {self.relation or 'has no relation to'} {b!r}"

    def _facts(self) -> list[tuple[str, str]]:
        counts = self._counts
        return [
            ("triples in both", f"{counts.shared:,}"),
            ("in a", f"{counts.size_a:,}"),
            ("in b", f"{counts.size_b:,}"),
            ("Jaccard", f"{counts.jaccard:.2f}"),
            ("of a in b", f"{counts.containment_a:.2f}"),
            ("of b in a", f"{counts.containment_b:.2f}"),
            ("longest run", f"{counts.longest_run:,}"),
        ]


class Explained(Searched):
    """Explanations of pairs."""

    __slots__ = ()

    def explain(self, a: str | int, b: str | int, *, context: int = 160) -> Explanation:
        """Return why two documents are related, or are not, with both texts side by side.

        Parameters
        ----------
        a, b : str or int
            Documents by name or row; any two, listed as a pair or not.
        context : int, default 160
            Characters shown before and behind each shared span; of longer stretches, within spans too, the rest is left
            out and its length told.

        Returns
        -------
        Explanation
            Shows shared spans aligned, each with its number in the order of either text; words that differ within a
            span in frames (HTML) or square brackets (text). ``relation``, ``reason`` and ``to_dict()`` tell the rest.

        Raises
        ------
        KeyError, IndexError
            If there is no such document.
        ParameterError
            If both are one document.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank on {} in calm weather and all passengers were saved"
        >>> duplicates = kolloc.Corpus({"wire": story.format("Monday"), "post": story.format("Friday")}).duplicates()
        >>> duplicates.explain("wire", "post")
        <Explanation: 'wire' revised 'post'>
        revised: 12 triples are in both, 0.80 of the first text and 0.80 of the second; the smaller share 0.80 ≥ 0.40
        triples in both 12, in a 15, in b 15, Jaccard 0.67, of a in b 0.80, of b in a 0.80, longest run 8
              wire                                                    post
           1  The ferry to the northern islands sank on            1  The ferry to the northern islands sank on
              [Monday] in calm weather and all passengers were        [Friday] in calm weather and all passengers were
              saved                                                   saved
        """
        context = _check.integer("context", context, at_least=0)
        row_a, row_b = self._row(a), self._row(b)
        if row_a == row_b:
            allowed = "two different documents"
            raise ParameterError(
                f"a and b must be {allowed}, got {a!r} and {b!r}", parameter="b", value=b, allowed=allowed
            )
        relation = self._listed(row_a, row_b)
        counts = Counts(*self._native.compare(row_a, row_b))
        if relation is None:
            reason = f"no relation: {self._why_unlisted(row_a, row_b, counts)}"
        else:
            reason = _verdict.related(relation, counts, self._options.parameters)
        texts = self._documents.text(row_a), self._documents.text(row_b)
        spans = self._aligned(row_a, row_b, texts, relation)
        rows = _alignment.rows(*texts, spans, context)
        names = self._names[row_a], self._names[row_b]
        return Explanation(names, (self._head(row_a), self._head(row_b)), relation, reason, counts, rows)

    def _listed(self, a: int, b: int) -> str | None:
        """Return the relation of a listed pair, seen from its first document."""
        columns = self._native.pairs()
        found = np.flatnonzero((columns["a"] == min(a, b)) & (columns["b"] == max(a, b)))
        if not len(found):
            return None
        relation = RELATIONS[int(columns["relation"][found[0]])]
        return relation if a < b else REVERSED.get(relation, relation)

    def _why_unlisted(self, a: int, b: int, counts: Counts) -> str:
        """Return why two documents are no pair."""
        if reason := self._not_admitted(a, b):
            return reason
        alone = self._native.relation_alone(a, b, self._options.to_json())
        if alone is None:
            return _verdict.unrelated(counts, self._options.parameters)
        return (
            f"by themselves they are {RELATIONS[alone]}, but among all documents the pair is not "
            "listed: too many texts share its fingerprints, or they are printed too often to list every pair (see "
            "report())"
        )

    def _not_admitted(self, a: int, b: int) -> str | None:
        """Return why window or group rule a pair out."""
        window, group = (self._options.parameters[name] for name in ("window", "group"))
        if window is not None and self._dates is not None:
            one, other = int(self._dates[a]), int(self._dates[b])
            if NO_DATE in (one, other):
                return "one of them has no date, and the search had a window"
            if abs(one - other) > json.loads(self._options.to_json())["window"]:
                return f"their dates are {abs(one - other) / 86_400_000_000:.4g} days apart, the window is {window}"
        if group is not None and self._sources is not None:
            of_a, of_b = int(self._sources[a]), int(self._sources[b])
            if NO_SOURCE in (of_a, of_b):
                return f"one of them has no source, and the search was {group} sources"
            if (of_a == of_b) != (group == "within"):
                same = "the same source" if of_a == of_b else "different sources"
                return f"they have {same}, and the search was {group} sources"
        return None

    def _aligned(self, a: int, b: int, texts: tuple[str, str], relation: str | None) -> Spans:
        found = self._spans_of(np.array([a], dtype=np.uint32), np.array([b], dtype=np.uint32), None)
        if not len(found["pair"]) and relation in ("exact", "same_text"):
            whole = [np.array([0]), np.array([len(texts[0])]), np.array([0]), np.array([len(texts[1])])]
            return Spans(*whole)
        return Spans(*(found[name] for name in ("char_start_a", "char_end_a", "char_start_b", "char_end_b")))

    def _head(self, row: int) -> str:
        """Return name, source and date of a document."""
        options = self._options.parameters
        columns = [options[name] for name in ("source", "date") if options[name] is not None]
        part = _interop.take_rows(self._metadata, np.array([row], dtype=np.uint32))
        values = [_interop.column_values(part, column)[0] for column in columns]
        return ", ".join(
            [self._names[row], *(str(value).removesuffix(" 00:00:00") for value in values if value is not None)]
        )
