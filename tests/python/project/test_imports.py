"""`import kolloc` loads no optional package, and which module may import what."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import kolloc

PACKAGE = Path(kolloc.__file__).parent
OPTIONAL = {"pandas", "polars", "pyarrow", "duckdb", "tqdm", "matplotlib", "networkx", "sklearn"}
# Object modules, the one place of conversions, and the module that looks at the build.
MAY_IMPORT_CORE = {
    "_interop",
    "_build",
    "_native",
    "blocks",
    "corpus",
    "tokens",
    "vocabulary",
    "dtm",
    "cooccurrence",
    "duplicates",
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__main__.py")


def imported(node):
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        return {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return set()


def top_level(tree):
    """Imports that run with the module: those outside functions."""
    found, queue = set(), list(tree.body)
    while queue:
        node = queue.pop()
        found |= imported(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            queue.extend(ast.iter_child_nodes(node))
    return found


def test_import_loads_no_optional_package():
    code = f"import sys, kolloc; print(sorted({OPTIONAL!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_optional_packages_are_imported_inside_functions(path):
    roots = {name.split(".")[0] for name in top_level(ast.parse(path.read_text()))}
    assert not roots & OPTIONAL


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_only_object_modules_and_conversions_import_the_core(path):
    names = set().union(*(imported(node) for node in ast.walk(ast.parse(path.read_text()))))
    if "kolloc._core" in names:
        assert path.stem in MAY_IMPORT_CORE


def test_an_object_module_never_imports_back():
    chain = ["corpus", "blocks", "tokens", "dtm", "cooccurrence", "duplicates"]
    made_by = {"corpus": set(), "tokens": {"corpus"}, "duplicates": {"corpus"}, "blocks": {"corpus"}}
    made_by |= {"dtm": {"corpus", "tokens"}, "cooccurrence": {"corpus", "tokens"}}
    for name in chain:
        path = PACKAGE / f"{name}.py"
        if path.exists():
            backwards = {f"kolloc.{maker}" for maker in made_by[name]}
            assert not top_level(ast.parse(path.read_text())) & backwards


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_modules_stay_short(path):
    assert len(path.read_text().splitlines()) <= 450


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_exported_names_exist(path):
    name = ".".join(("kolloc", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    module = __import__(name, fromlist=["__all__"])
    for exported in getattr(module, "__all__", ()):
        assert hasattr(module, exported)
