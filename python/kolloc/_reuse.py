"""Who reprints whom: frames of documents, of sources, and of what goes from one source to another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop, _letters, _prints
from kolloc._progress import Progress
from kolloc._searched import NO_SOURCE, Columns, Searched

__all__ = ["Reuse"]

Integers = NDArray[np.int64]
Relations = str | Iterable[str] | None


class _Shares(NamedTuple):
    """Letters and digits of each document, and how many of them stand in earlier documents."""

    letters: Integers
    reprinted: Integers

    def of(self, groups: Integers, n: int) -> NDArray[np.float64]:
        """Return the share of reprinted text in each of `n` groups, NaN where there is no letter."""
        letters, reprinted = (np.bincount(groups, weights=each, minlength=n) for each in self)
        return _ratio(reprinted, letters)


class Reuse(Searched):
    """Duplicates as data on documents and their sources."""

    __slots__ = ()

    def reprints(self, *, relations: Relations = None, progress: Progress = None) -> Any:
        """Return how much of each document was printed before, and who printed its story first.

        A new frame of the caller's kind, a row for each document in the order of the corpus.

        Parameters
        ----------
        relations : str or iterable of str, optional
            Pairs that count for `reprinted`, by relation, such as ``["exact", "same_text", "near", "contains",
            "contained_in"]`` to leave quotations and single passages out; all if not given.
        progress : bool or callable, optional
            As in `Corpus.tokens`; pairs of documents.

        Returns
        -------
        frame
            ``document``: its name. ``cluster``: as in `clusters`, -1 for a document in none. ``prints``: documents in
            the cluster. ``sources``: different known sources among them (only if the search had `source`). ``rank``: 1
            for the earliest of the cluster; documents of one date share their rank; those without a date follow in the
            order of rows, which is the order of all if the search had no `date`. ``is_first``: whether the rank is 1,
            true for documents in no cluster. ``reprinted``: share of its letters and digits that stand in earlier
            documents, too; NaN if it has none. ``originality``: 1 − `reprinted`.

        Raises
        ------
        ParameterError
            If there is no such relation.

        Notes
        -----
        Of two documents the one with the earlier date is the earlier one; one without a date comes behind all with one;
        if both dates are the same, or missing, the earlier row decides. The shared spans of a document with all earlier
        ones are united, so that text shared with several of them counts once. A document with the same text as an
        earlier one is reprinted as a whole. Letters and digits are characters for which `str.isalnum` holds, those of
        HTML tags and links among them; furniture that the search left out does not count.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> more = "Our own reporter met them in the harbour: the crew had been at breakfast when the hull broke"
        >>> corpus = kolloc.Corpus({"wire": story, "post": f"{story}. {more}.", "herald": story.upper()})
        >>> corpus.duplicates().reprints()[["document", "prints", "rank", "reprinted"]].round(2)
          document  prints  rank  reprinted
        0     wire       2     1        0.0
        1     post       1     1        0.5
        2   herald       2     2        1.0
        """
        printed = _prints.prints(self._native.clusters()[0], self._dates)
        shares = self._shares(relations, progress)
        reprinted = _ratio(shares.reprinted, shares.letters)
        columns: dict[str, NDArray[Any]] = {"cluster": printed.cluster, "prints": printed.n_prints}
        if self._sources is not None:
            columns["sources"] = _prints.n_sources(printed.cluster, self._sources)
        columns |= {"rank": printed.rank, "is_first": printed.rank == 1}
        columns |= {"reprinted": reprinted, "originality": 1 - reprinted}
        names = {"document": (np.arange(len(self._names)), list(self._names))}
        return _interop.coded_frame(self._metadata, names, columns)

    def sources(self, *, relations: Relations = None, least: float = 0.5, progress: Progress = None) -> Any:
        """Return how much each source reprints, how often it is first, and from whom it takes most.

        A new frame of the caller's kind, a row for each source in the order of their first document. The search must
        have had `source`; documents without one count for nobody, though others may have text from them.

        Parameters
        ----------
        relations : str or iterable of str, optional
            Pairs that count, by relation; all if not given.
        least : float, default 0.5
            Share of reprinted text from which a document counts as reprinted.
        progress : bool or callable, optional
            As in `Corpus.tokens`; pairs of documents.

        Returns
        -------
        frame
            ``source``. ``takes_from``: the other source that stands first in the most pairs with it, see `flows`;
            missing if there is none. ``documents``. ``reprinted_documents``: those with `reprinted` of at least
            `least`. ``first_prints``: those that are first of a cluster, see `reprints`. ``stories``: clusters that it
            shares with other sources. ``stories_first``: how many of these it prints first (two sources on one date are
            both first). ``first_share``: stories_first / stories, NaN without stories. ``reprinted``:
            share of all its letters and digits that stand in earlier documents. ``originality``: mean over its
            documents, those without letters left out.

        Raises
        ------
        ParameterError
            If the search had no sources, or there is no such relation.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> pages = pd.DataFrame({"text": [story, story], "outlet": ["Wire", "Post"]})
        >>> kolloc.Corpus(pages, text="text").duplicates(source="outlet").sources().T
                             0     1
        source            Wire  Post
        takes_from         NaN  Wire
        documents            1     1
        reprinted_documents  0     1
        first_prints         1     0
        stories              1     1
        stories_first        1     0
        first_share        1.0   0.0
        reprinted          0.0   1.0
        originality        1.0   0.0
        """
        labels = self._source_labels()
        n = len(labels)
        least = _check.share("least", least)
        printed = _prints.prints(self._native.clusters()[0], self._dates)
        shares = self._shares(relations, progress)
        known = np.flatnonzero(self._known_sources != NO_SOURCE)
        source = self._known_sources[known].astype(np.int64)
        reprinted = _ratio(shares.reprinted, shares.letters)[known]
        is_first_print = (printed.rank[known] == 1) & (printed.cluster[known] >= 0)
        stories, first = _prints.stories(printed, self._known_sources, n)
        columns: dict[str, NDArray[Any]] = {
            "documents": np.bincount(source, minlength=n),
            "reprinted_documents": np.bincount(source[reprinted >= least], minlength=n),
            "first_prints": np.bincount(source[is_first_print], minlength=n),
            "stories": stories,
            "stories_first": first,
            "first_share": _ratio(first, stories),
            "reprinted": _Shares(shares.letters[known], shares.reprinted[known]).of(source, n),
            "originality": _means(1 - reprinted, source, n),
        }
        coded = {"source": (np.arange(n), labels), "takes_from": (self._mostly_taken_from(relations, n), labels)}
        return _interop.coded_frame(self._metadata, coded, columns)

    def flows(self, *, relations: Relations = None, progress: Progress = None) -> Any:
        """Return whose text stands in whose documents: pairs of documents summed up by their sources.

        A new frame of the caller's kind, most pairs first. The search must have had `source`; pairs with a document
        without one are left out. Every listed pair of documents counts once, from the earlier document to the later
        one, whether or not the later one had the text from there: a text printed by A, then B, then C counts for A to
        B, A to C and B to C. So pairs grow with the square of the prints, and are no number of acts of copying; of
        texts printed very often not all pairs are listed (`pairs_left_out` of `report`).

        Parameters
        ----------
        relations : str or iterable of str, optional
            Pairs that count, by relation; all if not given.
        progress : bool or callable, optional
            As in `Corpus.tokens`; pairs of documents.

        Returns
        -------
        frame
            ``source_from``: the source of the earlier document of the pairs (see `reprints`). ``source_to``: that of
            the later one; may be the same. ``pairs``: number of pairs of documents. ``words``: equal words in their
            shared spans (pairs of characters in scripts without spaces).

        Raises
        ------
        ParameterError
            If the search had no sources, or there is no such relation.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> pages = pd.DataFrame({"text": [story, story], "outlet": ["Wire", "Post"]})
        >>> kolloc.Corpus(pages, text="text").duplicates(source="outlet").flows()
          source_from source_to  pairs  words
        0        Wire      Post      1     17
        """
        labels = self._source_labels()
        found = self._oriented(self._related(relations))
        between = self._between_sources(found, len(labels))
        words = self._shared_words(found, progress)
        total = np.bincount(between.place, weights=words[between.pairs], minlength=len(between.counts)).astype(np.int64)
        order = np.argsort(-between.counts, kind="stable")
        coded = {"source_from": (between.origin[order], labels), "source_to": (between.goal[order], labels)}
        return _interop.coded_frame(self._metadata, coded, {"pairs": between.counts[order], "words": total[order]})

    def _oriented(self, columns: dict[str, NDArray[Any]]) -> _Oriented:
        a, b = columns["a"], columns["b"]
        a_is_earlier = self._a_is_earlier(a, b)
        bodies = self._native.bodies()
        return _Oriented(a, b, a_is_earlier, bodies[a] == bodies[b])

    def _shares(self, relations: Relations, progress: Progress) -> _Shares:
        found = self._oriented(self._related(relations))
        differs = np.flatnonzero(~found.same_text)
        spans = self._spans_of(found.a[differs], found.b[differs], progress)
        places = _in_later(found, differs[spans["pair"]], spans)
        letters, reprinted = _letters.counted(self._documents, *places, self._native.left_out())
        whole = np.unique(found.later[found.same_text])
        reprinted[whole] = letters[whole]
        return _Shares(letters, reprinted)

    def _shared_words(self, found: _Oriented, progress: Progress) -> Integers:
        """Return the number of equal words in the spans of each pair; a pair of one text has all of them in common."""
        words = self._native.n_units()[found.a].astype(np.int64)
        pairs = np.flatnonzero(~found.same_text)
        spans = self._spans_of(found.a[pairs], found.b[pairs], progress)
        words[pairs] = np.bincount(spans["pair"], weights=spans["equal_units"], minlength=len(pairs))
        return words

    def _between_sources(self, found: _Oriented, n: int) -> _Between:
        sources = self._known_sources
        origin, goal = sources[found.earlier], sources[found.later]
        pairs = np.flatnonzero((origin != NO_SOURCE) & (goal != NO_SOURCE))
        key = origin[pairs].astype(np.int64) * n + goal[pairs]
        keys, place, counts = np.unique(key, return_inverse=True, return_counts=True)
        return _Between(keys // max(n, 1), keys % max(n, 1), counts, pairs, place)

    def _mostly_taken_from(self, relations: Relations, n: int) -> Integers:
        """Return for each source the other one that is earlier in most pairs with it, -1 for none."""
        between = self._between_sources(self._oriented(self._related(relations)), n)
        others = np.flatnonzero(between.origin != between.goal)
        order = others[np.lexsort((between.origin[others], -between.counts[others], between.goal[others]))]
        goals, first = np.unique(between.goal[order], return_index=True)
        mostly = np.full(n, -1, dtype=np.int64)
        mostly[goals] = between.origin[order][first]
        return mostly


class _Oriented(NamedTuple):
    """Pairs of documents with what tells which is earlier."""

    a: NDArray[np.uint32]
    b: NDArray[np.uint32]
    a_is_earlier: NDArray[np.bool_]
    same_text: NDArray[np.bool_]

    @property
    def earlier(self) -> NDArray[np.uint32]:
        return np.where(self.a_is_earlier, self.a, self.b)

    @property
    def later(self) -> NDArray[np.uint32]:
        return np.where(self.a_is_earlier, self.b, self.a)


def _in_later(found: _Oriented, pairs: Integers, spans: Columns) -> tuple[Integers, Integers, Integers]:
    """Return the union of the spans of pairs in their later documents as rows, starts and ends."""
    in_b = found.a_is_earlier[pairs]
    starts, ends = (np.where(in_b, spans[f"char_{at}_b"], spans[f"char_{at}_a"]) for at in ("start", "end"))
    return _letters.disjoint(found.later[pairs], starts, ends)


class _Between(NamedTuple):
    """Two sources each, how many pairs they have, and those pairs with their place among the sources."""

    origin: Integers
    goal: Integers
    counts: Integers
    pairs: Integers
    place: Integers


def _ratio(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    """Return part / whole, NaN where the whole is 0."""
    ratio = np.full(len(whole), np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio


def _means(values: NDArray[np.float64], groups: Integers, n: int) -> NDArray[np.float64]:
    """Return the mean of each group over the values that are numbers."""
    known = ~np.isnan(values)
    sums = np.bincount(groups[known], weights=values[known], minlength=n)
    return _ratio(sums, np.bincount(groups[known], minlength=n))
