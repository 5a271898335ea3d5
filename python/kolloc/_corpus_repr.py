"""What a corpus shows of itself."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Any

from kolloc import _interop, _repr
from kolloc._interop import Documents
from kolloc._names import Names

__all__ = ["documents", "html", "text"]

_ROWS = 5
_WIDTH = 60
_COLUMNS = 8


def documents(n: int) -> str:
    """Return a number of documents in words."""
    return _repr.count(n, "document")


def text(texts: Documents, names: Names, columns: list[str]) -> str:
    """Return what a corpus is in one line, then its first documents."""
    shown = [*map(str, columns[:_COLUMNS]), *(["..."] if len(columns) > _COLUMNS else [])]
    line = _repr.one_line(
        "Corpus",
        [
            documents(len(texts)),
            _repr.size(texts.n_bytes),
            f"{texts.n_missing:,} missing" if texts.n_missing else "",
            f"metadata: {', '.join(shown)}" if shown else "",
        ],
    )
    head = _head(texts, names)
    width = max((len(name) for name, _ in head), default=0)
    rows = [f"{name:<{width}}  {start}".rstrip() for name, start in head]
    return "\n".join([line, *rows, *_tail(texts)])


def html(texts: Documents, names: Names, metadata: Any | None) -> str:
    """Return what a corpus is as HTML: size, what each metadata column holds, first documents."""
    facts = f"{documents(len(texts))}, {_repr.size(texts.n_bytes)}, {texts.n_missing:,} without text"
    parts = [f"<p><strong>Corpus</strong>: {escape(facts)}</p>"]
    columns = _interop.columns(metadata)
    if columns:
        rows = [_column_facts(metadata, name) for name in columns]
        parts.append(_repr.html_table(["metadata", "type", "values"], rows))
    parts.append(_repr.html_table(["name", "text"], _head(texts, names), "".join(_tail(texts))))
    return f"<div>{''.join(parts)}</div>"


def _head(texts: Documents, names: Names) -> list[tuple[str, str]]:
    rows = range(min(_ROWS, len(texts)))
    return [(_repr.shorten(names[row], 30), _repr.shorten(texts.text(row), _WIDTH)) for row in rows]


def _tail(texts: Documents) -> list[str]:
    more = len(texts) - _ROWS
    return [f"... {_repr.count(more, 'more document')}"] if more > 0 else []


def _column_facts(metadata: Any, name: str) -> tuple[str, str, str]:
    values = _interop.column_values(metadata, name)
    present = [value for value in values if value is not None]
    missing = f"; {len(values) - len(present):,} missing" if len(present) < len(values) else ""
    kind = _interop.column_type(metadata, name)
    return str(name), kind, f"{_value_facts(present)}{missing}"


def _value_facts(present: list[Any]) -> str:
    if not present:
        return "none"
    if not isinstance(present[0], str | bool):
        try:
            return f"{_shown(min(present))} to {_shown(max(present))}"
        except TypeError:
            pass
    try:
        counts = Counter(present)
    except TypeError:
        return f"{len(present):,} values"
    common = ", ".join(f"{_shown(value)} ({n:,})" for value, n in counts.most_common(3))
    return f"{len(counts):,} distinct: {common}{', ...' if len(counts) > 3 else ''}"


def _shown(value: Any) -> str:
    return _repr.shorten(str(value).removesuffix(" 00:00:00"), 40)
