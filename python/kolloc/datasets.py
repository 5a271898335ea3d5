"""A small corpus to try things on, shipped with the package."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources
from typing import Any

from kolloc import _check, _interop

__all__ = ["sample"]


def sample(kind: str | None = None) -> Any:
    """Return a frame of 45 news pages, one row each, as a scraper would have left them.

    Everything in it is made up: the countries around the Strait of Orrel, their summit of April 2031, the people, the
    six outlets and their addresses. The mess is real. There are reprints of wire copy, word for word, abridged,
    updated or with only the quotes changed; pages that hold two or three articles with "Continue Reading" between
    them; pull-quotes; navigation, cookie and subscription lines on every page of an outlet; lists of other headlines
    with "3 days ago"; straight and curly quotes; missing spaces after commas; no-break, zero-width and soft-hyphen
    characters; a page in decomposed Unicode (NFD) and one with CRLF line ends; an audio page without text and one
    that kept a single line. 37 pages are English, three Korean, two Chinese, two Japanese, one is German.

    Parameters
    ----------
    kind : {"pandas", "polars", "pyarrow", None}, default None
        Kind of frame. ``None`` takes the first of them that is installed.

    Returns
    -------
    frame
        A new frame with the columns ``id`` (unique), ``outlet``, ``date`` (pandas: datetime; otherwise date),
        ``language`` (two letters), ``headline``, ``url`` and ``text`` (missing for one page).

    Raises
    ------
    ParameterError
        If `kind` is none of these.
    ImportError
        If no such package is installed.

    Examples
    --------
    >>> import kolloc
    >>> frame = kolloc.datasets.sample("pandas")
    >>> frame.shape
    (45, 7)
    >>> frame["outlet"].value_counts().head(2).to_dict()
    {'Capital Wire': 11, 'The Harbour Post': 8}
    """
    if kind is not None:
        _check.one_of("kind", kind, ("pandas", "polars", "pyarrow"))
    lines = resources.files("kolloc").joinpath("data", "sample.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns["date"] = [date.fromisoformat(day) for day in columns["date"]]
    return _interop.new_frame(columns, kind)
