"""Where sentences and paragraphs start."""

from itertools import pairwise

import pytest

import kolloc


def _units(text, starts, **options):
    tokens = kolloc.Corpus([text]).tokens(**options)
    document = tokens.doc(0)
    borders = [*getattr(tokens, starts).tolist(), len(document)]
    return [" ".join(map(str, document[a:b])) for a, b in pairwise(borders)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks began. They failed! Why? Nobody knows", ["talks began .", "they failed !", "why ?", "nobody knows"]),
        ("Dr. Kim met Gen. Lee. They spoke.", ["dr. kim met gen. lee .", "they spoke ."]),
        ("Mr. Moon left. Prof. Lee stayed.", ["mr. moon left .", "prof. lee stayed ."]),
        ("U.S. Army forces left.", ["u.s. army forces left ."]),
        ("He lives in the U.S. The talks go on.", ["he lives in the u.s.", "the talks go on ."]),
        ("J. R. Smith came. He left.", ["j. r. smith came .", "he left ."]),
        ("No. 5 won. He said no. Then he left.", ["no. 5 won .", "he said no .", "then he left ."]),
        ("At 9 a.m. today it fell.", ["at 9 a.m. today it fell ."]),
        ("It was 9 a.m. The market opened.", ["it was 9 a.m.", "the market opened ."]),
        ("on Sept. 3 in Washington, D.C. It rained.", ["on sept. 3 in washington , d.c.", "it rained ."]),
        ("Acme Inc. fell. Yes.", ["acme inc. fell .", "yes ."]),
        ("He paid 3.5 million. Then 4.", ["he paid 3.5 million .", "then 4 ."]),
        ("“Stop.” He left. “Go!” she said.", ["“ stop . ”", "he left .", "“ go ! ” she said ."]),
        ("(See it.) Then go.", ["( see it . )", "then go ."]),
        ("end of talks.The next day", ["end of talks .", "the next day"]),
        ("Wait... what? Yes.", ["wait . . . what ?", "yes ."]),
        ("今天很好。明天也好！真的？", ["今天 很好 。", "明天 也好 ！", "真的 ？"]),
        ("「はい。」彼は", ["「 はい 。 」", "彼 は"]),
        ("회담이 끝났다. 평화가 왔다.", ["회담이 끝났다 .", "평화가 왔다 ."]),
        ("Headline\n\nStory one. Two.", ["headline", "story one .", "two ."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_sentence_ends_at_its_stop_and_not_at_that_of_an_abbreviation(text, expected):
    assert _units(text, "sentence_starts") == expected


LONG = "This line of running text is long enough to be broken"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["one . two ."]),
        ("One\n\nTwo", ["one", "two"]),
        ("One\n \t\nTwo", ["one", "two"]),
        ("One\r\n\r\nTwo", ["one", "two"]),
        ("One\u2029Two", ["one", "two"]),
        ("Title\nThe story begins here.\nAnother one.", ["title", "the story begins here .", "another one ."]),
        (f"{LONG}\nby the crawler.", [f"{LONG.lower()} by the crawler ."]),
        (f"{LONG}\nBy the crawler.", [f"{LONG.lower()} by the crawler ."]),
        ("\n\nOne\n\n\n", ["one"]),
    ],
)
def test_a_paragraph_ends_at_a_blank_line_or_a_finished_one(text, expected):
    assert _units(text, "paragraph_starts") == expected


def test_every_paragraph_starts_a_sentence():
    tokens = kolloc.Corpus(["One. Two\n\nThree", "", "Four"]).tokens()
    assert set(tokens.paragraph_starts.tolist()) <= set(tokens.sentence_starts.tolist())
    assert tokens.paragraph_starts.tolist() == [0, 3, 4]


def test_removed_tokens_do_not_move_borders():
    text = "One, two. Three\n\nFour"
    assert _units(text, "sentence_starts", remove_punct=True) == ["one None two None", "three", "four"]
    assert _units(text, "sentence_starts", remove_punct=True, keep_gaps=False) == ["one two", "three", "four"]


@pytest.mark.parametrize("segmenter", ["uax29", "whitespace", "regex"])
def test_other_segmenters_share_the_borders(segmenter):
    pattern = {"token_pattern": r"\w+|[.]"} if segmenter == "regex" else {}
    found = _units("One two. Three.\n\nFour", "sentence_starts", segmenter=segmenter, **pattern)
    assert [unit.replace(" .", ".") for unit in found] == ["one two.", "three.", "four"]
    assert len(_units("One two. Three.\n\nFour", "paragraph_starts", segmenter=segmenter, **pattern)) == 2


def test_windows_and_n_grams_stay_inside():
    tokens = kolloc.Corpus(["Peace talks. Talks\n\nfail"]).tokens(remove_punct=True, keep_gaps=False)
    assert tokens.dtm(ngram_range=(2, 2)).terms == ["peace_talks", "talks_talks", "talks_fail"]
    assert tokens.dtm(ngram_range=(2, 2), within="paragraph").terms == ["peace_talks", "talks_talks"]
    assert tokens.dtm(ngram_range=(2, 2), within="sentence").terms == ["peace_talks"]
    pairs = [tokens.cooccurrence(within=unit).n_pairs for unit in ("document", "paragraph", "sentence")]
    assert pairs == [6, 3, 1]
