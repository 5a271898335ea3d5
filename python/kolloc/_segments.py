"""Documents cut into segments of about equally many tokens."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop, _native
from kolloc._names import Names
from kolloc._token_arrays import GAP, TokenArrays

__all__ = ["Segments", "starts"]


class Segments(TokenArrays):
    """Tokens of documents that can be cut."""

    __slots__ = ()

    def segments(self, size: int) -> Any:
        """Return the tokens with each document cut into segments, which are documents then.

        A document of n tokens becomes n / size segments, halves rounded up and one at least, whose numbers of tokens
        differ by one at most: none is dropped. A gap between two segments belongs to the first. Measures that ask in
        how many texts a word stands, such as ``zeta`` and ``zeta_eder`` of `DocumentTermMatrix.keyness`, suppose texts
        of about one length.

        Parameters
        ----------
        size : int
            Number of tokens aimed at.

        Returns
        -------
        Tokens
            Segments named by document and number, such as ``page#2``, with the metadata of their document; neither
            sentences nor windows cross their borders. Weights stay those of the documents. They have no text to point
            into.

        Raises
        ------
        ParameterError
            If `size` is below 1.

        Examples
        --------
        >>> import kolloc
        >>> tokens = kolloc.Corpus({"a": "one two three four five", "b": "six"}).tokens().segments(2)
        >>> list(tokens.names), tokens.doc_lengths.tolist()
        (['a#1', 'a#2', 'a#3', 'b#1'], [2, 2, 1, 1])
        """
        size = _check.integer("size", size, at_least=1)
        offsets, parents = starts(self.term_ids, self.offsets, size)
        numbers = np.arange(len(parents)) - np.searchsorted(parents, parents) + 1
        names = list(self._names)
        labels = [f"{names[row]}#{number}" for row, number in zip(parents.tolist(), numbers.tolist(), strict=True)]
        inner = offsets[:-1][np.diff(offsets) > 0]
        terms, boundaries = self._native.vocabulary.buffers()
        core = _native.Tokens.from_parts(
            self.term_ids,
            offsets.astype(np.uint64),
            np.union1d(self.sentence_starts, inner).astype(np.uint64),
            np.union1d(self.paragraph_starts, inner).astype(np.uint64),
            terms.decode(),
            boundaries,
        )
        rows = parents.astype(np.uint32)
        return type(self)._new(  # type: ignore[attr-defined]
            core,
            _documents=None,
            _options=None,
            _doc_weights=None if self._doc_weights is None else self._doc_weights[rows],
            _names=Names.from_labels(labels),
            _metadata=_interop.take_rows(self._metadata, rows),
            _provenance=self._provenance.then("segments", {"size": size}, documents=len(labels)),
        )


def starts(
    ids: NDArray[np.uint32], offsets: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where segments start, one entry more than segments, and the document of each.

    Examples
    --------
    >>> starts(np.array([7, 8, 9, 8, 7], dtype=np.uint32), np.array([0, 4, 5]), 2)
    (array([0, 2, 4, 5]), array([0, 0, 1]))
    """
    places = np.flatnonzero(ids != GAP)
    first = np.searchsorted(places, offsets)
    n_tokens = np.diff(first)
    n_segments = np.maximum(np.floor(n_tokens / size + 0.5).astype(np.int64), 1)
    parents = np.repeat(np.arange(len(n_tokens)), n_segments)
    numbers = np.arange(len(parents)) - np.repeat(np.cumsum(n_segments) - n_segments, n_segments)
    # The larger segments come first.
    short, longer = np.divmod(n_tokens, n_segments)
    token = first[:-1][parents] + numbers * short[parents] + np.minimum(numbers, longer[parents])
    cuts = np.where(numbers == 0, offsets[:-1][parents], np.append(places, len(ids))[token])
    return np.append(cuts, offsets[-1]), parents
