"""What each line of each page is, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _blocks_repr, _check, _core, _interop
from kolloc._document_rows import DocumentRows
from kolloc._interop import Documents
from kolloc.cleaning import CleaningReport
from kolloc.exceptions import ParameterError

__all__ = ["DROPPED", "KINDS", "Blocks"]

_kinds, _reasons, _repeats, _dropped = _core.block_names()
KINDS = tuple(_kinds)
DROPPED = tuple(_dropped)


class Blocks(DocumentRows):
    r"""The lines of all pages with a kind, the reason for it, and what they repeat. Made by `Corpus.blocks`; immutable.

    A block is a line that holds more than white space; line feeds alone separate lines. Its `kind` is one of

    ============== =====================================================================================================
    body           running text; whatever is not known to be something else
    headline       title of an article
    subheading     heading inside an article, or lines below its title that sum it up
    byline         names of authors
    dateline       when and where an article was printed
    section        part of the paper, above a title
    caption        text of a picture, and its credit
    attribution    sentence that leads into a report quoted whole
    quoted_report  paragraph of such a report: its mark of quotation opens and closes paragraphs apart
    pull_quote     nearly all of it (90 % of its sequences of five words) stands in a longer block of the page
    repeated       paragraph of 12 words and more that stands further up the page
    related_link   title of another article, between paragraphs or marked as related
    author_bio     note about the author
    teaser         title, snippet, label or time of another article in a list
    navigation     menus, buttons, headings of forms and lists
    boilerplate    other text of the site: legal notes, forms, appeals, and what its other pages share
    ============== =====================================================================================================

    Phrases that readers of nine languages know (English, German, French, Spanish, Russian, Arabic, Korean, Chinese,
    Japanese), the shape of lines, and repetition decide. A page is judged by itself unless sites are given. Of single
    pages it misses much furniture: what nothing speaks against stays body. Pages that are lists by nature (recipes,
    tables, lyrics) are not what it is made for.

    Examples
    --------
    >>> import kolloc
    >>> page = "Talks resume\n\nBy Ada Holm\n\nThe two sides met again in the old harbour on Monday.\n\n"
    >>> blocks = kolloc.Corpus([page + "Leave a Reply\n\nYour email address will not be published."]).blocks()
    >>> blocks
    <Blocks: 1 document, 5 blocks, 130 characters>
    body         1  41 %
    boilerplate  1  32 %
    navigation   1  10 %
    headline     1   9 %
    byline       1   8 %
    >>> blocks.to_frame(text=True)[["kind", "article", "text"]].values.tolist()[3]
    ['navigation', 0, 'Leave a Reply']
    """

    __slots__ = ("_columns", "_documents")

    _columns: dict[str, NDArray[Any]]
    _documents: Documents

    @classmethod
    def _new(cls, columns: dict[str, NDArray[Any]], **attributes: Any) -> Blocks:
        blocks = object.__new__(cls)
        blocks._set(_columns=columns, **attributes)
        return blocks

    # What they are

    @property
    def n_docs(self) -> int:
        """Number of documents, those without a block included."""
        return len(self._names)

    def __len__(self) -> int:
        return len(self._columns["kind"])

    def to_frame(self, *, text: bool = False) -> Any:
        r"""Return a row for each block, in the order of the documents and of their lines.

        Parameters
        ----------
        text : bool, default False
            Whether to add the text of each block.

        Returns
        -------
        frame
            Of the same kind as the metadata, or of the first kind installed. Columns: ``document`` (name), ``block``
            (number in its document from 0), ``line`` (from 1, empty lines counted), ``char_start`` and ``char_end``
            (code points in the text of the document, white space at the edges left out), ``kind``, ``article`` (number
            on the page from 1; 0 for navigation, teasers and boilerplate), ``score`` (from 0 to 1: how sure the kind
            is, by the rule that gave it; not a probability), ``reason`` (in words), ``repeat`` (``"repeated_block"``:
            the same words as an earlier block, also with other line breaks; ``"near_repeat"``: a sentence or a run of
            12 words in common with it; ``"pull_quote"``; or empty), ``repeat_of`` (number of that block, -1 if none)
            and ``shared_run`` (words of the longest run in common).

        Examples
        --------
        >>> import kolloc
        >>> frame = kolloc.Corpus(["Home\nNews\nLogin"]).blocks().to_frame()
        >>> frame["kind"].tolist()
        ['navigation', 'navigation', 'navigation']
        """
        columns, rows = self._columns, self._doc_rows()
        coded = {
            "document": (rows, list(self._names)),
            "kind": (columns["kind"], list(KINDS)),
            "reason": (columns["reason"], _reasons),
            "repeat": (columns["repeat"], _repeats),
        }
        plain = {
            "block": np.arange(len(self)) - self._bounds()[rows],
            **{name: columns[name] for name in ("line", "char_start", "char_end", "article", "score")},
            **{name: columns[name] for name in ("repeat_of", "shared_run")},
        }
        frame = _interop.coded_frame(self._metadata, coded, plain)
        order = [
            *("document", "block", "line", "char_start", "char_end", "kind", "article", "score", "reason"),
            *("repeat", "repeat_of", "shared_run"),
        ]
        frame = _interop.select_columns(frame, order)
        return _interop.with_column(frame, "text", self._texts()) if text else frame

    def counts(self) -> Any:
        r"""Return how much there is of each kind, as a frame.

        Returns
        -------
        frame
            Columns ``kind``, ``documents`` (that hold some), ``blocks``, ``characters`` and ``share`` (of the
            characters of all blocks); kinds that occur, most characters first.

        Examples
        --------
        >>> import kolloc
        >>> kolloc.Corpus(["Home\nNews\nLogin"]).blocks().counts().values.tolist()
        [['navigation', 1, 3, 13, 1.0]]
        """
        tallies = self._tallies()
        total = max(1, sum(characters for _, _, _, characters in tallies))
        return _interop.frame_like(
            self._metadata,
            {
                "kind": [kind for kind, *_ in tallies],
                "documents": [documents for _, documents, _, _ in tallies],
                "blocks": [blocks for _, _, blocks, _ in tallies],
                "characters": [characters for *_, characters in tallies],
                "share": [characters / total for *_, characters in tallies],
            },
        )

    def spans(self, kinds: Iterable[str] | None = None) -> Any:
        r"""Return where the blocks of some kinds stand, as a frame.

        Parameters
        ----------
        kinds : iterable of str, optional
            The kinds; by default those that `Corpus.clean` drops.

        Returns
        -------
        frame
            Columns ``document``, ``char_start`` and ``char_end``, one row for each block.

        Examples
        --------
        >>> import kolloc
        >>> kolloc.Corpus(["Home\nNews\nLogin"]).blocks().spans(["navigation"]).values.tolist()
        [['0', 0, 4], ['0', 5, 9], ['0', 10, 15]]
        """
        chosen = np.flatnonzero(self._are("kinds", kinds))
        columns = {name: self._columns[name][chosen] for name in ("char_start", "char_end")}
        return _interop.coded_frame(
            self._metadata, {"document": (self._doc_rows()[chosen], list(self._names))}, columns
        )

    # For the corpus

    def _are(self, parameter: str, kinds: Iterable[str] | None) -> NDArray[np.bool_]:
        """Return which blocks are of these kinds."""
        return np.isin(self._columns["kind"], [KINDS.index(kind) for kind in chosen_kinds(parameter, kinds)])

    def _bounds(self) -> NDArray[np.int64]:
        """Return where the blocks of each document begin, and where those of the last end."""
        bounds = np.zeros(self.n_docs + 1, dtype=np.int64)
        bounds[1:] = self._columns["ends"]
        return bounds

    def _doc_rows(self) -> NDArray[np.int64]:
        """Return the row of the document of each block."""
        bounds = self._bounds()
        return np.repeat(np.arange(self.n_docs), bounds[1:] - bounds[:-1])

    def _texts(self) -> list[str]:
        ends = self._columns["ends"].tolist()
        starts, stops = self._columns["char_start"].tolist(), self._columns["char_end"].tolist()
        texts: list[str] = []
        for row, end in enumerate(ends):
            page = self._documents.text(row)
            texts.extend(page[starts[at] : stops[at]] for at in range(len(texts), end))
        return texts

    def _tallies(self) -> list[tuple[str, int, int, int]]:
        """Return kind, documents, blocks and characters of the kinds that occur, most characters first."""
        kinds, rows = self._columns["kind"], self._doc_rows()
        lengths = self._columns["char_end"] - self._columns["char_start"]
        tallies = []
        for code in np.unique(kinds).tolist():
            of_kind = kinds == code
            n_docs = len(np.unique(rows[of_kind]))
            tallies.append((KINDS[code], n_docs, int(of_kind.sum()), int(lengths[of_kind].sum())))
        return sorted(tallies, key=lambda tally: (-tally[3], tally[0]))

    def _without(self, kinds: Iterable[str] | None) -> tuple[Documents, CleaningReport]:
        """Return the documents without the blocks of some kinds, and what was left out."""
        dropped, rows, columns = self._are("drop", kinds), self._doc_rows(), self._columns
        changed = np.zeros(self.n_docs, dtype=np.bool_)
        changed[rows[dropped]] = True
        kept = np.flatnonzero(~dropped & changed[rows])
        # A block brings the space before it along, up to the block before it, whether that was kept or not.
        leads = np.diff(rows[kept], prepend=-1) != 0
        starts = np.where(leads, columns["byte_start"][kept], columns["byte_end"][kept - 1])
        whole = np.flatnonzero(~changed)
        part_rows = np.concatenate((rows[kept], whole))
        order = np.argsort(part_rows, kind="stable")
        documents = self._excerpts(
            part_rows[order],
            np.concatenate((starts, np.zeros_like(whole)))[order],
            np.concatenate((columns["byte_end"][kept], columns["sizes"][whole]))[order],
            np.bincount(part_rows, minlength=self.n_docs),
            self._documents.is_missing(),
        )
        lengths = columns["char_end"] - columns["char_start"]
        report = CleaningReport._of(
            self._names, self._metadata, KINDS, rows[dropped], columns["kind"][dropped], lengths[dropped]
        )
        return documents, report

    def _divided(self) -> tuple[Documents, NDArray[np.uint32], list[int]]:
        """Return the articles of all pages, the row of the page of each, and its number, 0 if it is the only one."""
        rows, columns = self._doc_rows(), self._columns
        article = columns["article"].astype(np.int64)
        key = rows * (int(article.max(initial=0)) + 1) + article
        before = np.maximum.accumulate(np.concatenate(([0], key)))[:-1]
        # Another article has begun on this page already.
        follows = before > rows * (int(article.max(initial=0)) + 1)
        begins = np.flatnonzero((key > before) & follows)
        n_articles = np.bincount(rows[begins], minlength=self.n_docs) + 1
        pages = np.repeat(np.arange(self.n_docs), n_articles)
        first = np.diff(pages, prepend=-1) != 0
        starts = np.zeros(len(pages), dtype=np.int64)
        starts[~first] = columns["byte_start"][begins]
        stops = np.concatenate((starts[1:], [0]))
        last = np.diff(pages, append=-1) != 0
        stops[last] = columns["sizes"]
        documents = self._excerpts(
            pages, starts, stops[: len(pages)], np.ones_like(pages), self._documents.is_missing()[pages]
        )
        within = np.arange(len(pages)) - np.flatnonzero(first)[np.cumsum(first) - 1] + 1 if len(pages) else pages
        numbers = np.where(n_articles[pages] > 1, within, 0)
        return documents, pages.astype(np.uint32), numbers.tolist()

    def _excerpts(
        self,
        rows: NDArray[Any],
        starts: NDArray[np.int64],
        stops: NDArray[np.int64],
        n_parts: NDArray[Any],
        missing: NDArray[np.bool_],
    ) -> Documents:
        return _core.excerpts(
            self._documents,
            rows.astype(np.uint32),
            np.ascontiguousarray(starts, dtype=np.int64),
            np.ascontiguousarray(stops, dtype=np.int64),
            np.cumsum(n_parts).astype(np.uint64),
            missing,
        )

    # How they show, compare and travel

    def __repr__(self) -> str:
        return _blocks_repr.text(self.n_docs, len(self), self._tallies())

    def _repr_html_(self) -> str:
        return _blocks_repr.html(self.n_docs, len(self), self._tallies())

    def __eq__(self, other: object) -> bool:
        """Return whether blocks, names and metadata are the same."""
        if not isinstance(other, Blocks):
            return NotImplemented
        same = all(np.array_equal(self._columns[name], other._columns[name]) for name in self._columns)
        return same and self._names == other._names and _interop.frames_equal(self._metadata, other._metadata)

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("_columns", "_documents", "_names", "_metadata", "_provenance")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for column in state["_columns"].values():
            column.flags.writeable = False
        self._set(**state)


def chosen_kinds(parameter: str, kinds: Iterable[str] | None) -> tuple[str, ...]:
    """Return the kinds asked for, those that are dropped by default if none are.

    Examples
    --------
    >>> chosen_kinds("drop", ["teaser"])
    ('teaser',)
    """
    if kinds is None:
        return DROPPED
    chosen = tuple(dict.fromkeys(_check.strings(parameter, kinds)))
    for kind in chosen:
        _check.one_of(parameter, kind, KINDS)
    if set(chosen) == set(KINDS):
        message = f"{parameter} must leave some kinds, got all of them"
        raise ParameterError(message, parameter=parameter, value=chosen, allowed="some of the kinds")
    return chosen


def find(
    documents: Documents,
    sites: NDArray[np.uint32] | None,
    n_threads: int | None,
    progress: Any,
    **attributes: Any,
) -> Blocks:
    """Return the blocks of documents; `attributes` are names, metadata and provenance."""
    columns = _core.blocks(documents, sites, n_threads=n_threads, progress=progress)
    return Blocks._new(columns, _documents=documents, **attributes)
