"""Data that several tests read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """Return the path of a shared data file; skip where it is not there."""
    folder = Path(os.environ.get("KOLLOC_SHARED") or _ROOT.parent / "shared")

    def path(name: str) -> Path:
        found = folder / name
        if not found.exists():
            pytest.skip(f"no shared data: {name} is not there; KOLLOC_SHARED names their folder")
        return found

    return path


@pytest.fixture(scope="session")
def shared_parquet(shared: Callable[[str], Path]) -> Callable[[str, str], list]:
    """Return a column of a shared Parquet file."""

    def column(name: str, column: str) -> list:
        parquet = pytest.importorskip("pyarrow.parquet")
        return parquet.read_table(shared(f"data/{name}"), columns=[column]).column(column).to_pylist()

    return column


@pytest.fixture(scope="session")
def golden(shared: Callable[[str], Path]) -> dict:
    """Return the hand values of the specification at full precision."""
    return json.loads(shared("spec/golden.json").read_text(encoding="utf-8"))
