"""The examples of the README print what it says they print."""

import contextlib
import io
import re
import warnings
from pathlib import Path

import pytest

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def examples():
    """Python blocks, each with the block of text behind it, if that is what follows."""
    for number, (language, code) in enumerate(BLOCKS):
        if language == "python":
            follows = BLOCKS[number + 1] if number + 1 < len(BLOCKS) else ("", "")
            yield code, follows[1] if follows[0] == "text" else None


def test_the_examples_run_and_print_what_is_shown():
    names = {}
    shown = 0
    for code, expected in examples():
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            exec(compile(code, "README.md", "exec"), names)
        if expected is not None:
            shown += 1
            assert printed.getvalue().rstrip() == expected.rstrip()
    assert shown


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_commands_are_named(command):
    assert any(command in code for language, code in BLOCKS if language == "sh")


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", README):
        assert target.startswith("https://") or (Path(__file__).parents[3] / target).exists(), target
