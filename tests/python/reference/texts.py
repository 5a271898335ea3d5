"""Texts and ways of cutting them for property tests: what news are made of, and what breaks tokenizers."""

from hypothesis import strategies as st

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
CHARACTERS = "aBz09éßİΣ \n\t\u00a0\u200b\u200c\u200d\u00ad\ufeff\u2028.,:;!?'’\"“”-–—_/#@&$%()[]…½ﬁÅö"
CLUSTERS = ["\r\n", "\n\n", "e\u0301", "o\u0308", "\u1112\u1161\u11ab", "👍🏽", "👨\u200d👩\u200d👧", "🇰🇷", "❤\ufe0f"]
WORDS = [
    "한국",
    "정부는",
    "和平",
    "中国",
    "東京",
    "カタカナ",
    "ไทย",
    "العربية",
    "שָׁלוֹם",
    "www.a.org",
    "a@b.org",
    "U.S.",
    "Dr.",
]
PIECES = st.sampled_from([*CHARACTERS, *CLUSTERS, *WORDS, "'s", "’s", "don’t"])
TEXTS = ANY_TEXT | st.lists(PIECES, max_size=25).map("".join)


@st.composite
def options(draw):
    chosen = {
        "segmenter": draw(st.sampled_from(["auto", "uax29", "whitespace", "regex"])),
        "lowercase": draw(st.booleans()),
        "normalize": draw(st.sampled_from(["nfc", "nfkc", None])),
        "possessive": draw(st.sampled_from(["cut", "keep"])),
        "stopwords": draw(st.sampled_from([None, "en", ["e\u0301", "U.S.", "和平", "don’t", ""]])),
        "min_chars": draw(st.sampled_from([None, 1, 2])),
        "max_chars": draw(st.sampled_from([None, 2, 5])),
        "stem": draw(st.sampled_from([None, "english", "russian"])),
        "language": draw(st.sampled_from([None, "fr", "tr", "ko"])),
    }
    switches = ["remove_punct", "remove_symbols", "remove_numbers", "remove_urls", "split_hyphens", "keep_gaps"]
    chosen |= {name: draw(st.booleans()) for name in switches}
    if chosen["segmenter"] == "regex":
        chosen["token_pattern"] = draw(st.sampled_from([r"\w+", r"\b\w\w+\b", r"(\S)\S*", r"\w*", "."]))
    return chosen
