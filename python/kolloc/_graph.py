"""Pairs of documents as a graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from kolloc import _interop
from kolloc._searched import DIRECTIONS, NO_CLUSTER, RELATIONS, REVERSED, Searched

__all__ = ["Graphs"]


class Graphs(Searched):
    """Duplicates as graphs of other packages."""

    __slots__ = ()

    def to_networkx(self, relations: str | Iterable[str] | None = None) -> Any:
        """Return the pairs as a networkx graph: documents are nodes, pairs are edges.

        Parameters
        ----------
        relations : str or iterable of str, optional
            Pairs to take, by relation; all if not given.

        Returns
        -------
        networkx.Graph or networkx.DiGraph
            All documents by name, in their order, with the columns of the metadata and ``cluster`` (``None`` for a
            document in no cluster) as attributes. Edges have ``relation`` (of their first document to the second),
            ``shared``, ``jaccard``, ``longest_run``. With a `date` in the search the graph is directed, from the
            earlier document to the later one; a pair without a direction then has an edge either way, and
            ``directed`` tells which edges have one.

        Raises
        ------
        ParameterError
            If there is no such relation.
        ImportError
            If networkx is not installed.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> corpus = kolloc.Corpus({"wire": story, "post": f"Our page. {story} by fishermen."})
        >>> graph = corpus.duplicates().to_networkx()
        >>> list(graph.edges(data="relation"))
        [('wire', 'post', 'near')]
        """
        directed = self._dates is not None
        nodes = list(zip(self._names, self._node_attributes(), strict=True))
        return _interop.graph(nodes, self._edges(self._related(relations, measured=True), directed), directed=directed)

    def _node_attributes(self) -> list[dict[str, Any]]:
        of_document = self._native.clusters()[0]
        columns = {name: _interop.column_values(self._metadata, name) for name in _interop.columns(self._metadata)}
        columns["cluster"] = [None if cluster == NO_CLUSTER else cluster for cluster in of_document.tolist()]
        return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]

    def _edges(self, pairs: dict[str, Any], directed: bool) -> list[tuple[str, str, dict[str, Any]]]:
        names = list(self._names)
        shared = pairs["shared"].astype(np.int64)
        jaccard = shared / np.maximum(pairs["size_a"] + pairs["size_b"] - shared, 1)
        columns = (pairs["a"], pairs["b"], pairs["relation"], pairs["direction"], shared, jaccard, pairs["longest_run"])
        found = []
        for a, b, code, way, in_both, similarity, run in zip(*(column.tolist() for column in columns), strict=True):
            relation, direction = RELATIONS[code], DIRECTIONS[way]
            told = {"shared": in_both, "jaccard": similarity, "longest_run": run}
            if directed:
                told["directed"] = direction != "none"
            if not directed or direction != "b_to_a":
                found.append((names[a], names[b], {"relation": relation, **told}))
            if directed and direction != "a_to_b":
                found.append((names[b], names[a], {"relation": REVERSED.get(relation, relation), **told}))
        return found
