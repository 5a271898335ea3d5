"""How far an operation is: from the caller's wish to a `callback(done, total)` for the core."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, TypeAlias

from kolloc.exceptions import InputTypeError

__all__ = ["Progress", "reporting"]

Progress: TypeAlias = Callable[[int, int], object] | bool | None


@contextmanager
def reporting(progress: Progress, description: str, unit: str = "") -> Iterator[Callable[[int, int], object] | None]:
    """Yield the callback for the core, or ``None`` if nothing is to be shown.

    Parameters
    ----------
    progress : None, bool or callable(done, total)
        ``None`` shows a tqdm bar after one second if tqdm is installed, ``True`` shows it or raises `ImportError`,
        ``False`` shows nothing; a callable is called with the work done and the work in all.
    description : str
        Label of the bar.
    unit : str
        Unit of the numbers; ``"B"`` is scaled.

    Examples
    --------
    >>> with reporting(lambda done, total: None, "Counting") as callback:
    ...     callback(1, 2)
    """
    if progress is False:
        yield None
    elif callable(progress):
        yield progress
    elif progress is None or progress is True:
        bar = _Bar(description, unit) if _has_tqdm(required=progress is True) else None
        try:
            yield bar
        finally:
            if bar is not None:
                bar.close()
    else:
        raise InputTypeError(f"progress must be None, True, False or callable(done, total), got {progress!r}")


def _has_tqdm(*, required: bool) -> bool:
    try:
        import tqdm  # noqa: F401
    except ImportError:
        if required:
            raise ImportError("progress=True needs tqdm: pip install 'kolloc[progress]'") from None
        return False
    return True


_DELAY = 1.0


class _Bar:
    """A tqdm bar that appears, and loads tqdm, only for work of more than a second."""

    def __init__(self, description: str, unit: str) -> None:
        self._options = {"desc": description, "unit": unit or "it", "unit_scale": unit == "B"}
        self._started = monotonic()
        self._bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None:
            if monotonic() - self._started < _DELAY:
                return
            self._bar = _new_bar(total, self._options)
        if total != self._bar.total:
            self._bar.reset(total)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _new_bar(total: int, options: dict[str, Any]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tqdm, about widgets that a notebook may lack; it then draws a bar of text
        from tqdm.auto import tqdm

        return tqdm(total=total, leave=False, **options)
