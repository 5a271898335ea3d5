"""What counts over time show of themselves in a notebook: their periods, gaps and groups."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _repr

__all__ = ["html"]

_ROWS = 6
_GAPS = 6


def html(
    line: str,
    starts: NDArray[np.datetime64],
    by: str | None,
    groups: Sequence[Any],
    n_docs: NDArray[Any],
    n_tokens: NDArray[Any],
) -> str:
    """Return the line, the time covered and its gaps, a table of groups or else of periods.

    Parameters
    ----------
    line : str
        The repr.
    starts : ndarray
        Start of each period, and the end of the last.
    by, groups
        Column of the groups and their values.
    n_docs, n_tokens : ndarray
        Shape (periods, groups).
    """
    kind, facts = line.strip("<>").split(": ", 1)
    head = f"<p><strong>{kind}</strong>: {escape(facts)}</p>"
    if not len(n_docs):
        return f"<div>{head}</div>"
    labels = _labels(starts)
    docs, tokens = n_docs.sum(axis=1), n_tokens.sum(axis=1)
    when = labels[0] if len(docs) == 1 else f"{labels[0]} to {labels[-2]}"
    covered = f"{when}; {_repr.count(int(docs.sum()), 'document')}, {_number(tokens.sum())} tokens"
    head += f"<p>{escape(f'{covered}; {_gaps(labels, docs)}')}</p>"
    table = _of_groups(by, groups, labels, n_docs, n_tokens) if by is not None else _of_periods(labels, docs, tokens)
    return f"<div>{head}{table}</div>"


def _of_periods(labels: list[str], docs: NDArray[Any], tokens: NDArray[Any]) -> str:
    rows = [(label, f"{n:,}", _number(m)) for label, n, m in zip(labels[:_ROWS], docs.tolist(), tokens, strict=False)]
    return _repr.html_table(("period", "documents", "tokens"), rows, _more(len(docs), "period"))


def _of_groups(by: str, groups: Sequence[Any], labels: list[str], n_docs: NDArray[Any], n_tokens: NDArray[Any]) -> str:
    rows = []
    for group, docs, tokens in zip(groups[:_ROWS], n_docs.T, n_tokens.T, strict=False):
        there = np.flatnonzero(docs)
        first, last = (labels[there[0]], labels[there[-1]]) if len(there) else ("–", "–")
        name = _repr.shorten(str(group), 40)
        rows.append((name, f"{docs.sum():,}", _number(tokens.sum()), first, last, f"{int((docs == 0).sum()):,}"))
    header = (by, "documents", "tokens", "first", "last", "periods without documents")
    return _repr.html_table(header, rows, _more(len(groups), "group"))


def _gaps(labels: list[str], docs: NDArray[Any]) -> str:
    empty = [labels[period] for period in np.flatnonzero(docs == 0).tolist()]
    if not empty:
        return "no gaps"
    more = f" and {len(empty) - _GAPS:,} more" if len(empty) > _GAPS else ""
    return f"without documents: {', '.join(empty[:_GAPS])}{more}"


def _more(n: int, noun: str) -> str:
    return f"... {_repr.count(n - _ROWS, f'more {noun}')}" if n > _ROWS else ""


def _labels(starts: NDArray[np.datetime64]) -> list[str]:
    """Return moments as text, as short as all of them allow: years, months, days or minutes."""
    units: tuple[Any, ...] = ("Y", "M", "D")
    unit: Any = next((unit for unit in units if (starts == starts.astype(f"datetime64[{unit}]")).all()), "m")
    return [moment.replace("T", " ") for moment in np.datetime_as_string(starts, unit=unit).tolist()]


def _number(value: Any) -> str:
    return f"{value:,.6g}" if isinstance(value, float | np.floating) else f"{int(value):,}"
