"""Versions that results carry are those that were compiled in."""

import tomllib
from pathlib import Path

from kolloc import _build

ROOT = Path(__file__).parents[3]


def locked():
    packages = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    return {package["name"]: package["version"] for package in packages}


def test_recorded_versions_are_the_locked_ones():
    versions = locked()
    named = f"{_build.SEGMENTER_VERSION}, {_build.STEMMER_VERSION}"
    for entry in named.split(", "):
        name, version = entry.split()
        assert versions[name] == version
    assert _build.__version__ == versions["kolloc"]
