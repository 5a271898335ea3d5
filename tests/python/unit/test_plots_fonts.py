"""Letters of any script find a font, or a warning that names them."""

import matplotlib
import pytest
from matplotlib.font_manager import findSystemFonts

from kolloc.exceptions import MissingGlyphWarning
from kolloc.plots import _fonts
from kolloc.plots._axes import fonts_for

matplotlib.use("agg")


def test_latin_letters_stay_in_the_font_in_use():
    assert fonts_for(["peace", "Ümläut", "ѣ"]) == list(matplotlib.rcParams["font.family"])
    assert fonts_for([]) == list(matplotlib.rcParams["font.family"])


def test_letters_that_no_font_has_are_named_once(monkeypatch):
    monkeypatch.setattr(_fonts, "_candidates", lambda _: [])
    with pytest.warns(MissingGlyphWarning, match="no font here has 3 letters such as '中담회'") as caught:
        assert fonts_for(["회담", "中 peace"]) == list(matplotlib.rcParams["font.family"])
    assert len(caught) == 1


def test_hangul_and_chinese_are_found_where_a_font_has_them():
    if not any("cjk" in path.lower() for path in findSystemFonts()):
        pytest.skip("no font with Chinese characters on this machine")
    found = fonts_for(["회담", "中国", "peace"])
    assert found[0] == matplotlib.rcParams["font.family"][0]
    assert len(found) == 2


def test_a_broken_font_has_no_letters(tmp_path):
    file = tmp_path / "broken-notosanscjk.ttf"
    file.write_bytes(b"no font")
    assert _fonts._covered(str(file), {"a"}) == set()
