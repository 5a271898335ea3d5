"""What is printed more than once: typed relations between documents, their spans, and clusters."""

from __future__ import annotations

import json
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kolloc import _core, _dates, _duplicates_repr, _interop, _sites, _units
from kolloc._audit import Audited
from kolloc._duplicate_options import DuplicateOptions
from kolloc._duplicates_report import Reported
from kolloc._explain import Explained
from kolloc._graph import Graphs
from kolloc._names import Names
from kolloc._policies import Policies
from kolloc._progress import Progress, reporting
from kolloc._provenance import Provenance
from kolloc._reuse import Reuse
from kolloc._rewording import Reworded
from kolloc._searched import DIRECTIONS, NO_CLUSTER, RELATIONS
from kolloc._units import Origin
from kolloc._warn import warn
from kolloc.exceptions import MegaClusterWarning

__all__ = ["RELATIONS", "Duplicates"]

_MEGA_CLUSTER = 100


class _Documents(Protocol):
    """What has documents with names, metadata and provenance: a corpus."""

    _documents: _core.Documents
    _names: Names
    _metadata: Any | None
    _provenance: Provenance


class Duplicates(Policies, Reuse, Explained, Audited, Reported, Graphs, Reworded):
    """Pairs of documents with text in common, verified exactly, and clusters of documents of one text.

    Made by `Corpus.duplicates`; immutable. Nothing is removed from any text.

    Examples
    --------
    >>> import kolloc
    >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty passengers were saved"
    >>> corpus = kolloc.Corpus({"a": story, "b": story.upper() + "!", "c": f"Our page. {story} by fishermen, it said."})
    >>> duplicates = corpus.duplicates()
    >>> duplicates
    <Duplicates: 3 documents, 3 pairs, 1 cluster of 3 documents>
    same_text  1
    near       2
    >>> duplicates.pairs[["document_a", "document_b", "relation", "shared", "jaccard"]].round(2)
      document_a document_b   relation  shared  jaccard
    0          a          b  same_text      16     1.00
    1          a          c       near      16     0.73
    2          b          c       near      16     0.73
    """

    __slots__ = ()

    @classmethod
    def _search(
        cls, corpus: _Documents, options: DuplicateOptions, n_threads: int | None, progress: Progress
    ) -> Duplicates:
        origin = Origin(corpus._documents, corpus._names, corpus._metadata)
        found = object.__new__(cls)
        found._find(origin, options, n_threads, progress)
        found._set(_options=options, _provenance=corpus._provenance.then("duplicates", options.parameters))
        found._warn_of_mega_clusters()
        return found

    def _find(
        self,
        origin: Origin,
        options: DuplicateOptions,
        n_threads: int | None,
        progress: Progress,
        known: _core.Duplicates | None = None,
    ) -> None:
        """Search the documents, or their units, of which the first ones may be known, and hold what belongs to it."""
        units = _units.of(origin, options, n_threads, progress)
        columns = _columns(units.metadata, len(units.names), options)
        if units.parents is not None:
            columns = {**columns, "parents": units.parents}
        with reporting(progress, "duplicates") as callback:
            core = _core.Duplicates.search(
                units.documents, _config(options), columns, known, n_threads=n_threads, progress=callback
            )
        self._set(
            _origin=origin,
            _native=core,
            _documents=units.documents,
            _names=units.names,
            _metadata=units.metadata,
            _parents=units.parents,
            _char_starts=units.char_starts,
            _searched=options,
            _dates=columns.get("dates"),
            _sources=columns.get("groups"),
        )

    def _with(self, core: _core.Duplicates, options: DuplicateOptions, step: str, **attributes: Any) -> Duplicates:
        other = object.__new__(Duplicates)
        kept = {name: getattr(self, name) for name in _HELD}
        provenance = self._provenance.then(step, options.parameters)
        other._set(**{**kept, **attributes}, _native=core, _options=options, _provenance=provenance)
        other._warn_of_mega_clusters()
        return other

    def _warn_of_mega_clusters(self) -> None:
        of_document, anchors, similarity, _ = self._native.clusters()
        sizes = np.bincount(of_document[of_document != NO_CLUSTER], minlength=len(anchors))
        bodies = self._native.bodies()
        for cluster in np.flatnonzero(sizes >= max(_MEGA_CLUSTER, self.n_docs // 100)).tolist():
            members = of_document == cluster
            n_bodies = len(np.unique(bodies[members]))
            if n_bodies < _MEGA_CLUSTER:
                continue
            warn(
                f"cluster {cluster} holds {sizes[cluster]:,} documents with {n_bodies:,} different texts, all with a "
                f"Jaccard similarity of at least {similarity[members].min():.2f} (median "
                f"{np.median(similarity[members]):.2f}) to {self._names[int(anchors[cluster])]!r}; look at "
                "explain() of some of them: it may be a template",
                MegaClusterWarning,
            )

    # What it is

    @property
    def n_docs(self) -> int:
        """Number of documents."""
        return len(self._names)

    @property
    def n_pairs(self) -> int:
        """Number of pairs listed."""
        return self._native.n_pairs

    @property
    def n_clusters(self) -> int:
        """Number of clusters of at least two documents."""
        return len(self._native.clusters()[1])

    def __len__(self) -> int:
        return self.n_pairs

    def __repr__(self) -> str:
        return _duplicates_repr.text(_duplicates_repr.facts(self))

    def _repr_html_(self) -> str:
        return _duplicates_repr.html(_duplicates_repr.facts(self))

    def __eq__(self, other: object) -> bool:
        """Return whether the same search was made in the same documents: the results are then the same, too."""
        if not isinstance(other, Duplicates):
            return NotImplemented
        same_search = self._options == other._options and self._searched == other._searched
        same_texts = self._documents == other._documents and self._names == other._names
        return same_search and same_texts and _interop.frames_equal(self._metadata, other._metadata)

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("_origin", "_options", "_searched", "_provenance")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Search again: the result is determined by documents and options, and larger than both."""
        self._find(state["_origin"], state["_searched"], None, False)
        if state["_options"] != state["_searched"]:
            self._set(_native=self._native.relate(_config(state["_options"])))
        self._set(_options=state["_options"], _provenance=state["_provenance"])

    # As frames

    @property
    def pairs(self) -> Any:
        """Pairs of documents, a new frame of the caller's kind, ordered by their rows in the corpus.

        Each pair stands once, the document in the earlier row first. Columns:

        ``document_a``, ``document_b``
            Names.
        ``relation``
            Read as "a *relation* b", the first that holds of: ``exact`` (the same characters), ``same_text`` (the same
            letters and digits, with or without furniture), ``near`` (Jaccard of at least `near`), ``contains`` and
            ``contained_in`` (at least `contained` of the smaller text is in the larger one), ``revised`` (at least
            `revised` of either is in the other), ``quotes`` (the shared passages are quotations in one of them),
            ``shared_passage``.
        ``direction``
            ``a_to_b`` if a is dated earlier, ``b_to_a`` if b is, else ``none``.
        ``shared``, ``size_a``, ``size_b``
            Number of different triples of words in both, in a, in b.
        ``jaccard``, ``containment_a``, ``containment_b``
            shared / (size_a + size_b − shared); shared / size_a; shared / size_b; 0 for texts without triples.
        ``longest_run``
            Words of the longest run that both have, as far as runs through shared fingerprints go.
        """
        columns = self._measured()
        shared, size_a, size_b = (columns[name].astype(np.int64) for name in ("shared", "size_a", "size_b"))
        names = list(self._names)
        return _interop.coded_frame(
            self._metadata,
            {
                "document_a": (columns["a"], names),
                "document_b": (columns["b"], names),
                "relation": (columns["relation"], list(RELATIONS)),
                "direction": (columns["direction"], list(DIRECTIONS)),
            },
            {
                "shared": shared,
                "size_a": size_a,
                "size_b": size_b,
                "jaccard": shared / np.maximum(size_a + size_b - shared, 1),
                "containment_a": shared / np.maximum(size_a, 1),
                "containment_b": shared / np.maximum(size_b, 1),
                "longest_run": columns["longest_run"].astype(np.int64),
            },
        )

    @property
    def spans(self) -> Any:
        """The text that pairs have in common: a new frame with a row for each span of each pair, in their order.

        Small changes within a span are bridged. Columns: ``document_a``, ``document_b``, ``relation``;
        ``char_start_a``, ``char_end_a``, ``char_start_b``, ``char_end_b`` (code points of the two texts, the end is not
        included); ``equal_words`` of the ``words`` of the longer side (pairs of characters in scripts without spaces);
        ``quoted_a``, ``quoted_b`` (share of the span between quotation marks).
        """
        columns, found = self._found_spans()
        pair = found["pair"]
        names = list(self._names)
        words = np.maximum(found["units"].astype(np.int64), 1)
        return _interop.coded_frame(
            self._metadata,
            {
                "document_a": (columns["a"][pair], names),
                "document_b": (columns["b"][pair], names),
                "relation": (columns["relation"][pair], list(RELATIONS)),
            },
            {
                **{
                    f"char_{end}_a": found[f"char_{end}_a"] + self._shift(columns["a"][pair])
                    for end in ("start", "end")
                },
                **{
                    f"char_{end}_b": found[f"char_{end}_b"] + self._shift(columns["b"][pair])
                    for end in ("start", "end")
                },
                "equal_words": found["equal_units"].astype(np.int64),
                "words": words,
                "quoted_a": found["quoted_a"] / words,
                "quoted_b": found["quoted_b"] / words,
            },
        )

    @property
    def clusters(self) -> Any:
        """Documents in clusters: a new frame with a row for each, by cluster and row in the corpus.

        Exact, same-text and near pairs join documents; each member has a Jaccard similarity of at least `cohesion` to
        the anchor, the longest document of the cluster. Columns: ``cluster`` (numbered in the order of their first
        document), ``size``, ``document``, ``anchor``, ``similarity`` (to the anchor).
        """
        of_document, anchors, similarity, _ = self._native.clusters()
        documents = np.flatnonzero(of_document != NO_CLUSTER)
        documents = documents[np.argsort(of_document[documents], kind="stable")]
        cluster = of_document[documents].astype(np.int64)
        names = list(self._names)
        return _interop.coded_frame(
            self._metadata,
            {"document": (documents, names), "anchor": (anchors[cluster], names)},
            {
                "cluster": cluster,
                "size": np.bincount(cluster, minlength=len(anchors))[cluster].astype(np.int64),
                "similarity": similarity[documents],
            },
        )

    # Other thresholds, more documents

    def rethreshold(self, **thresholds: Any) -> Duplicates:
        """Return the same search with other thresholds, without comparing texts again.

        Parameters
        ----------
        **thresholds
            Any of `near`, `contained`, `revised`, `passage`, `quoted`, `cohesion`, `join_revised`, as in
            `Corpus.duplicates`; shares not below the floor of the search, `passage` not below that of the search, or
            ``None``, which leaves pairs out that share no more than passages. Quotations are told by the passages of
            the new length.

        Raises
        ------
        ParameterError
            If there is no such threshold or its value is not allowed.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> duplicates = kolloc.Corpus([story, f"Our page. {story} by fishermen, it said."]).duplicates()
        >>> duplicates.rethreshold(near=0.9).pairs["relation"].tolist()
        ['contained_in']
        """
        options = self._options.but(thresholds)
        return self._with(self._native.relate(_config(options)), options, "rethreshold")

    def update(self, corpus: _Documents, *, n_threads: int | None = None, progress: Progress = None) -> Duplicates:
        """Return the duplicates in these documents and those of another corpus behind them.

        The result is the same as of a search in all documents at once; only the new ones are read.

        Parameters
        ----------
        corpus : Corpus
            New documents with other names and the same columns.
        n_threads, progress
            As in `Corpus.duplicates`.

        Raises
        ------
        DuplicateNamesError
            If a name occurs in both.
        InputTypeError
            If the metadata do not fit.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> duplicates = kolloc.Corpus({"a": story}).duplicates()
        >>> duplicates.update(kolloc.Corpus({"b": story})).n_pairs
        1
        """
        origin = Origin(
            self._origin.documents.chain(corpus._documents),
            Names.from_labels([*self._origin.names, *corpus._names]),
            _interop.stacked(self._origin.metadata, corpus._metadata),
        )
        updated = object.__new__(Duplicates)
        known = self._native if self._parents is None else None
        updated._find(origin, self._options, n_threads, progress, known)
        provenance = self._provenance.then("update", self._options.parameters, documents=len(corpus._names))
        updated._set(_options=self._options, _provenance=provenance)
        updated._warn_of_mega_clusters()
        return updated


_HELD = (
    *("_origin", "_documents", "_names", "_metadata", "_parents", "_char_starts", "_dates", "_sources"),
    "_searched",
)


def _config(options: DuplicateOptions) -> str:
    """Return the configuration of the core; the furniture of units has been left out with their making."""
    of_documents = options.parameters["unit"] == "document"
    return options.to_json() if of_documents else json.dumps({**json.loads(options.to_json()), "cut_furniture": False})


def _columns(metadata: Any | None, n_docs: int, options: DuplicateOptions) -> dict[str, NDArray[Any]]:
    """Return dates, sources and sites of documents as the core takes them."""
    columns: dict[str, NDArray[Any]] = {}
    if (date := options.parameters["date"]) is not None:
        columns["dates"] = _dates.microseconds(metadata, date)
    for name, column in (("groups", "source"), ("sites", "site")):
        if (codes := _sites.codes(options.parameters[column], metadata, n_docs)) is not None:
            columns[name] = codes
    return columns
