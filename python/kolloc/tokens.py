"""A tokenized corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _cooccurrence_options, _core, _document_weights, _interop, _rows, _spans
from kolloc._build import __version__
from kolloc._collocations import CollocationCounts
from kolloc._dtm_options import DtmOptions, value_type
from kolloc._names import Names
from kolloc._pair_documents import Counted
from kolloc._progress import Progress, reporting
from kolloc._provenance import Provenance
from kolloc._readability import Readability
from kolloc._segments import Segments
from kolloc._token_arrays import GAP
from kolloc._token_dispersion import TokenDispersion
from kolloc._token_diversity import TokenDiversity
from kolloc._token_options import TokenOptions
from kolloc._weighted_counts import WeightedCounts
from kolloc.cooccurrence import Cooccurrence
from kolloc.dtm import DocumentTermMatrix
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["GAP", "Tokens"]


class Tokens(
    CollocationCounts,
    Segments,
    TokenDispersion,
    TokenDiversity,
    Readability,
):
    """A corpus as integers: one term id for each position of each document. Made by `Corpus.tokens`; immutable.

    A token that was removed leaves a gap: its position stays and is never counted, so that no n-gram or window takes
    words for neighbours that were not.

    Examples
    --------
    >>> import kolloc
    >>> tokens = kolloc.Corpus(["Peace talks, at last.", "Talks fail."]).tokens(remove_punct=True)
    >>> tokens
    <Tokens: 2 documents, 6 tokens, 5 types, 3 gaps>
    0  peace talks ␣ at last ␣
    1  talks fail ␣
    >>> tokens.doc(1)
    ['talks', 'fail', None]
    >>> tokens.term_ids[tokens.offsets[1] : tokens.offsets[2]].tolist()
    [1, 4, 4294967295]
    """

    __slots__ = ("_documents", "_options")

    _documents: _core.Documents | None
    _options: TokenOptions | None

    @classmethod
    def _new(cls, core: _core.Tokens, **attributes: Any) -> Tokens:
        tokens = object.__new__(cls)
        tokens._set(_native=core, **attributes)
        return tokens

    @classmethod
    def from_lists(
        cls, lists: Iterable[Sequence[str | None]], *, names: Iterable[Any] | None = None, metadata: Any | None = None
    ) -> Tokens:
        """Return tokens that were made elsewhere, such as by a morphological analyser.

        Parameters
        ----------
        lists : iterable of lists of str
            The tokens of each document, taken as they are; ``None`` leaves a gap.
        names : iterable, optional
            Names of the documents; otherwise row numbers.
        metadata : frame, optional
            A row for each document.

        Raises
        ------
        InputTypeError
            If a document is not a list of `str`.

        Examples
        --------
        >>> import kolloc
        >>> kolloc.Tokens.from_lists([["정부", "는", None, "회담"]]).n_tokens
        3
        """
        try:
            core = _core.Tokens.from_lists(lists)
        except TypeError as error:
            raise InputTypeError(f"lists must hold a list of str for each document: {error}") from None
        except UnicodeEncodeError as error:
            message = f"lists must hold text without lone surrogates, got {error.object!r}"
            raise ParameterError(message, parameter="lists", value=error.object) from None
        labels = Names.from_rows(core.n_docs) if names is None else Names.from_labels(names)
        for what, n in (("names", len(labels)), ("metadata", core.n_docs if metadata is None else len(metadata))):
            if n != core.n_docs:
                raise InputTypeError(f"{what} must have one row for each of {core.n_docs} documents, got {n}")
        flat = _core.Documents.from_strings(
            [" ".join(token or "" for token in core.doc(row)) for row in range(core.n_docs)]
        )
        provenance = Provenance(__version__, flat).then("from_lists", {})
        kept = {"_names": labels, "_metadata": metadata, "_provenance": provenance}
        return cls._new(core, _documents=None, _options=None, _doc_weights=None, **kept)

    def _with(self, core: _core.Tokens, provenance: Provenance, **changed: Any) -> Tokens:
        names = ("_documents", "_options", "_doc_weights", "_names", "_metadata")
        return Tokens._new(core, _provenance=provenance, **{name: getattr(self, name) for name in names} | changed)

    # Where it lies

    def spans(self, document: str | int) -> NDArray[np.int64]:
        """Return where each position of a document lies in its original text.

        Returns
        -------
        ndarray
            int64, shape (positions, 2): ``char_start`` and ``char_end`` in code points, as Python slices count; gaps
            included. Found by cutting the text again. Tokens within a letter that normalization changes share its span.

        Raises
        ------
        InputTypeError
            If the tokens were not made from texts.

        Examples
        --------
        >>> import kolloc
        >>> corpus = kolloc.Corpus(["“China’s” 회담"])
        >>> tokens = corpus.tokens(remove_punct=True)
        >>> [(token, corpus[0][start:end]) for token, (start, end) in zip(tokens.doc(0), tokens.spans(0))]
        [(None, '“'), ('china', 'China'), (None, '”'), ('회담', '회담')]
        """
        documents, options = self._source()
        return _core.spans(documents, self._row(document), options.to_json())

    def _source(self) -> tuple[_core.Documents, TokenOptions]:
        if self._documents is None or self._options is None:
            raise InputTypeError("these tokens were given as lists, or are segments, and have no text to point into")
        return self._documents, self._options

    # What counts, and how much

    def mask(self, spans: Any, *, n_threads: int | None = None, progress: Progress = None) -> Tokens:
        """Return the tokens without parts of their texts: what overlaps a span leaves a gap.

        Positions stay, so that words on both sides of a span are no neighbours. Types and frequencies are those of the
        tokens that are left, ids by first appearance again.

        Parameters
        ----------
        spans : frame or mapping of arrays
            ``document``, by name (`str`) or row (`int`); ``char_start`` and ``char_end``, code points of the original
            text, as Python slices count. In any order; spans may overlap. A token is masked if it shares at least one
            character with a span; an empty span masks nothing.
        n_threads, progress
            As in `Corpus.tokens`; bytes of the texts concerned, which are cut once more.

        Raises
        ------
        ParameterError
            If a column is missing, an offset lies outside its text, or an end before its start.
        KeyError, IndexError
            If there is no such document.
        InputTypeError
            If the tokens were not made from texts, or the columns hold something else.

        Examples
        --------
        >>> import kolloc
        >>> tokens = kolloc.Corpus({"a": "He said “peace now” again.", "b": "Peace again."}).tokens(remove_punct=True)
        >>> spans = {"document": ["a"], "char_start": [8], "char_end": [19]}
        >>> tokens.mask(spans).doc("a")
        ['he', 'said', None, None, None, None, 'again', None]
        """
        documents, options = self._source()
        places = _spans.arrays(spans, self._names)
        with reporting(progress, "masking", "B") as callback:
            core = self._native.mask(documents, options.to_json(), *places, n_threads=n_threads, progress=callback)
        parameters = {"spans": len(places[0]), "documents": len(np.unique(places[0]))}
        return self._with(core, self._provenance.then("mask", parameters, tokens=core.n_tokens))

    def weigh(self, weights: Any, *, label: str = "given") -> Tokens:
        """Return the tokens with a weight for each document, such as 1 / number of its reprints.

        Whatever is counted from them is a sum of weight times count, in float64. The tokens themselves, `vocabulary`
        and `doc_lengths` say what stands in the texts and stay as they are.

        Parameters
        ----------
        weights : sequence of float
            One for each document, finite, 0 or more.
        label : str, default "given"
            What the weights are, for the record.

        Raises
        ------
        ParameterError, InputTypeError
            If a weight is not allowed, or the documents have weights already.

        Examples
        --------
        >>> import kolloc
        >>> tokens = kolloc.Corpus(["talks fail", "talks fail", "talks go on"]).tokens().weigh([0.5, 0.5, 1])
        >>> print(tokens.dtm().term_frequencies())
            term   cf   df  rank
        0  talks  2.0  2.0     1
        1   fail  1.0  1.0     2
        2     go  1.0  1.0     2
        3     on  1.0  1.0     2
        """
        _document_weights.refuse_second(self._doc_weights, self._provenance)
        checked = _document_weights.checked(weights, self.n_docs)
        facts = _document_weights.facts(checked)
        provenance = self._provenance.then("weigh", {"label": _check.string("label", label)}, weights=facts)
        return self._with(self._native, provenance, _doc_weights=checked)

    # What is counted

    def dtm(
        self,
        *,
        ngram_range: tuple[int, int] = (1, 1),
        within: str = "document",
        min_count: float = 1,
        max_count: float | None = None,
        min_df: float = 1,
        max_df: float | None = None,
        max_terms: int | None = None,
        vocabulary: Iterable[str] | None = None,
        order: str = "first",
        binary: bool = False,
        dtype: str | None = None,
        concatenator: str = "_",
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> DocumentTermMatrix:
        """Return how often each term occurs in each document.

        Parameters
        ----------
        ngram_range : (int, int), default (1, 1)
            Smallest and largest number of tokens in a term. An n-gram never bridges a gap.
        within : {"document", "paragraph", "sentence"}, default "document"
            The unit whose border no n-gram crosses.
        min_count, max_count : int or float
            Bounds on the total count: an int is a count, a float a share of all counts. Inclusive. All bounds judge
            what was printed, whatever the weights of documents, so that weights change numbers but not the terms.
        min_df, max_df : int or float
            Bounds on the number of documents with the term: an int is a number, a float a share of the documents.
            Inclusive, and exact at borders: a term in 7 of 100 documents passes ``min_df=0.07``.
        max_terms : int, optional
            Keep exactly this many terms, the most frequent, ties in the order of columns.
        vocabulary : iterable of str, optional
            Exactly these columns in this order, to score new text; tokens outside are ignored. Excludes bounds.
        order : {"first", "term", "frequency"}, default "first"
            Columns by first appearance, by code points, or by falling frequency (as printed, ties by first appearance).
            Of several n all 1-grams come first, then all 2-grams, in ``"first"`` order.
        binary : bool, default False
            Whether cells are 1 instead of counts; bounds still judge counts.
        dtype : {"int32", "int64", "float32", "float64"}, optional
            Type of the values of `DocumentTermMatrix.to_scipy`: by default ``int32``, which shares memory, and
            ``float64`` where documents have weights, which allow no integers.
        concatenator : str, default "_"
            What joins the tokens of an n-gram.
        n_threads, progress
            As in `Corpus.tokens`; positions.

        Raises
        ------
        ParameterError, InputTypeError
            If an option has a value that is not allowed.

        Examples
        --------
        >>> import kolloc
        >>> tokens = kolloc.Corpus(["the cost of living", "cost of war"]).tokens(stopwords=["the", "of"])
        >>> tokens.dtm(ngram_range=(1, 2)).terms
        ['cost', 'living', 'war']
        >>> tokens.dtm(min_df=2).terms
        ['cost']
        """
        options = DtmOptions(
            ngram_range=ngram_range,
            within=within,
            min_count=min_count,
            max_count=max_count,
            min_df=min_df,
            max_df=max_df,
            max_terms=max_terms,
            vocabulary=vocabulary,
            order=order,
            binary=binary,
            dtype=value_type(dtype, weighted=self._doc_weights is not None),
            concatenator=concatenator,
        )
        with reporting(progress, "document-term matrix") as callback:
            core = _core.TermDocument.count(self._native, options.to_json(), n_threads=n_threads, progress=callback)
        counts: _core.TermDocument | WeightedCounts = core
        lengths: NDArray[Any] = self.doc_lengths
        if self._doc_weights is not None:
            counts = WeightedCounts.from_documents(core, self._doc_weights, lengths)
            lengths = counts.doc_lengths
        return DocumentTermMatrix._new(
            counts,
            _doc_lengths=lengths,
            _dtype=options.parameters["dtype"],
            _names=self._names,
            _metadata=self._metadata,
            _provenance=self._provenance.then("dtm", options.parameters, terms=core.shape[1]),
        )

    def cooccurrence(
        self,
        *,
        context: str = "window",
        window: int | tuple[int, int] = 5,
        within: str = "document",
        count: str = "frequency",
        weights: Sequence[float] | None = None,
        ordered: bool = False,
        diagonal: str = "pairs",
        margins: str | None = None,
        min_count: int = 1,
        nodes: str | Iterable[str] | None = None,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Cooccurrence:
        """Return how often terms occur near each other.

        For two positions p < q of the same unit, at most the window apart, neither a gap, the terms at p and q make one
        pair. Gaps hold their positions: a removed token still counts as distance. Where documents have weights, cells,
        margins and totals are sums over documents of weight times count, in float64; documents of equal weight are
        counted together, so many distinct weights (thousands) take long.

        Parameters
        ----------
        context : {"window", "document", "paragraph", "sentence"}, default "window"
            Positions within a window, or all positions of the same unit.
        window : int or (int, int), default 5
            Largest distance, or positions to the left and to the right of the row's term. With two different numbers
            cell [i, j] counts the j near each i, and the table is not symmetric.
        within : {"document", "paragraph", "sentence"}, default "document"
            The unit a window may not leave.
        count : {"frequency", "boolean", "weighted"}, default "frequency"
            A pair of positions counts 1; each unit with the pair counts 1, however often; or a pair counts its weight.
        weights : sequence of float, optional
            Weight of the distances 1, 2, ...; 1/distance by default. Only for weighted counts.
        ordered : bool, default False
            Whether cell [i, j] counts only i *before* j.
        diagonal : {"pairs", "twice", "zero"}, default "pairs"
            The cell of a term with itself holds each pair of positions once; twice, as each token sees the other
            (quanteda's window counts); or nothing.
        margins : {"pairs", "surface", "textual"}, optional
            Sampling model of the margins. ``"pairs"`` (default): the sample are pairs of positions seen from both
            sides. ``"surface"`` (Evert 2008): cells count the tokens j in the span of at least one i, margins the
            tokens in the span of i and all tokens j. ``"textual"`` (default and only choice for boolean counts): units.
            Margins run over all terms and positions, whatever `min_count`.
        min_count : int, default 1
            Tokens a term needs in the corpus to get a row and a column, whatever the weights of documents.
        nodes : str or iterable of str, optional
            Count only these rows, which is much faster; full rows, in the given order.
        n_threads, progress
            As in `Corpus.tokens`.

        Raises
        ------
        ParameterError, InputTypeError
            If an option has a value that is not allowed, or options contradict each other.
        KeyError
            If a node does not occur.

        Examples
        --------
        >>> import kolloc
        >>> tokens = kolloc.Corpus(["peace talks fail", "peace talks resume"]).tokens()
        >>> print(tokens.cooccurrence(nodes="talks", window=(1, 0)).edges())
          term_1 term_2  count
        0  talks  peace      2
        """
        options = _cooccurrence_options.checked(
            {
                "context": context,
                "window": window,
                "within": within,
                "count": count,
                "weights": weights,
                "diagonal": diagonal,
                "margins": margins,
                "min_count": min_count,
                "ordered": ordered,
                "nodes": nodes,
            }
        )
        nodes_given = _cooccurrence_options.node_ids(options["nodes"], self.vocabulary)
        config = _cooccurrence_options.to_json(options, nodes_given)
        with reporting(progress, "co-occurrence") as callback:
            core = _core.Cooccurrence.count(
                self._native, config, self._doc_weights, n_threads=n_threads, progress=callback
            )
        return Cooccurrence._new(
            core,
            _vocabulary=self._native.vocabulary,
            _options=options,
            _frame=self._metadata,
            _counted=Counted(self._native, self._doc_weights, self._names),
            _provenance=self._provenance.then("cooccurrence", options, terms=core.shape[1]),
        )

    # Parts

    def __getitem__(self, key: slice | Sequence[int] | Sequence[bool] | NDArray[Any]) -> Tokens:
        """Return the tokens of some documents, as if these had been tokenized alone."""
        rows = self._selected(key)
        return self._take(rows, "rows", {"rows": len(rows)})

    def _take(self, rows: _rows.Rows, step: str, parameters: Mapping[str, Any]) -> Tokens:
        """Return the documents of some rows, with what was done as a step of the provenance."""
        return self._with(
            self._native.take(rows),
            self._provenance.then(step, parameters, documents=len(rows)),
            _documents=None if self._documents is None else self._documents.take(rows),
            _doc_weights=_document_weights.taken(self._doc_weights, rows),
            _names=self._names.take(rows),
            _metadata=_interop.take_rows(self._metadata, rows),
        )

    # How it travels

    def __getstate__(self) -> dict[str, Any]:
        core = self._native
        terms, boundaries = core.vocabulary.buffers()
        arrays = (core.term_ids, core.doc_offsets, core.sentence_starts, core.paragraph_starts)
        names = ("_documents", "_options", "_doc_weights", "_names", "_metadata", "_provenance")
        attributes = {name: getattr(self, name) for name in names}
        return {"arrays": arrays, "terms": terms, "boundaries": boundaries, "attributes": attributes}

    def __setstate__(self, state: dict[str, Any]) -> None:
        term_ids, offsets, sentences, paragraphs = state["arrays"]
        terms, boundaries = state["terms"].decode(), state["boundaries"]
        core = _core.Tokens.from_parts(term_ids, offsets, sentences, paragraphs, terms, boundaries)
        self._set(_native=core, **state["attributes"])
