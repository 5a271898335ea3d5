"""Files stay short and finished."""

import io
import re
import subprocess
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LIMIT = {"src": 400, "python": 400, "benches": 400, "tests": 500}
# A module has one stub, and this one declares the whole core.
LONGER = {"python/kolloc/_core.pyi": 800}
NOT_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}
FILES = sorted(path for folder in LIMIT for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".pyi", ".rs"})


def lines_of_code(path):
    """Number of lines that hold more than comments, documentation and white space."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".rs":
        return sum(bool(line.strip()) and not line.strip().startswith("//") for line in source.splitlines())
    held, starts_statement = set(), True
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in NOT_CODE or token.type == tokenize.ENDMARKER:
            starts_statement = starts_statement or token.type == tokenize.NEWLINE
            continue
        documentation = starts_statement and token.type == tokenize.STRING
        starts_statement = False
        if not documentation:
            held.update(range(token.start[0], token.end[0] + 1))
    return len(held)


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_file_is_long(path):
    folder = path.relative_to(ROOT).parts[0]
    assert lines_of_code(path) <= LONGER.get(name(path), LIMIT[folder])


@pytest.mark.parametrize("path", FILES, ids=name)
def test_nothing_is_left_for_later(path):
    unfinished = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert not unfinished.search(path.read_text(encoding="utf-8"))


def test_documentation_is_not_counted(tmp_path):
    file = tmp_path / "example.py"
    file.write_text(
        '"""Head."""\n\n# A comment.\nx = """two\nlines"""\n\n\ndef f():\n    """Return."""\n    return x\n'
    )
    assert lines_of_code(file) == 4


def test_the_makefile_explains_itself():
    shown = subprocess.run(["make", "-C", ROOT, "--no-print-directory"], capture_output=True, text=True, check=True)
    for target in ("demo", "test", "bench", "lint", "fmt", "clean"):
        assert f"make {target} " in shown.stdout


def test_an_old_python_is_refused_in_words(tmp_path):
    command = ["make", "-C", ROOT, f"VENV={tmp_path}/venv", "PYTHON=/bin/false", "test-python"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "/bin/false is not Python 3.11 or newer" in done.stderr


def test_the_continuous_check_runs_make_test_alone():
    assert (ROOT / ".ci" / "run").read_text().strip().endswith("exec make test")
    assert ".ci/run" in (ROOT / ".github" / "workflows" / "ci.yml").read_text()


def test_shipped_lists_are_named_with_their_licence():
    notices = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
    folder = ROOT / "src" / "text" / "stopwords_lists"
    for file in folder.glob("*.txt"):
        stem = file.stem
        assert (
            stem in notices
            or (stem.startswith("iso-") and "iso-*" in notices)
            or re.search(rf"[{{,]{stem}[,}}]", notices)
        )
