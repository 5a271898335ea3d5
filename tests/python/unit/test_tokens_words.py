"""What a reader of news takes for words: the table of cases of the default segmenter, and every option."""

import unicodedata
from itertools import pairwise

import pytest

import kolloc
from kolloc._core import stopword_list
from kolloc.exceptions import InputTypeError, ParameterError


def _tokens(text, **options):
    """Return the tokens of a text joined by spaces, removed ones as ``_``."""
    return " ".join("_" if token is None else token for token in kolloc.Corpus([text]).tokens(**options).doc(0))


CASES = {
    "links are whole": [
        ("See https://example.org/a?b=1&c=(d).", "see https://example.org/a?b=1&c=(d) ."),
        ("(www.example.com/x), example.co.uk too", "( www.example.com/x ) , example.co.uk too"),
        ("http://example.org/평화, then", "http://example.org/평화 , then"),
    ],
    "addresses are whole": [("Write to jae.kim@example.org.", "write to jae.kim@example.org .")],
    "tags and mentions are whole": [
        ("#Peace2018 by @BlueHouse_kr", "#peace2018 by @bluehouse_kr"),
        ("#한반도 # 5 @ home", "#한반도 # 5 @ home"),
    ],
    "acronyms keep their stops": [
        ("U.S. forces in the U.N.", "u.s. forces in the u.n."),
        ("U.S.-led talks", "u.s.-led talks"),
        ("at 9 a.m. today", "at 9 a.m. today"),
        ("Ph.D. and e.g. i.e.", "ph.d. and e.g. i.e."),
        ("Washington, D.C., said", "washington , d.c. , said"),
    ],
    "titles and initials keep their stops before names": [
        ("Dr. Kim met Gen. Lee", "dr. kim met gen. lee"),
        ("J. R. Smith came", "j. r. smith came"),
        ("No. 5 won", "no. 5 won"),
        ("He said no. Then", "he said no . then"),
    ],
    "an ampersand joins": [("AT&T did R&D & more", "at&t did r&d & more")],
    "letters and digits join": [("COVID-19 F-16 H1N1 3G 20th", "covid-19 f-16 h1n1 3g 20th")],
    "a currency sign stands apart": [("$3.5bn €20m ₩500", "$ 3.5bn € 20m ₩ 500")],
    "numbers are whole": [
        ("1,000,000 or 3.14", "1,000,000 or 3.14"),
        ("50% of 1,000, then", "50 % of 1,000 , then"),
    ],
    "a slash separates": [("24/7 and and/or", "24 / 7 and and / or")],
    "apostrophes join and are straight": [
        ("don't don’t DON’T", "don't don't don't"),
        ("o’clock rock'n'roll", "o'clock rock'n'roll"),
        ("we’re I'm they'd", "we're i'm they'd"),
        ("'quoted' ‘so’", "' quoted ' ‘ so ’"),
    ],
    "possessives are cut": [
        ("China's China’s Seoul's", "china china seoul"),
        ("it's let’s that's", "it's let's that's"),
        ("Jean-Luc's U.S.'s", "jean-luc u.s."),
    ],
    "hyphens join": [("Moon Jae-in well-known", "moon jae-in well-known")],
    "dashes separate": [("Belt–One — talks—end", "belt – one — talks — end")],
    "editors' brackets vanish": [("[w]ar and [P]eace [sic]", "war and peace [ sic ]")],
    "missing spaces are made up for": [
        ("run,for talks.The end", "run , for talks . the end"),
        ("end.”He went", "end . ” he went"),
        ("wait...what half…done", "wait . . . what half … done"),
    ],
    "spaces of any kind separate": [
        ("North\u00a0Korea zero\u200bwidth", "north korea zero width"),
        ("a\u3000b\u2009c\td\r\ne\u2028f", "a b c d e f"),
    ],
    "invisible characters vanish": [
        ("nucle\u00adar co\u00adop\u00aderation", "nuclear cooperation"),
        ("\ufeffSeoul wo\u2060rd", "seoul word"),
    ],
    "composed and decomposed letters are one": [("café cafe\u0301", "café café")],
    "Chinese is cut by dictionary": [("中国经济增长。", "中国 经济 增长 。")],
    "Japanese is cut by dictionary": [("東京で会談。", "東京 で 会談 。")],
    "Thai is cut by dictionary": [("การเจรจาสันติภาพ", "การ เจรจา สันติภาพ")],
    "Korean is cut at spaces": [("문재인 대통령은 평화를 말했다.", "문재인 대통령은 평화를 말했다 .")],
    "scripts change within a line": [
        ("The 北京 talks with 문재인 in 東京タワー", "the 北京 talks with 문재인 in 東京 タワー"),
        ("평화peace", "평화peace"),
    ],
    "emoji are whole": [
        ("👍🏽 ❤️ ok👍", "👍🏽 ❤️ ok 👍"),
        ("👨‍👩‍👧🇰🇷🇺🇸", "👨‍👩‍👧 🇰🇷 🇺🇸"),
    ],
    "underscores join": [("x_y snake_case", "x_y snake_case")],
}


