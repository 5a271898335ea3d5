"""What tokens hold and show: arrays of integers, the vocabulary, weights of documents."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _document_weights, _interop, _native, _tokens_repr
from kolloc._document_rows import DocumentRows
from kolloc.vocabulary import Vocabulary

__all__ = ["GAP", "TokenArrays"]

GAP = np.iinfo(np.uint32).max
"""The id at a position whose token was removed."""


class TokenArrays(DocumentRows):
    """Documents as arrays of term ids; immutable."""

    __slots__ = ("_doc_weights", "_native")

    _native: _native.Tokens
    _doc_weights: NDArray[np.float64] | None

    @property
    def n_docs(self) -> int:
        """Number of documents, empty ones included."""
        return self._native.n_docs

    @property
    def n_tokens(self) -> int:
        """Number of tokens, gaps left out, whatever the weights of documents."""
        return self._native.n_tokens

    @property
    def n_types(self) -> int:
        """Number of types."""
        return len(self._native.vocabulary)

    @property
    def vocabulary(self) -> Vocabulary:
        """The types with their frequencies (tokens, whatever the weights of documents), looked up both ways."""
        return Vocabulary(self._native.vocabulary, self._metadata)

    @property
    def term_ids(self) -> NDArray[np.uint32]:
        """Term id at each position, `GAP` where a token was removed.

        uint32, shape (positions,), all documents one after the other; a read-only view.
        """
        return self._native.term_ids

    @property
    def offsets(self) -> NDArray[np.int64]:
        """Where each document starts in `term_ids`: int64, shape (documents + 1,), positions; a read-only view."""
        return self._native.doc_offsets.view(np.int64)

    @property
    def sentence_starts(self) -> NDArray[np.int64]:
        """Positions in `term_ids` where a sentence starts: int64, shape (sentences,), ascending; a read-only view."""
        return self._native.sentence_starts.view(np.int64)

    @property
    def paragraph_starts(self) -> NDArray[np.int64]:
        """Positions in `term_ids` where a paragraph starts: int64, shape (paragraphs,), ascending; a read-only view."""
        return self._native.paragraph_starts.view(np.int64)

    @property
    def doc_lengths(self) -> NDArray[np.int64]:
        """Number of tokens of each document, gaps left out: int64, shape (documents,); whatever the weights."""
        return self._native.doc_lengths().view(np.int64)

    @property
    def doc_weights(self) -> NDArray[np.float64] | None:
        """What each document counts: float64, shape (documents,), read-only; ``None`` before `Tokens.weigh`."""
        return self._doc_weights

    def __len__(self) -> int:
        return self.n_docs

    def doc(self, document: str | int) -> list[str | None]:
        """Return the tokens of a document, by name (`str`) or row (`int`); ``None`` where one was removed.

        Raises
        ------
        KeyError, IndexError
            If there is no such document.
        """
        return self._native.doc(self._row(document))

    def to_arrow(self) -> Any:
        """Return a pyarrow list array: for each document its tokens as dictionary-encoded strings, null at gaps.

        Raises
        ------
        ImportError
            If pyarrow is not installed.
        """
        return _interop.arrow_lists(self.offsets, self.term_ids, int(GAP), self._native.vocabulary.terms())

    # How it shows and compares

    def __repr__(self) -> str:
        return _tokens_repr.text(self._native, self._names, self._doc_weights)

    def _repr_html_(self) -> str:
        return _tokens_repr.html(self._native, self._names, self._doc_weights)

    def __eq__(self, other: object) -> bool:
        """Return whether tokens, weights, names and metadata are the same."""
        if not isinstance(other, TokenArrays):
            return NotImplemented
        same = self._native.equals(other._native) and self._names == other._names
        same = same and _document_weights.equal(self._doc_weights, other._doc_weights)
        return same and _interop.frames_equal(self._metadata, other._metadata)

    __hash__ = None  # type: ignore[assignment]
