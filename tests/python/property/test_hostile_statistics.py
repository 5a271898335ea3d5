"""Statistics of corpora with nothing, next to nothing or strange things in them: a result or a clear error."""

import warnings

import numpy as np
import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError

DAY = "2020-01-01"
CORPORA = {
    "no documents": ([], [], []),
    "empty documents": (["", "", ""], [DAY] * 3, ["a", "b", "b"]),
    "one document": (["x y z"], [DAY], ["a"]),
    "one group": (["x y z", "x x", "w"] * 3, [DAY] * 9, ["a"] * 9),
    "holes": (
        ["x y z", None, "u v", "x u"] * 3,
        [DAY, None, "2021-05-01", "2020-02-01"] * 3,
        ["a", None, "b", "b"] * 3,
    ),
    "strange signs": (["\u0301\u200b" * 50, "👍" * 30, "中国" * 40, "x " * 3000, "\n\n\n"], [DAY] * 5, list("abcab")),
}
DRAWN = kolloc.Bootstrap(20)
WITHOUT_ONE = kolloc.Bootstrap(method="jackknife")
STATISTICS = {
    "keyness of a group": lambda tokens: tokens.dtm().keyness("a", by="group", measures="all"),
    "keyness of all groups": lambda tokens: tokens.dtm().keyness(by="group", measures="all"),
    "keyness of documents": lambda tokens: tokens.dtm().keyness(by="group", count="documents"),
    "keyness against a list": lambda tokens: tokens.dtm().keyness(reference={"x": 5, "absent": 3}),
    "dispersion": lambda tokens: tokens.dtm().dispersion("all"),
    "dispersion over groups": lambda tokens: tokens.dtm().dispersion("all", parts="group"),
    "dispersion over parts": lambda tokens: tokens.dispersion("all", parts=4),
    "diversity of tokens": lambda tokens: tokens.lexical_diversity("all"),
    "diversity of groups": lambda tokens: tokens.lexical_diversity("all", by="group"),
    "diversity of counts": lambda tokens: tokens.dtm().lexical_diversity("all"),
    "readability": lambda tokens: tokens.readability(language="en", familiar=["x"], syllables={"y": 2}),
    "readability of groups": lambda tokens: tokens.readability(language="de", by="group"),
    "collocations": lambda tokens: tokens.collocations(size=(2, 3, 4, 5), min_count=1),
    "collocations with measures": lambda tokens: tokens.collocations(min_count=1, measures="all"),
    "association": lambda tokens: tokens.cooccurrence(window=3).association("all"),
    "tf-idf": lambda tokens: tokens.dtm().tfidf().to_frame(),
    "bm25": lambda tokens: tokens.dtm().bm25().to_frame(),
    "similarity": lambda tokens: tokens.dtm().similarity(top=3).to_frame(),
    "similarity of terms": lambda tokens: tokens.dtm().similarity("correlation", axis="terms").to_frame(),
    "similarity within a window": lambda tokens: tokens.dtm().similarity(top=3, window="30D", date="date").to_frame(),
    "distance": lambda tokens: tokens.dtm().distance("jsd").to_frame(),
    "Delta": lambda tokens: tokens.dtm().delta().to_frame(),
    "entropy": lambda tokens: tokens.dtm().entropy(),
    "word shift": lambda tokens: tokens.dtm().word_shift("a", "b", by="group"),
    "rates drawn again": lambda tokens: tokens.dtm().term_frequencies(bootstrap=DRAWN),
    "contrast": lambda tokens: tokens.dtm().contrast("a", by="group", bootstrap=DRAWN, permutations=20),
    "keyness drawn again": lambda tokens: tokens.dtm().keyness(by="group", measures="all", bootstrap=DRAWN),
    "a list drawn against": lambda tokens: tokens.dtm().keyness(reference={"x": 5, "absent": 3}, bootstrap=DRAWN),
    "keyness without one": lambda tokens: tokens.dtm().keyness(by="group", bootstrap=WITHOUT_ONE),
    "dispersion drawn again": lambda tokens: tokens.dtm().dispersion("all", bootstrap=DRAWN),
    "groups drawn again": lambda tokens: tokens.dtm().dispersion("all", parts="group", bootstrap=WITHOUT_ONE),
    "diversity drawn again": lambda tokens: tokens.dtm().lexical_diversity("all", by="group", bootstrap=DRAWN),
    "trend drawn again": lambda tokens: tokens.dtm().over_time(date="date", by="group").trend(bootstrap=DRAWN),
    "balanced rates": lambda tokens: tokens.dtm().balanced_rates(by="group", bootstrap=DRAWN),
    "rates over time": lambda tokens: tokens.dtm().over_time(date="date", every="month").rates(tokens.dtm().terms),
    "trend": lambda tokens: tokens.dtm().over_time(date="date", every="month", by="group").trend(),
}


@pytest.mark.parametrize("weighted", [False, True], ids=["counted", "weighted"])
@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("statistic", STATISTICS)
def test_there_is_a_result_or_a_clear_error(statistic, corpus, weighted):
    texts, dates, groups = CORPORA[corpus]
    frame = pd.DataFrame({"text": texts, "date": dates, "group": groups}, dtype="str")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokens = kolloc.Corpus(frame, text="text").tokens()
        if weighted:
            tokens = tokens.weigh(np.linspace(0, 1, len(frame)))
        assert " must " in told(lambda: STATISTICS[statistic](tokens))


def told(statistic):
    """What a caller is told: the error, or else that nothing must be changed."""
    try:
        statistic()
    except (ParameterError, InputTypeError) as error:
        return str(error)
    return "nothing must be changed"
