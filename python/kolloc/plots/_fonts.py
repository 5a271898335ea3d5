"""Fonts for the letters that matplotlib's default font lacks: Hangul, Chinese characters, kana, Thai, Arabic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from kolloc._warn import warn
from kolloc.exceptions import MissingGlyphWarning

__all__ = ["families"]

# Parts of the names of fonts that cover much, those with most languages first; what a machine has of them is tried.
_WIDE = (
    *("notosanscjk", "sourcehansans", "notosanskr", "notosanssc", "notosansjp", "notosanstc", "applesdgothic"),
    *("pingfang", "hiraginosans", "malgun", "msyahei", "microsoftyahei", "yugoth", "meiryo", "simhei", "msgothic"),
    *("arialunicode", "nanumgothic", "wqy", "wenquanyi", "droidsansfallback", "notoserifcjk", "unifont", "notosans"),
    *("gothic", "tahoma"),
)
_STYLES = ("bold", "italic", "light", "black", "thin", "medium", "condensed")
# A font that draws every letter as a box.
_NONE = "lastresort"
_FEW = 5


def families(letters: set[str]) -> list[str]:
    """Return the families in use, and behind them those of fonts that have the letters these lack.

    Warns
    -----
    MissingGlyphWarning
        Once, naming letters that no font has.
    """
    import matplotlib
    from matplotlib import font_manager

    used = list(matplotlib.rcParams["font.family"])
    known = {entry.name for name in used for entry in _entries(font_manager, name)}
    missing = {letter for letter in letters if letter.isprintable() and not letter.isspace()}
    for path in {str(font_manager.findfont(font_manager.FontProperties(family=[name]))) for name in used}:
        missing -= _covered(path, missing)
    found = []
    for path in _candidates(font_manager) if missing else ():
        here = _covered(path, missing)
        if here:
            found.append(_name_of(font_manager, path))
            missing -= here
        if not missing:
            break
    if missing:
        shown = "".join(sorted(missing)[:_FEW])
        which = f"no font here has {len(missing):,} letters such as {shown!r}"
        warn(f"{which}, which will show as boxes; install one such as Noto Sans CJK", MissingGlyphWarning)
    return [*used, *(name for name in found if name not in known)]


def _entries(manager: Any, name: str) -> Iterator[Any]:
    return (entry for entry in manager.fontManager.ttflist if entry.name == name)


def _candidates(manager: Any) -> Iterable[str]:
    """Return paths of fonts that cover much, the widest first, each family's plain face alone."""
    paths = {*(entry.fname for entry in manager.fontManager.ttflist), *_on_this_machine()}
    ranked = []
    for path in paths:
        plain = Path(path).stem.lower().replace("-", "").replace("_", "").replace(" ", "")
        ranks = [rank for rank, part in enumerate(_WIDE) if part in plain]
        if ranks and _NONE not in plain:
            styled = any(
                style in plain for style in ("bold", "italic", "light", "black", "thin", "medium", "condensed")
            )
            ranked.append((ranks[0], styled, len(plain), path))
    return [path for *_, path in sorted(ranked)]


@lru_cache(maxsize=1)
def _on_this_machine() -> tuple[str, ...]:
    """Return all fonts of the system: matplotlib's own list may be older than they are."""
    from matplotlib import font_manager

    return tuple(font_manager.findSystemFonts())


def _covered(path: str, letters: set[str]) -> set[str]:
    codes = _codes(path)
    return {letter for letter in letters if ord(letter) in codes}


@lru_cache(maxsize=32)
def _codes(path: str) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    try:
        return frozenset(FT2Font(path).get_charmap())
    except (OSError, RuntimeError):
        return frozenset()


def _name_of(manager: Any, path: str) -> str:
    """Return the name of a font's family, making it known to matplotlib."""
    name = next((entry.name for entry in manager.fontManager.ttflist if entry.fname == path), None)
    if name is None:
        manager.fontManager.addfont(path)
        name = next(entry.name for entry in manager.fontManager.ttflist if entry.fname == path)
    return str(name)
