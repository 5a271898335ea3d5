"""Where words stand in a corpus: a lane for each word."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _dates, _interop, _repr
from kolloc._columns import columns_of
from kolloc.dtm import DocumentTermMatrix
from kolloc.exceptions import InputTypeError
from kolloc.plots._axes import COLOURS, GREY, bare, fonts_for, new_axes, over_days
from kolloc.tokens import Tokens

__all__ = ["dispersion"]

# Up to so many documents borders are drawn, and up to so many they are named.
_BORDERS = 80
_NAMED = 12
_ROOM = 0.025
# Up to so many marks of a lane are drawn in full strength.
_MARKS = 250
_FAINTEST = 0.12


def dispersion(source: Any, terms: Iterable[str], *, date: str | None = None, ax: Any | None = None) -> Any:
    """Return the axes of lanes, one for each term, with a mark wherever it stands.

    Parameters
    ----------
    source : Tokens or DocumentTermMatrix
        Of tokens each occurrence is a mark at its position, documents one behind the other; of a matrix each document
        with the term is a mark at its row.
    terms : iterable of str
        The lanes from top to bottom.
    date : str, optional
        Metadata column of dates: marks stand at the date of their document instead, those without one are left out.
    ax : matplotlib Axes, optional
        Where to draw; otherwise on a new pyplot figure.

    Returns
    -------
    matplotlib.axes.Axes
        On the right of a lane stands how often its term occurs, in how many documents. Where marks crowd, they are
        drawn fainter, so that a lane is dark where it is dense. Borders of documents are grey, if there are not many.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    InputTypeError
        If the source is something else.
    KeyError
        If a term does not occur; the message names the closest one.
    ParameterError
        If there is no such column, or it holds no dates.

    Warns
    -----
    MissingGlyphWarning
        If no font on this machine has some letters.

    Examples
    --------
    >>> import kolloc, matplotlib
    >>> matplotlib.use("agg")
    >>> tokens = kolloc.Corpus(["peace talks resume", "talks fail", "trade talks"]).tokens()
    >>> ax = kolloc.plots.dispersion(tokens, ["talks", "peace"])
    >>> [list(map(int, lane.get_positions())) for lane in ax.collections]
    [[1, 3, 6], [0]]
    """
    wanted = _check.strings("terms", terms)
    if not isinstance(source, Tokens | DocumentTermMatrix):
        raise InputTypeError(f"source must be Tokens or a DocumentTermMatrix, got {type(source).__name__}")
    if date is not None:
        _check.column("date", date, _interop.columns(source.metadata))
    lanes = [_of_tokens(source, term) for term in wanted] if isinstance(source, Tokens) else _of_matrix(source, wanted)
    ax = new_axes(1.4 * len(lanes) + 1, 8.5) if ax is None else ax
    _scale(ax, source, date)
    moments = None if date is None else _dates.microseconds(source.metadata, date)
    for row, lane in enumerate(lanes):
        places = lane.places if moments is None else _moments(moments[lane.docs])
        strength = float(np.clip(_MARKS / max(len(places), 1), _FAINTEST, 1)) ** 0.5
        colour = COLOURS[row % len(COLOURS)]
        ax.eventplot(places, lineoffsets=row, linelengths=0.72, linewidths=1, colors=colour, alpha=strength)
        text = f"{lane.count:,.6g} in {lane.n_docs:,}"
        ax.annotate(text, (1, row), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points",
                    va="center", fontsize="small", color=GREY, annotation_clip=False)  # fmt: skip
    ax.annotate("times in documents", (1, 1), xycoords="axes fraction", xytext=(6, 3), fontsize="small",
                textcoords="offset points", va="bottom", color=GREY, annotation_clip=False)  # fmt: skip
    ax.set_yticks(range(len(wanted)), wanted, fontfamily=fonts_for(wanted))
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(wanted) - 0.45, -0.55)
    ax.spines["left"].set_visible(False)
    return bare(ax)


@dataclass(frozen=True)
class _Lane:
    """One term: places on the axis and the document of each mark, how often it occurs, in how many documents."""

    places: NDArray[np.int64]
    docs: NDArray[np.int64]
    count: float
    n_docs: int


def _of_tokens(tokens: Tokens, term: str) -> _Lane:
    places = np.flatnonzero(tokens.term_ids == tokens.vocabulary[term])
    docs = np.searchsorted(tokens.offsets, places, side="right") - 1
    return _Lane(places, docs, len(places), len(np.unique(docs)))


def _of_matrix(matrix: DocumentTermMatrix, terms: list[str]) -> list[_Lane]:
    cells = matrix.to_scipy()[:, columns_of(terms, matrix.terms)].tocsc()
    lanes = []
    for start, end in itertools.pairwise(cells.indptr.tolist()):
        rows = np.sort(cells.indices[start:end]).astype(np.int64)
        lanes.append(_Lane(rows, rows, float(cells.data[start:end].sum()), len(rows)))
    return lanes


def _moments(microseconds: NDArray[np.int64]) -> NDArray[np.datetime64]:
    moments: NDArray[np.datetime64] = microseconds[microseconds != _dates.NO_DATE].astype("datetime64[us]")
    return moments


def _scale(ax: Any, source: Tokens | DocumentTermMatrix, date: str | None) -> None:
    """Set what the horizontal axis says: dates, tokens with borders of documents, or rows."""
    if date is not None:
        over_days(ax, _moments(_dates.microseconds(source.metadata, date)))
        ax.set_xlabel(date)
        return
    is_tokens = isinstance(source, Tokens)
    # Marks stand at whole numbers, borders between them.
    borders = (source.offsets if isinstance(source, Tokens) else np.arange(source.shape[0] + 1)) - 0.5
    ax.set_xlim(float(borders[0]), max(float(borders[-1]), 0.5))
    n_docs = len(borders) - 1
    if n_docs <= _BORDERS:
        for border in borders[1:-1]:
            ax.axvline(border, color="#d0d0d0", linewidth=0.8, zorder=0)
    if n_docs <= _NAMED:
        # A document without room keeps its lane, not its name.
        wide = np.diff(borders) > _ROOM * (borders[-1] - borders[0])
        names = [_repr.shorten(source.names[doc], 18) for doc in np.flatnonzero(wide).tolist()]
        middles = ((borders[1:] + borders[:-1]) / 2)[wide]
        ax.set_xticks(middles, names, rotation=25, ha="right", rotation_mode="anchor", fontfamily=fonts_for(names))
        ax.tick_params(axis="x", length=0)
        ax.set_xlabel("documents, one behind the other" if is_tokens else "documents")
    else:
        ax.locator_params(axis="x", nbins=6)
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        ax.set_xlabel(f"position in the corpus (tokens of {n_docs:,} documents)" if is_tokens else "document (row)")
