"""`readability` of tokens: what it takes, what it says, what comes out; and how syllables are counted."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError, ShortTextWarning, UndefinedWarning

COUNTS = ["n_sentences", "n_words", "n_letters", "n_long_words"]
SYLLABLES = ["n_syllables", "n_monosyllables", "n_polysyllables"]


def tokens(*texts, **options):
    return kolloc.Corpus(list(texts)).tokens(**options)


def syllables(*words, language="en"):
    measure = {"en": "flesch", "de": "flesch_amstad"}[language]
    return tokens(*words, possessive="keep").readability(measure, language=language)["n_syllables"].tolist()


def test_counts_stand_before_scores():
    found = tokens("Peace holds.").readability("rix", language="en")
    assert list(found.columns) == ["document", *COUNTS, *SYLLABLES, "rix"]
    assert found.dtypes[COUNTS + SYLLABLES].eq(np.int64).all()
    found = tokens("La paix dure.").readability(language="fr", syllables={"Paix": 1}, familiar=["la"])
    assert list(found.columns) == ["document", *COUNTS, *SYLLABLES, "n_unfamiliar", "dictionary_share", "lix", "rix"]
    assert found["dictionary_share"].tolist() == [1 / 3]
    assert list(tokens("La paix.").readability(language="fr").columns) == ["document", *COUNTS, "lix", "rix"]


def test_all_means_all_that_hold_for_the_language():
    def names(language, **options):
        found = tokens("Peace. " * 30).readability(language=language, **options).columns
        return [name for name in found if name not in ("document", "dictionary_share") and not name.startswith("n_")]

    english = ["flesch", "flesch_kincaid", "fog", "smog", "ari", "coleman_liau", "lix", "rix", "forcast"]
    english.append("linsear_write")
    assert names("en") == english
    assert set(names("en", familiar=["peace"])) == {*english, "dale_chall", "dale_chall_conditional", "dale_chall_1995"}
    assert names("de") == ["lix", "rix", "flesch_amstad"]
    assert names("it") == ["lix", "rix", "gulpease"]
    assert names("ko") == ["lix", "rix"]


def test_a_formula_is_refused_for_another_language():
    with pytest.raises(ParameterError, match="hold for 'de': lix, rix, flesch_amstad; flesch was fitted to 'en'"):
        tokens("Frieden.").readability("flesch", language="de")
    with pytest.raises(TypeError, match="language"):
        tokens("Peace.").readability("flesch")
    with pytest.raises(ParameterError, match="language must be a two-letter code"):
        tokens("Peace.").readability("flesch", language="english")
    with pytest.raises(ParameterError, match="did you mean 'flesch'"):
        tokens("Peace.").readability("flesh", language="en")


def test_familiar_words_are_asked_for():
    with pytest.raises(ParameterError, match="familiar must be a list of words for dale_chall, got None"):
        tokens("Peace.").readability("dale_chall", language="en")
    with pytest.raises(ParameterError, match="familiar must be a list with at least one word"):
        tokens("Peace.").readability("dale_chall", language="en", familiar=[])
    with pytest.raises(InputTypeError, match="a single str"):
        tokens("Peace.").readability("dale_chall", language="en", familiar="peace")
    found = tokens("Peace talks stopped, well-known foes agreed.").readability(
        "dale_chall", language="en", familiar=["PEACE", "talk", "stop", "well", "known"]
    )
    assert found["n_unfamiliar"].tolist() == [2]


def test_a_dictionary_goes_before_rules():
    text = tokens("Chemnitz fire. Unknown words.")
    found = text.readability("flesch", language="en", syllables={"chemnitz": 5, "Fire": 2})
    assert found["n_syllables"].tolist() == [5 + 2 + 2 + 1]
    assert found["dictionary_share"].tolist() == [0.5]
    with pytest.raises(InputTypeError, match="syllables must map words to numbers, got list"):
        text.readability(language="en", syllables=["fire"])
    with pytest.raises(ParameterError, match="syllables must be an integer of at least 0"):
        text.readability(language="en", syllables={"fire": -1})


def test_words_that_were_removed_or_changed_are_missed():
    for options, name in (
        ({"stopwords": "en"}, "stopwords must be None in Corpus.tokens: readability needs every word"),
        ({"stopwords": ["the"]}, "stopwords must be None in Corpus.tokens.*, got a list of words"),
        ({"stem": "english"}, "stem must be None"),
        ({"min_chars": 3}, "min_chars must be None"),
    ):
        with pytest.raises(ParameterError, match=name):
            tokens("The peace talks.", **options).readability("lix", language="en")
    with pytest.raises(InputTypeError, match="where their sentences end is not known"):
        kolloc.Tokens.from_lists([["peace"]]).readability("lix", language="en")


def test_options_that_leave_words_alone_change_nothing():
    text = "Peace talks, 24 of them, resumed! They may fail: nobody knows."
    plain = tokens(text).readability(["flesch", "ari"], language="en")
    for options in ({"remove_punct": True, "remove_numbers": True}, {"lowercase": False}, {"keep_gaps": False}):
        assert tokens(text, **options).readability(["flesch", "ari"], language="en").equals(plain)


def test_masked_words_are_not_in_the_text():
    text = tokens("Peace talks resume. Nobody knows.")
    spans = {"document": [0], "char_start": [0], "char_end": [19]}
    found = text.mask(spans).readability("rix", language="en")
    assert found[["n_sentences", "n_words"]].to_numpy().tolist() == [[1, 2]]


def test_texts_without_words_are_nan_with_one_warning():
    with pytest.warns(UndefinedWarning, match=r"flesch, lix in 3 of 4 cells \(the text has no words\)") as caught:
        found = tokens("", "24 ... !", "Peace.", "😀").readability(["flesch", "lix"], language="en")
    assert len(caught) == 1
    assert found["n_words"].tolist() == [0, 0, 1, 0]
    assert found["flesch"].isna().tolist() == [True, True, False, True]


def test_smog_is_for_thirty_sentences():
    with pytest.warns(ShortTextWarning, match="smog is unreliable below 30 sentences, as in 1 of 2 texts"):
        tokens("Peace. " * 30, "Peace. " * 29).readability(["smog"], language="en")


def test_nothing_has_no_rows():
    assert len(tokens().readability(language="en")) == 0


def test_frames_are_of_the_kind_of_the_metadata():
    frame = pl.DataFrame({"text": ["Peace.", "War."], "outlet": ["Post", "Herald"]})
    found = kolloc.Corpus(frame, text="text").tokens().readability("lix", language="en", by="outlet")
    assert isinstance(found, pl.DataFrame)
    assert found["outlet"].to_list() == ["Post", "Herald"]


def test_groups_need_a_column():
    corpus = kolloc.Corpus(pd.DataFrame({"text": ["Peace."], "outlet": ["Post"]}), text="text")
    with pytest.raises(ParameterError, match="did you mean 'outlet'"):
        corpus.tokens().readability(language="en", by="outlets")


def test_results_are_the_same_for_any_number_of_threads():
    rng = np.random.default_rng(4)
    words = ["peace", "negotiations", "idea", "24", ",", ".", "Officials"]
    texts = [" ".join(rng.choice(words, size)) for size in rng.integers(0, 300, 500)]
    many = tokens(*texts)
    with pytest.warns(UndefinedWarning):
        frames = [many.readability(["flesch", "fog", "rix"], language="en", n_threads=n) for n in (1, 2, 8)]
    tables = [frame.drop(columns="document").to_numpy(float).tobytes() for frame in frames]
    assert tables[0] == tables[1] == tables[2]


def test_english_syllables_follow_the_rule():
    for count, words in {
        1: "made walked league screamed clothes there’s don’t we’re 5G",
        2: "table wanted statement didn’t it’ll BBC’s café create million China’s COVID someone",
        3: "idea various Congress’s BBC U.S.-led everyone résumé nuclear",
        4: "continuous negotiate California COVID-19 historically",
    }.items():
        listed = [word for word in words.split() if word not in {"5G", "BBC’s"}]
        assert dict(zip(listed, syllables(*listed), strict=True)) == dict.fromkeys(listed, count)
    assert syllables("5G", "BBC’s") == [2, 3]


def test_german_syllables_follow_the_rule():
    words = {"Bundesregierung": 5, "Häuser": 2, "Theater": 3, "Quelle": 2, "Straße": 2, "Äußerung": 3, "SPD": 3}
    assert syllables(*words, language="de") == list(words.values())


def test_other_scripts_are_counted_and_do_no_harm():
    texts = ("한국 정부는 발표했다.", "中国经济增长。", "Пи́сьмо", "e\u0301te\u0301", "𝕏 x")
    found = tokens(*texts).readability("flesch", language="en")
    assert (found["n_syllables"] >= found["n_words"]).all()