@pytest.mark.parametrize(("text", "expected"), [case for cases in CASES.values() for case in cases])
def test_words_are_those_of_a_reader_of_news(text, expected):
    assert _tokens(text) == expected


@pytest.mark.parametrize("text", [text for cases in CASES.values() for text, _ in cases])
def test_every_token_is_traced_to_the_text(text):
    tokens = kolloc.Corpus([text]).tokens(normalize=None, lowercase=False)
    spans = tokens.spans(0).tolist()
    assert len(spans) == len(tokens.doc(0))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    outside = text
    for start, end in reversed(spans):
        outside = outside[:start] + outside[end:]
    # Nothing visible is lost between tokens, but for the possessive that was cut.
    rest = "".join(c for c in outside if not c.isspace() and unicodedata.category(c) != "Cf")
    assert set(rest) <= set("'’s")


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("Korea’s it's", {"possessive": "keep"}, "korea's it's"),
        ("Moon Jae-in’s U.S.-led", {"split_hyphens": True}, "moon jae - in u.s. - led"),
        ("COVID-19 a - b", {"split_hyphens": True, "remove_punct": True}, "covid _ 19 a _ b"),
        ("Peace, at last!", {"remove_punct": True}, "peace _ at last _"),
        ("$5 + 😀, 3", {"remove_symbols": True}, "_ 5 _ _ , 3"),
        ("1,000 or 24 COVID-19 2nd", {"remove_numbers": True}, "_ or _ covid-19 2nd"),
        ("a@b.org www.example.org x", {"remove_urls": True}, "_ _ x"),
        ("The talks of the day", {"stopwords": "en"}, "_ talks _ _ day"),
        ("THE Talks", {"stopwords": ["The"]}, "_ talks"),
        ("café CAFE\u0301", {"stopwords": ["cafe\u0301"]}, "_ _"),
        ("don’t go", {"stopwords": ["don't"]}, "_ go"),
        ("the talks", {"stopwords": {"the"}, "keep_gaps": False}, "talks"),
        ("a bb ccc 평화", {"min_chars": 2}, "_ bb ccc 평화"),
        ("a bb ccc 평화", {"max_chars": 2}, "a bb _ 평화"),
        ("talking talks 2 talks.", {"stem": "english"}, "talk talk 2 talk ."),
        ("The END", {"lowercase": False}, "The END"),
        ("ﬁne Ａ ½", {"normalize": "nfkc"}, "fine a 1 ⁄ 2"),
        ("cafe\u0301", {"normalize": None}, "cafe\u0301"),
        ("L'Irlande d’accord qu'il", {"language": "fr"}, "l' irlande d' accord qu' il"),
        ("Irak ISIK", {"language": "tr"}, "ırak ısık"),
        ("U.S.-led can't  stop.", {"segmenter": "whitespace"}, "u.s.-led can't stop."),
        ("U.S.-led can't", {"segmenter": "uax29"}, "u.s . - led can't"),
        ("x=1; yy=22", {"segmenter": "regex", "token_pattern": r"\w+"}, "x 1 yy 22"),
        ("x=1; yy=22", {"segmenter": "regex", "token_pattern": r"(\w+)="}, "x yy"),
        ("ΟΔΟΣ İ", {"normalize": None}, "οδος i̇"),
    ],
)
def test_options(text, options, expected):
    assert _tokens(text, **options) == expected


