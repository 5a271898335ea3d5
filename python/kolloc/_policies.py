"""Counting policies: what counts once, what counts less, and what does not count at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _sites
from kolloc import blocks as _blocks
from kolloc._dates import NO_DATE
from kolloc._duplicate_options import KEEPS, POLICIES
from kolloc._policy_effect import compare_counts
from kolloc._progress import Progress, reporting
from kolloc._searched import NO_CLUSTER, NO_SOURCE, RELATIONS, Columns, Searched
from kolloc.exceptions import InputTypeError, ParameterError
from kolloc.tokens import Tokens

__all__ = ["Policies"]

_Places = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]

_QUOTED = 0.5
"""Share of a span between quotation marks from which it is masked as a quotation."""


class Policies(Searched):
    """Duplicates that say how documents count."""

    __slots__ = ()

    def representatives(self, keep: str = "earliest", *, prefer: Iterable[Any] | None = None) -> NDArray[np.uint32]:
        """Return the rows of the documents that stand for their clusters, and of all that are in none.

        Parameters
        ----------
        keep : {"earliest", "longest", "first"}, default "earliest"
            Which member stands for a cluster: that with the earliest date (undated ones come last; needs `date` in the
            search, otherwise the first), that with the most words, or the first row. Ties go to the first row.
        prefer : iterable, optional
            Sources whose documents come before all others, in this order.

        Returns
        -------
        ndarray
            uint32, shape (documents kept,), ascending row numbers.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> kolloc.Corpus(["Nothing happened.", story, story]).duplicates().representatives().tolist()
        [0, 1]
        """
        clusters = self._native.clusters()[0]
        return self._kept(clusters.astype(np.int64), clusters != NO_CLUSTER, keep, prefer)

    def weights(self, policy: str = "weight_1_over_size", *, keep: str = "earliest") -> NDArray[np.float64]:
        """Return how much each document counts: float64, shape (documents,).

        Parameters
        ----------
        policy : {"all", "one_per_cluster", "one_per_source_per_cluster", "weight_1_over_size"}
            1 for all; 1 for representatives and 0 for others; the same for each source of a cluster; or 1 / size of the
            cluster.
        keep : str
            As in `representatives`.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> kolloc.Corpus(["Nothing happened.", story, story]).duplicates().weights().tolist()
        [1.0, 0.5, 0.5]
        """
        _check.one_of("policy", policy, POLICIES[:4])
        if policy == "weight_1_over_size":
            clusters = self._native.clusters()[0]
            inside = clusters != NO_CLUSTER
            weights = np.ones(len(clusters))
            weights[inside] /= np.bincount(clusters[inside])[clusters[inside]]
            return weights
        weights = np.zeros(len(self._names))
        weights[self._rows_of(policy, keep, None)] = 1.0
        return weights

    def masked(self, policy: str, *, progress: Progress = None) -> dict[str, NDArray[np.int64]]:
        """Return the parts of texts that a policy does not count, as `Tokens.mask` takes them.

        Parameters
        ----------
        policy : {"drop_boilerplate", "drop_repeated_passages", "mask_quotes"}
            Furniture of pages and sites (see `Corpus.blocks`); of every text that two documents have in common the
            later print (by date, undated ones last, then by row), so that each passage counts where it was printed
            first; or the spans of pairs that are quotes where they stand between quotation marks.
        progress : None, bool or callable(done, total), optional
            As in `Corpus.duplicates`.

        Returns
        -------
        dict
            ``document`` (row), ``char_start`` and ``char_end`` (code points): int64 arrays, an entry for each span.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> duplicates = kolloc.Corpus([story, f"Our page. {story} by fishermen, it said."]).duplicates()
        >>> [part.tolist() for part in duplicates.masked("drop_repeated_passages").values()]
        [[1], [10], [99]]
        """
        _check.one_of("policy", policy, POLICIES[4:])
        if policy == "drop_boilerplate":
            return self._furniture(progress)
        pairs, spans = self._found_spans(progress)
        if policy == "mask_quotes":
            return _stacked(*self._quotations(pairs, spans))
        return _stacked(*self._later_prints(pairs, spans))

    def apply(
        self,
        tokens: Tokens,
        policy: str,
        *,
        keep: str = "earliest",
        prefer: Iterable[Any] | None = None,
        progress: Progress = None,
    ) -> Tokens:
        """Return tokens of the same corpus that count under a policy; so does all that is counted from them.

        Parameters
        ----------
        tokens : Tokens
            Tokens of the corpus that was searched.
        policy : str
            ``"all"``
                Every print counts.
            ``"one_per_cluster"``
                Of each cluster one document, see `representatives`; the others are left out.
            ``"one_per_source_per_cluster"``
                Of each cluster one document of each source; those without a source are kept.
            ``"weight_1_over_size"``
                Each document of a cluster counts 1 / size.
            ``"drop_boilerplate"``
                Furniture of pages and sites is masked; needs tokens made from texts, as the next two.
            ``"drop_repeated_passages"``
                Each passage counts where it was printed first.
            ``"mask_quotes"``
                Quotations that documents share are masked.
        keep, prefer
            As in `representatives`.
        progress : None, bool or callable(done, total), optional
            As in `Corpus.duplicates`.

        Raises
        ------
        ParameterError
            If there is no such policy, or it needs a source that the search did not have.
        InputTypeError
            If the tokens are of other documents, or the search was in paragraphs or sentences.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> corpus = kolloc.Corpus([story, story.upper(), "A ferry sank."])
        >>> duplicates, tokens = corpus.duplicates(), corpus.tokens(remove_punct=True)
        >>> frequency = {policy: duplicates.apply(tokens, policy).dtm().to_scipy().sum() for policy in
        ...              ("all", "one_per_cluster", "weight_1_over_size")}
        >>> {policy: float(count) for policy, count in frequency.items()}
        {'all': 37.0, 'one_per_cluster': 20.0, 'weight_1_over_size': 20.0}
        """
        _check.one_of("policy", policy, POLICIES)
        if not isinstance(tokens, Tokens):
            raise InputTypeError(f"tokens must be Tokens of the same corpus, got {type(tokens).__name__}")
        if self._parents is not None:
            unit = self._options.parameters["unit"]
            raise InputTypeError(
                f"policies need a search in whole documents, and this one was in {unit}s; search once more with "
                "unit='document', whose policies drop_repeated_passages and mask_quotes look within documents"
            )
        if tokens.names != self._names:
            raise InputTypeError(
                f"tokens must be of the {len(self._names):,} documents that were searched, got {tokens.n_docs:,} "
                "documents or other names"
            )
        _check.one_of("keep", keep, KEEPS)
        preferred = None if prefer is None else _check.strings("prefer", prefer)
        record = {"policy": policy, "keep": keep, "prefer": preferred, "search": self._options.parameters}
        if policy == "weight_1_over_size":
            counted = tokens.weigh(self.weights(policy), label=policy)
        elif policy in POLICIES[4:]:
            counted = tokens.mask(self.masked(policy, progress=progress))
        else:
            return tokens._take(self._rows_of(policy, keep, preferred), "policy", record)
        return counted._with(counted._native, counted._provenance.then("policy", record))

    def effect(
        self, tokens: Tokens, one: str = "all", other: str = "one_per_cluster", n: int | None = 20, **options: Any
    ) -> Any:
        """Return the terms whose rate or rank moves most between two policies: what reprints do to a result.

        Parameters
        ----------
        tokens : Tokens
            Tokens of the corpus that was searched.
        one, other : str
            Two policies of `apply`.
        n : int, optional
            Number of rows; ``None`` for all.
        **options
            `by` and `min_count` of `kolloc.compare_counts`, which also compares co-occurrence tables.

        Returns
        -------
        frame
            As of `kolloc.compare_counts`.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> corpus = kolloc.Corpus([story, story, "Peace talks. Peace at last, but war talks, too."])
        >>> effect = corpus.duplicates().effect(corpus.tokens(remove_punct=True), n=2, min_count=1)
        >>> effect[["term", "count_1", "count_2", "change"]].round(2).values.tolist()
        [['peace', 2, 2, 0.73], ['talks', 2, 2, 0.73]]
        """
        return compare_counts(self.apply(tokens, one), self.apply(tokens, other), n, **options)

    def _furniture(self, progress: Progress) -> dict[str, NDArray[np.int64]]:
        sites = _sites.codes(self._options.parameters["site"], self._metadata, len(self._names))
        with reporting(progress, "blocks", "B") as callback:
            blocks = _blocks.find(
                self._documents,
                sites,
                None,
                callback,
                _names=self._names,
                _metadata=self._metadata,
                _provenance=self._provenance,
            )
        return blocks._places(None)

    def _quotations(self, pairs: Columns, spans: Columns) -> tuple[_Places, ...]:
        """Return the spans of either text that stand between quotation marks, of pairs that are quotes."""
        least = _QUOTED * np.maximum(spans["units"], 1)
        is_quote = pairs["relation"][spans["pair"]] == RELATIONS.index("quotes")
        return tuple(_side(pairs, spans, side, is_quote & (spans[f"quoted_{side}"] >= least)) for side in "ab")

    def _later_prints(self, pairs: Columns, spans: Columns) -> tuple[_Places, ...]:
        """Return the spans of pairs in the later text; all of it where texts of few words are the same."""
        a_first = self._a_is_earlier(pairs["a"], pairs["b"])
        in_b = a_first[spans["pair"]]
        found = _side(pairs, spans, "a", ~in_b), _side(pairs, spans, "b", in_b)
        same = np.isin(pairs["relation"], [RELATIONS.index(name) for name in ("exact", "same_text")])
        same[spans["pair"]] = False
        whole = np.unique(np.where(a_first, pairs["b"], pairs["a"])[same])
        ends = np.array([len(self._documents.text(row)) for row in whole.tolist()], dtype=np.int64)
        return *found, (whole, np.zeros_like(ends), ends)

    # Who stands for whom

    def _rows_of(self, policy: str, keep: str, prefer: Iterable[Any] | None) -> NDArray[np.uint32]:
        clusters = self._native.clusters()[0].astype(np.int64)
        inside = clusters != NO_CLUSTER
        if policy == "all":
            return np.arange(len(clusters), dtype=np.uint32)
        if policy == "one_per_source_per_cluster":
            sources = self._known_sources
            known = sources != NO_SOURCE
            n = int(sources[known].max(initial=0)) + 1
            return self._kept(clusters * n + np.where(known, sources, 0), inside & known, keep, prefer)
        return self._kept(clusters, inside, keep, prefer)

    def _kept(
        self, groups: NDArray[np.int64], grouped: NDArray[np.bool_], keep: str, prefer: Iterable[Any] | None
    ) -> NDArray[np.uint32]:
        """Return the best row of each group, and all rows that are in none."""
        _check.one_of("keep", keep, KEEPS)
        rows = np.arange(len(groups))
        if keep == "earliest" and self._dates is not None:
            worth = np.where(self._dates == NO_DATE, np.iinfo(np.int64).max, self._dates)
        elif keep == "longest":
            worth = -self._native.n_units().astype(np.int64)
        else:
            worth = rows
        order = np.lexsort((rows, worth, self._preference(prefer), groups))
        order = order[grouped[order]]
        best = order[np.unique(groups[order], return_index=True)[1]]
        return np.sort(np.concatenate((best, rows[~grouped]))).astype(np.uint32)

    def _preference(self, prefer: Iterable[Any] | None) -> NDArray[np.int64]:
        """Return the place of each document's source among those preferred, behind all of them if it is none."""
        if prefer is None:
            return np.zeros(len(self._names), dtype=np.int64)
        wanted: Sequence[str] = _check.strings("prefer", prefer)
        labels = self._source_labels()
        unknown = next((name for name in wanted if name not in labels), None)
        if unknown is not None:
            allowed = f"sources of the search, such as {_check.listed(labels, 5)}"
            message = f"prefer must hold {allowed}, got {unknown!r}{_check.did_you_mean(unknown, labels)}"
            raise ParameterError(message, parameter="prefer", value=unknown, allowed=allowed)
        places = np.array([wanted.index(name) if name in wanted else len(wanted) for name in labels] + [len(wanted)])
        return places[np.minimum(self._known_sources, len(labels)).astype(np.int64)]


def _side(pairs: Columns, spans: Columns, side: str, chosen: NDArray[np.bool_]) -> _Places:
    """Return row, start and end of some spans in the first text of their pairs, or in the second."""
    return (
        pairs[side][spans["pair"][chosen]],
        spans[f"char_start_{side}"][chosen],
        spans[f"char_end_{side}"][chosen],
    )


def _stacked(*places: _Places) -> dict[str, NDArray[np.int64]]:
    columns = zip(*places, strict=True)
    names = ("document", "char_start", "char_end")
    return {name: np.concatenate(of).astype(np.int64) for name, of in zip(names, columns, strict=True)}
