"""Where an object comes from: the input and every step since, with all parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

__all__ = ["Provenance"]


class _Input(Protocol):
    def __len__(self) -> int: ...
    @property
    def n_bytes(self) -> int: ...
    def fingerprint(self) -> str: ...


class Provenance:
    """The chain of steps that led to an object; immutable, each step makes a new one.

    The fingerprint of the input is computed when it is first asked for.

    Parameters
    ----------
    version : str
        Version of kolloc.
    source : object with ``len``, ``n_bytes`` and ``fingerprint()``
        The texts as they came in.

    Examples
    --------
    >>> from kolloc._core import Documents
    >>> provenance = Provenance("0.1.0", Documents.from_strings(["peace talks"])).then("corpus", {"text": None})
    >>> provenance.to_dict()["steps"]
    [{'step': 'corpus', 'parameters': {'text': None}}]
    """

    __slots__ = ("_input", "_source", "_steps", "_version")

    def __init__(self, version: str, source: _Input) -> None:
        self._version = version
        self._source: _Input | None = source
        self._input: dict[str, Any] | None = None
        self._steps: tuple[dict[str, Any], ...] = ()

    def then(self, step: str, parameters: Mapping[str, Any], **extra: Any) -> Provenance:
        """Return this chain with one more step.

        Parameters
        ----------
        step : str
            Name of the operation.
        parameters : mapping
            All its parameters, defaults filled in.
        **extra
            What else a reader needs, such as versions of data that were used.
        """
        chain = object.__new__(Provenance)
        chain._version = self._version
        chain._source = self._source
        chain._input = self._input
        plain = {key: _plain(value) for key, value in extra.items()}
        chain._steps = (*self._steps, {"step": step, "parameters": _plain(parameters), **plain})
        return chain

    def to_dict(self) -> dict[str, Any]:
        """Return the chain as a new dict of plain values, fit for JSON."""
        return {"kolloc": self._version, "input": dict(self._describe()), "steps": _plain(self._steps)}

    def last(self, step: str) -> dict[str, Any] | None:
        """Return the last step of that name, or ``None``."""
        found = [each for each in self._steps if each["step"] == step]
        return dict(found[-1]) if found else None

    def _describe(self) -> dict[str, Any]:
        if self._input is None:
            assert self._source is not None
            source = self._source
            self._input = {
                "documents": len(source),
                "bytes": source.n_bytes,
                "fingerprint": source.fingerprint(),
            }
        return self._input

    def __getstate__(self) -> tuple[str, dict[str, Any], tuple[dict[str, Any], ...]]:
        return self._version, self._describe(), self._steps

    def __setstate__(self, state: tuple[str, dict[str, Any], tuple[dict[str, Any], ...]]) -> None:
        self._version, self._input, self._steps = state
        self._source = None

    def __repr__(self) -> str:
        return f"<Provenance: {' → '.join(step['step'] for step in self._steps)}>"


def _plain(value: Any) -> Any:
    """Return a copy made of dict, list, str, int, float, bool and None."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset | range):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [_plain(item) for item in items]
    if isinstance(value, np.ndarray) and value.ndim:
        return [_plain(item) for item in value.tolist()]
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:
        return _plain(value.item())
    return str(value)