def test_removed_tokens_keep_their_place_unless_gaps_are_closed():
    corpus = kolloc.Corpus(["the cost of living", "of the"])
    gaps, closed = (corpus.tokens(stopwords=["the", "of"], keep_gaps=keep) for keep in (True, False))
    assert [gaps.doc(0), gaps.doc(1)] == [[None, "cost", None, "living"], [None, None]]
    assert [closed.doc(0), closed.doc(1)] == [["cost", "living"], []]
    assert gaps.vocabulary.terms == closed.vocabulary.terms == ["cost", "living"]
    assert gaps.term_ids.tolist() == [kolloc.tokens.GAP, 0, kolloc.tokens.GAP, 1, kolloc.tokens.GAP, kolloc.tokens.GAP]
    assert closed.spans(0).tolist() == [[4, 8], [12, 18]]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"segmenter": "autom"}, ParameterError, "did you mean 'auto'?"),
        ({"segmenter": "words"}, ParameterError, "one of 'auto', 'uax29', 'whitespace', 'regex', got 'words'"),
        ({"normalize": "NFC"}, ParameterError, "did you mean 'nfc'?"),
        ({"possessive": "cuts"}, ParameterError, "did you mean 'cut'?"),
        ({"stopwords": "englsh"}, ParameterError, "stopwords must be"),
        ({"stem": "englsh"}, ParameterError, "stem must be None or one of arabic, armenian, basque"),
        ({"language": "english"}, ParameterError, "language must be"),
        ({"min_chars": 0}, ParameterError, "min_chars must be an integer of at least 1, got 0"),
        ({"min_chars": 4, "max_chars": 2}, ParameterError, "max_chars"),
        ({"segmenter": "regex"}, ParameterError, "token_pattern"),
        ({"segmenter": "regex", "token_pattern": "(a"}, ParameterError, "token_pattern"),
        ({"segmenter": "regex", "token_pattern": "(a)(b)"}, ParameterError, "token_pattern"),
        ({"token_pattern": "a"}, ParameterError, "token_pattern"),
        ({"n_threads": 0}, ParameterError, "n_threads must be 1 to 1024, or None for all processors, got 0"),
        ({"lowercase": 1}, InputTypeError, "lowercase must be True or False, got 1"),
        ({"stopwords": ["a", 1]}, InputTypeError, "stopwords must be str, got 1"),
        ({"stopwords": ["a", "\ud800"]}, ParameterError, "stopwords must be text without lone surrogates"),
        ({"stopwords": 5}, InputTypeError, "stopwords must be the name of a list or an iterable of str, got 5"),
        ({"progress": 1}, InputTypeError, "progress must be"),
    ],
)
def test_an_option_with_a_wrong_value_is_named_with_what_is_allowed(options, error, message):
    with pytest.raises(error) as caught:
        kolloc.Corpus(["a"]).tokens(**options)
    assert message in str(caught.value)


def test_options_are_given_by_name():
    with pytest.raises(TypeError):
        kolloc.Corpus(["a"]).tokens(True)


@pytest.mark.parametrize("name", ["en", "de", "es", "fr", "ru", "iso-ar", "iso-ja", "iso-ko", "iso-zh"])
def test_shipped_stop_words_are_removed(name):
    corpus = kolloc.Corpus(stopword_list(name))
    lengths = (corpus.tokens().offsets[1:] - corpus.tokens().offsets[:-1]).tolist()
    left = corpus.tokens(stopwords=name).doc_lengths.tolist()
    # Some entries are phrases or cut by dictionary; what is one word alone must go.
    assert lengths.count(1) > 90
    assert not any(n for n, length in zip(left, lengths, strict=True) if length == 1)
