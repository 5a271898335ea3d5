"""Documents with their names and metadata."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _core, _corpus_repr, _interop, _rows, _sources
from kolloc._build import __version__
from kolloc._duplicate_options import DuplicateOptions
from kolloc._interop import Documents
from kolloc._pages import Pages
from kolloc._progress import Progress, reporting
from kolloc._provenance import Provenance
from kolloc._token_options import TokenOptions
from kolloc._warn import warn
from kolloc.duplicates import Duplicates
from kolloc.exceptions import InputTypeError, MissingTextWarning
from kolloc.tokens import Tokens

__all__ = ["Corpus"]


class Corpus(Pages):
    """Documents with their names and metadata, immutable.

    Texts are held as Arrow buffers, borrowed without a copy where the source has them in that form (pandas 3 with
    pyarrow, polars, pyarrow). A missing text is an empty document. All columns but the text become metadata and stay
    with every object that is made from the corpus.

    Parameters
    ----------
    data : list of str, mapping of name to str, Series, DataFrame, Arrow data, DuckDB relation, path
        The documents. Of pandas, polars and pyarrow any column or table; a polars LazyFrame is collected; any object
        with ``__arrow_c_stream__``. A path (`str` or `Path`) leads to a folder or glob of ``.txt`` and ``.md`` files,
        or to one ``.csv``, ``.tsv``, ``.jsonl``, ``.ndjson`` or ``.parquet`` file. The metadata of a DuckDB relation
        and of Arrow streams are a pyarrow table, those of files a pandas frame, where these packages are installed. In
        CSV and TSV only empty cells are missing.
    text : str, optional
        Column with the texts. Not needed if only one column holds strings, or if one of those that do is called
        ``text``, ``content``, ``body`` or ``article``.
    names : str or iterable, optional
        Column with the names of the documents, or the names. Otherwise the index of a pandas object, the names of files
        (without their ending; paths below the folder if these clash), the keys of a mapping, or row numbers, as `str`.
    encoding : str, default "utf-8"
        Encoding of files. A byte order mark is removed.
    errors : {"strict", "replace"}, default "strict"
        What invalid bytes in files do: ``"strict"`` raises, naming file and byte; ``"replace"`` puts U+FFFD and warns
        with the count.

    Raises
    ------
    ParameterError
        If an argument is not allowed or a column does not exist.
    DuplicateNamesError
        If two documents have the same name.
    DocumentError, EncodingError, InputTypeError
        If the texts cannot be used; the message names row, column or file.

    Warns
    -----
    MissingTextWarning
        Once, with the number of missing texts.

    Examples
    --------
    >>> import kolloc
    >>> corpus = kolloc.Corpus({"a": "Peace talks resume.", "b": "Markets fall."})
    >>> corpus
    <Corpus: 2 documents, 32 B>
    a  Peace talks resume.
    b  Markets fall.
    >>> corpus.text("b")
    'Markets fall.'
    >>> corpus[:1].names
    <Names: 'a'>
    """

    __slots__ = ("_cleaning", "_documents")

    def __init__(
        self,
        data: Any,
        text: str | None = None,
        *,
        names: str | Iterable[Any] | None = None,
        encoding: str = "utf-8",
        errors: str = "strict",
    ) -> None:
        if isinstance(data, Corpus):
            raise InputTypeError("data is a Corpus already")
        source = _sources.read(data, text, names, encoding, errors)
        provenance = Provenance(__version__, source.documents).then(
            "corpus",
            {
                "source": str(data) if isinstance(data, str | os.PathLike) else _qualified_name(type(data)),
                "text": source.text,
                "names": names if isinstance(names, str) else None if names is None else "given",
                "encoding": encoding,
                "errors": errors,
            },
            missing=source.documents.n_missing,
        )
        self._set(_documents=source.documents, _names=source.names, _metadata=source.metadata)
        self._set(_provenance=provenance, _cleaning=None)
        self._warn_of_missing()

    def _warn_of_missing(self) -> None:
        if self._documents.n_missing:
            message = f"{self.n_missing:,} of {_corpus_repr.documents(self.n_docs)} without text, counted as empty"
            warn(message, MissingTextWarning)

    def _take(self, rows: _rows.Rows, step: str, parameters: Mapping[str, Any]) -> Corpus:
        """Return the documents of some rows, with what was done as a step of the provenance."""
        rows = np.ascontiguousarray(rows, dtype=np.uint32)
        names, metadata = self._names.take(rows), _interop.take_rows(self._metadata, rows)
        return self._remade(
            self._documents.take(rows),
            step,
            parameters,
            {"documents": len(rows)},
            _names=names,
            _metadata=metadata,
            _cleaning=self._cleaning and self._cleaning._take(rows, names, metadata),
        )

    def _remade(
        self,
        documents: Documents,
        step: str,
        parameters: Mapping[str, Any],
        extra: Mapping[str, Any],
        **changed: Any,
    ) -> Corpus:
        corpus = object.__new__(Corpus)
        kept = {name: getattr(self, name) for name in ("_names", "_metadata", "_cleaning")}
        provenance = self._provenance.then(step, parameters, **extra)
        corpus._set(_documents=documents, _provenance=provenance, **(kept | changed))
        return corpus

    # What it is

    @property
    def n_docs(self) -> int:
        """Number of documents, empty ones included."""
        return len(self._documents)

    @property
    def n_bytes(self) -> int:
        """Length of all texts in bytes of UTF-8."""
        return self._documents.n_bytes

    @property
    def n_missing(self) -> int:
        """Number of documents whose text was missing; they count as empty."""
        return self._documents.n_missing

    def __len__(self) -> int:
        return self.n_docs

    def __iter__(self) -> Iterator[str]:
        return map(self._documents.text, range(self.n_docs))

    def text(self, document: str | int) -> str:
        """Return the text of a document by its name (`str`) or row (`int`).

        Raises
        ------
        KeyError
            If no document has this name.
        IndexError
            If there is no such row.
        """
        row = self._names.row(document) if isinstance(document, str) else _rows.one(document, self.n_docs)
        return self._documents.text(row)

    # Parts

    @overload
    def __getitem__(self, key: int) -> str: ...
    @overload
    def __getitem__(self, key: slice | Sequence[int] | Sequence[bool] | NDArray[Any]) -> Corpus: ...
    def __getitem__(self, key: Any) -> str | Corpus:
        """Return a text (`int`), or the documents of a slice, a list of rows or a boolean mask."""
        if isinstance(key, slice):
            rows = np.arange(self.n_docs, dtype=np.uint32)[key]
            return self._take(rows, "slice", {"start": key.start, "stop": key.stop, "step": key.step})
        if isinstance(key, str):
            raise InputTypeError(f"rows are integers; for the document named {key!r} use corpus.text({key!r})")
        if isinstance(key, int | np.integer) and not isinstance(key, bool):
            return self.text(int(key))
        rows = _rows.of_sequence(key, self.n_docs)
        return self._take(rows, "rows", {"rows": len(rows)})

    def head(self, n: int = 5) -> Corpus:
        """Return the first `n` documents.

        Examples
        --------
        >>> import kolloc
        >>> len(kolloc.Corpus(["a", "b", "c"]).head(2))
        2
        """
        n = min(_check.integer("n", n), self.n_docs)
        return self._take(np.arange(n, dtype=np.uint32), "head", {"n": n})

    def filter(self, mask: Any) -> Corpus:
        """Return the documents that a condition selects, in the same order.

        Parameters
        ----------
        mask : expression, callable or sequence of bool
            A narwhals expression (``nw.col("year") > 2000``) on any metadata, a polars expression on polars metadata,
            a function that takes the metadata and returns booleans, or one boolean for each document. A pandas Series
            must have the index of the metadata. Where the condition is missing, the document is left out.

        Examples
        --------
        >>> import kolloc
        >>> corpus = kolloc.Corpus(["a", "b", "c"])
        >>> list(corpus.filter([True, False, True]))
        ['a', 'c']
        """
        rows = _rows.selected(self._metadata, mask, self.n_docs)
        how = str(mask) if _rows.is_expression(mask) else _qualified_name(mask if callable(mask) else type(mask))
        return self._take(rows, "filter", {"mask": how})

    def where(self, **columns: Any) -> Corpus:
        """Return the documents whose metadata have the given values.

        Parameters
        ----------
        **columns
            For each column a value or a list of values; ``None`` stands for a missing one. All columns must match.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> frame = pd.DataFrame({"text": ["a", "b", "c"], "outlet": ["Herald", "Post", "Herald"]})
        >>> list(kolloc.Corpus(frame, text="text").where(outlet="Herald"))
        ['a', 'c']
        """
        rows = np.arange(self.n_docs, dtype=np.uint32)
        for name, value in columns.items():
            _check.column("where", name, _interop.columns(self._metadata))
            wanted = list(value) if isinstance(value, list | tuple | set | frozenset | np.ndarray) else [value]
            rows = np.intersect1d(rows, _rows.from_values(self._metadata, name, wanted), assume_unique=True)
        return self._take(rows, "where", columns)

    def sample(self, n: int, *, seed: int = 0) -> Corpus:
        """Return `n` documents drawn without replacement, in the order of the corpus.

        Parameters
        ----------
        n : int
            Number of documents.
        seed : int, default 0
            Seed of `numpy.random.default_rng`; the same seed draws the same documents.

        Examples
        --------
        >>> import kolloc
        >>> len(kolloc.Corpus(["a", "b", "c"]).sample(2, seed=1))
        2
        """
        n = _check.integer("n", n, at_most=self.n_docs)
        drawn = np.random.default_rng(_check.integer("seed", seed)).choice(self.n_docs, n, replace=False)
        return self._take(np.sort(drawn).astype(np.uint32), "sample", {"n": n, "seed": seed})

    def group(self, by: str) -> dict[Any, Corpus]:
        """Return a corpus for each value of a metadata column.

        Parameters
        ----------
        by : str
            The column.

        Returns
        -------
        dict
            Value to corpus, values in order of first appearance; documents without a value are under ``None``.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> frame = pd.DataFrame({"text": ["a", "b", "c"], "outlet": ["Post", "Herald", "Post"]})
        >>> groups = kolloc.Corpus(frame, text="text").group("outlet")
        >>> {outlet: len(part) for outlet, part in groups.items()}
        {'Post': 2, 'Herald': 1}
        """
        _check.column("by", by, _interop.columns(self._metadata))
        rows: dict[Any, list[int]] = {}
        for row, value in enumerate(_interop.column_values(self._metadata, by)):
            rows.setdefault(value, []).append(row)
        return {
            value: self._take(np.array(members, dtype=np.uint32), "group", {"by": by, "value": value})
            for value, members in rows.items()
        }

    # What is made of it

    def tokens(
        self,
        *,
        lowercase: bool = True,
        normalize: str | None = "nfc",
        segmenter: str = "auto",
        language: str | None = None,
        token_pattern: str | None = None,
        remove_punct: bool = False,
        remove_symbols: bool = False,
        remove_numbers: bool = False,
        remove_urls: bool = False,
        split_hyphens: bool = False,
        possessive: str = "cut",
        stopwords: str | Iterable[str] | None = None,
        min_chars: int | None = None,
        max_chars: int | None = None,
        stem: str | None = None,
        keep_gaps: bool = True,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Tokens:
        """Return the tokens of all documents.

        The text is normalized, cut, lower-cased, filtered and stemmed in this order. What is removed leaves a gap.

        Parameters
        ----------
        lowercase : bool, default True
            Lower-case types (Unicode's full mapping).
        normalize : {"nfc", "nfkc", None}, default "nfc"
            Normal form. NFC makes composed and decomposed letters one; NFKC also unfolds full-width letters, ligatures
            and fractions.
        segmenter : {"auto", "uax29", "whitespace", "regex"}, default "auto"
            How words are cut. ``"auto"`` cuts as a reader of news does: links, e-mail addresses, #tags and @mentions
            are whole; so are ``U.S.-led``, ``a.m.``, ``AT&T``, ``COVID-19``, ``1,000,000``, ``3.5bn``, ``Jae-in`` and
            ``don't`` (curly or straight); ``[w]ar`` is ``war``; ``run,for`` and ``talks.The`` are cut; ``24/7`` and
            ``$3`` are cut at the sign; soft hyphens and other invisible characters vanish; Chinese, Japanese and Thai
            are cut by dictionary, Korean at spaces. ``"uax29"`` is Unicode's default without any of this.
        language : str, optional
            Two-letter code: ``"fr"``, ``"it"`` and ``"ca"`` cut elisions (``l'`` ``Irlande``), ``"tr"`` and ``"az"``
            lower-case I to ı.
        token_pattern : str, optional
            Regular expression of a token for ``segmenter="regex"``; with one group, the group is the token.
        remove_punct, remove_symbols, remove_numbers, remove_urls : bool, default False
            Remove types of punctuation only; of symbols and emoji only; of digits and punctuation only; links and
            e-mail addresses.
        split_hyphens : bool, default False
            Cut at hyphens inside words; the hyphen becomes a token.
        possessive : {"cut", "keep"}, default "cut"
            What happens to a final ``'s``: cut, so that ``China`` and ``China's`` are one type, as a reader counts them
            (``it's``, ``let's`` and the like stay whole); or kept as part of the word, as UAX #29 and quanteda do.
        stopwords : str or iterable of str, optional
            Types to remove: a shipped list (``"en"``, ``"de"``, ``"es"``, ``"fr"``, ``"ru"`` of Snowball; ``"iso-ar"``,
            ``"iso-ja"``, ``"iso-ko"``, ``"iso-zh"`` of stopwords-iso) or words, which are cut and lower-cased like the
            text.
        min_chars, max_chars : int, optional
            Remove types with fewer or more code points.
        stem : str, optional
            Snowball stemmer by language, such as ``"english"``; applied to words after removal.
        keep_gaps : bool, default True
            Whether removed tokens keep their position. ``False`` closes the gaps: words become neighbours that were
            not.
        n_threads : int, optional
            Number of threads; all processors by default. The result is the same for any number.
        progress : None, bool or callable(done, total)
            ``None`` shows a bar after a second if tqdm is installed; bytes of text.

        Returns
        -------
        Tokens
            Ids in order of first appearance in the corpus.

        Raises
        ------
        ParameterError, InputTypeError
            If an option has a value that is not allowed.

        Examples
        --------
        >>> import kolloc
        >>> corpus = kolloc.Corpus(["The U.S.-led talks don’t end in Seoul’s [w]ar."])
        >>> corpus.tokens(remove_punct=True, stopwords="en").doc(0)
        [None, 'u.s.-led', 'talks', None, 'end', None, 'seoul', 'war', None]
        """
        options = TokenOptions(
            {
                "lowercase": lowercase,
                "normalize": normalize,
                "segmenter": segmenter,
                "language": language,
                "token_pattern": token_pattern,
                "remove_punct": remove_punct,
                "remove_symbols": remove_symbols,
                "remove_numbers": remove_numbers,
                "remove_urls": remove_urls,
                "split_hyphens": split_hyphens,
                "possessive": possessive,
                "stopwords": stopwords,
                "min_chars": min_chars,
                "max_chars": max_chars,
                "stem": stem,
                "keep_gaps": keep_gaps,
            }
        )
        with reporting(progress, "tokens", "B") as callback:
            core = _core.Tokens.tokenize(self._documents, options.to_json(), n_threads=n_threads, progress=callback)
        return Tokens._new(
            core,
            _documents=self._documents,
            _options=options,
            _doc_weights=None,
            _names=self._names,
            _metadata=self._metadata,
            _provenance=self._provenance.then("tokens", options.parameters, data=options.data_versions()),
        )

    def duplicates(
        self,
        *,
        date: str | None = None,
        source: str | None = None,
        site: str | None = None,
        furniture: str = "cut",
        window: str | timedelta | None = None,
        group: str | None = None,
        near: float = 0.7,
        contained: float = 0.8,
        revised: float = 0.4,
        passage: int = 12,
        quoted: float = 0.8,
        short: int = 30,
        short_contained: float = 0.8,
        short_run: int = 8,
        cohesion: float = 0.5,
        join_revised: bool = False,
        floor: float = 0.4,
        shingle: int = 4,
        winnow: int = 4,
        max_df: int = 50,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Duplicates:
        """Return which documents have text in common, what they are to each other, and clusters of one text.

        Texts are compared as sequences of words in lower case (of pairs of characters in Chinese, Japanese, Thai);
        punctuation, spaces, HTML tags and the addresses of links do not count. Candidates share winnowed fingerprints;
        every pair is verified by the exact number of triples of words that both have. A run of `shingle` + `winnow` − 1
        words that two texts share is always seen, unless more than `max_df` different texts have it; texts made mostly
        of such runs are compared with a few anchors (see `Duplicates.report`).

        Parameters
        ----------
        date : str, optional
            Column of dates (dates, datetimes, ISO text): gives pairs a direction.
        source : str, optional
            Column of outlets, or of addresses, of which the host counts.
        site : str, optional
            Column of sites or addresses: what many pages of a site share is then left out of the comparison, too.
        furniture : {"cut", "keep"}, default "cut"
            Whether menus, teasers, repeated lines, pull quotes and the like (see `blocks`) are left out of the
            comparison.
        window : str or timedelta, optional
            Largest difference of dates, such as ``"30D"``; a document without a date is then in no pair.
        group : {"within", "across"}, optional
            Only pairs of one source, or of two.
        near : float, default 0.7
            Jaccard similarity of sets of triples from which two texts are near.
        contained : float, default 0.8
            Share of the smaller text's triples in the larger one that contains it.
        revised : float, default 0.4
            Share of either text's triples in the other, of which one is then a revision.
        passage : int, default 12
            Words of a run that is a shared passage; of scripts without spaces five pairs of characters count three.
        quoted : float, default 0.8
            Share of the passages between quotation marks, in either text, that makes them quotations.
        short, short_contained, short_run : int, float, int, default 30, 0.8, 8
            A pair with a text of fewer than `short` words needs this share of the smaller text and this run, so that
            headlines and briefs do not meet by a stock phrase. Texts of fewer than `shingle` words are related only if
            all their letters are the same.
        cohesion : float, default 0.5
            Jaccard similarity to the longest document of a cluster that every member has.
        join_revised : bool, default False
            Whether revised texts join clusters, too.
        floor : float, default 0.4
            Share of the smaller text below which no pair is kept for `Duplicates.rethreshold`, passages apart.
        shingle, winnow : int, default 4, 4
            Words in a fingerprint, and how many consecutive ones are sampled down to one; 8 and 9 for many millions of
            documents.
        max_df : int, default 50
            Different texts from which on a fingerprint is common.
        n_threads, progress
            As in `tokens`; documents.

        Raises
        ------
        ParameterError, InputTypeError
            If an option has a value that is not allowed.

        Warns
        -----
        MegaClusterWarning
            For a cluster of a hundred different texts and more (1 % of the documents in large corpora).

        Examples
        --------
        >>> import kolloc
        >>> pages = kolloc.datasets.sample("pandas").query("language == 'en'").dropna(subset="text")
        >>> corpus = kolloc.Corpus(pages, text="text", names="id")
        >>> duplicates = corpus.duplicates(date="date", source="outlet", group="across")
        >>> duplicates.pairs["relation"].value_counts().head(2).to_dict()
        {'near': 4, 'revised': 4}

        Notes
        -----
        Winnowing: Schleimer, Wilkerson & Aiken, SIGMOD 2003. Containment: Broder 1997. Defaults were chosen on planted
        reuse in two corpora of news and speeches.
        """
        options = DuplicateOptions(
            {
                "date": date,
                "source": source,
                "site": site,
                "furniture": furniture,
                "window": window,
                "group": group,
                "near": near,
                "contained": contained,
                "revised": revised,
                "passage": passage,
                "quoted": quoted,
                "short": short,
                "short_contained": short_contained,
                "short_run": short_run,
                "cohesion": cohesion,
                "join_revised": join_revised,
                "floor": floor,
                "shingle": shingle,
                "winnow": winnow,
                "max_df": max_df,
            },
            _interop.columns(self._metadata),
        )
        return Duplicates._search(self, options, n_threads, progress)

    # How it shows, compares and travels

    def __repr__(self) -> str:
        return _corpus_repr.text(self._documents, self._names, _interop.columns(self._metadata))

    def _repr_html_(self) -> str:
        return _corpus_repr.html(self._documents, self._names, self._metadata)

    def __eq__(self, other: object) -> bool:
        """Return whether texts, names and metadata are the same."""
        if not isinstance(other, Corpus):
            return NotImplemented
        same_texts = self._documents == other._documents and self._names == other._names
        return same_texts and _interop.frames_equal(self._metadata, other._metadata)

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        attributes = ("_documents", "_names", "_metadata", "_provenance", "_cleaning")
        return {name: getattr(self, name) for name in attributes}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._set(**state)


def _qualified_name(thing: Any) -> str:
    module = getattr(thing, "__module__", "") or ""
    name = getattr(thing, "__qualname__", type(thing).__qualname__)
    return name if module in {"", "builtins"} else f"{module.split('.')[0]}.{name}"
