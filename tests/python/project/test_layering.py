"""Which module of the Rust core may name which."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[3] / "src"
FILES = sorted(SOURCE.rglob("*.rs"))
EVERYWHERE = {"disjoint", "error", "large", "parallel", "prefetch", "Error", "ErrorKind", "Result"}
ALLOWED = {
    "disjoint": set(),
    "error": set(),
    "large": set(),
    "parallel": {"error"},
    "prefetch": set(),
    "text": set(),
    "corpus": {"text"},
    "counts": {"corpus", "text"},
    "cooccurrence": {"corpus", "text", "counts::csr"},
    "dedup": {"corpus", "text"},
    "stats": set(),
}


def module_of(path):
    part = path.relative_to(SOURCE).parts[0]
    return part.removesuffix(".rs")


def code_of(path):
    """The source without comments and without the tests at its end."""
    source = path.read_text().split("#[cfg(test)]\nmod tests")[0]
    return re.sub(r"//[^\n]*", "", source)


def named(code):
    """What `crate::` paths name: modules, and modules within modules."""
    for start in re.finditer(r"\bcrate::", code):
        rest = code[start.end() :]
        yield from _expand(rest.split("{", 1)[1].split("}", 1)[0].split(",") if rest.startswith("{") else [rest])


def _expand(paths):
    for path in paths:
        found = re.match(r"\s*(\w+)(?:::(\w+))?", path)
        if found:
            yield found.group(1), f"{found.group(1)}::{found.group(2)}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_the_bindings_know_python(path):
    if module_of(path) != "bindings":
        forbidden = re.search(r"\bpyo3\b|\bnumpy::|\bffi_stream\b|arrow_\w+::ffi|FFI_", code_of(path))
        assert forbidden is None, forbidden


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_name_only_what_lies_below_them(path):
    module = module_of(path)
    if module in {"lib", "bindings"}:
        return
    for top, inner in named(code_of(path)):
        assert top != "bindings"
        assert top in {module} | EVERYWHERE | ALLOWED[module] or inner in ALLOWED[module], f"{module} names {inner}"


def test_every_module_has_a_rule():
    assert {module_of(path) for path in FILES} <= {*ALLOWED, "lib", "bindings"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_stay_short(path):
    assert len(path.read_text().splitlines()) <= 450


def test_paths_in_braces_are_read():
    assert list(named("use crate::{counts::csr, stats};")) == [("counts", "counts::csr"), ("stats", "stats::None")]
