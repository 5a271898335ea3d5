"""How tokenization and counting run: interrupts, progress, threads, forks, on a corpus large enough to take a while."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import kolloc

_random = random.Random(1)
WORDS = ["".join(_random.choices("abcdefghijklmnop", k=_random.randint(2, 9))) for _ in range(3000)]
LINES = [" ".join(_random.choices(WORDS, k=60)) + "." for _ in range(1000)]


@pytest.fixture(scope="module")
def corpus():
    return kolloc.Corpus(LINES * 4)


# The child says when it is about to start, is struck a while later, and says how long it went on after that.
_INTERRUPTED = """
import os, random, signal, sys, threading, time
import kolloc
random.seed(1)
words = ["".join(random.choices("abcdefghijklmnop", k=random.randint(2, 9))) for _ in range(3000)]
text = " ".join(random.choices(words, k=200_000))
{prepare}
struck = []
def strike():
    time.sleep(0.3)
    struck.append(time.monotonic())
    os.kill(os.getpid(), signal.SIGINT)
thread = threading.Thread(target=strike)
thread.start()
try:
    {call}
    print("ended too early")
except KeyboardInterrupt:
    print(time.monotonic() - struck[0])
thread.join()
"""


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("prepare", "call"),
    [
        ("corpus = kolloc.Corpus([text] * 300)", "corpus.tokens(n_threads=2)"),
        ("tokens = kolloc.Corpus([text] * 10).tokens()", "tokens.cooccurrence(window=400)"),
        ("tokens = kolloc.Corpus([text] * 10).tokens()", "tokens.cooccurrence(window=400, count='weighted')"),
        ("tokens = kolloc.Corpus([text] * 40).tokens()", "tokens.dtm(ngram_range=(1, 5))"),
        (
            "tokens = kolloc.Corpus([text] * 300).tokens()\n"
            "spans = {'document': range(300), 'char_start': [0] * 300, 'char_end': [10**6] * 300}",
            "tokens.mask(spans, n_threads=1)",
        ),
        (
            "tokens = kolloc.Corpus([text] * 10).tokens().weigh([1 / (1 + i) for i in range(10)])",
            "tokens.cooccurrence(window=400)",
        ),
    ],
    ids=["tokens", "windows", "weights", "n-grams", "masks", "weighted documents"],
)
def test_ctrl_c_stops_within_a_fifth_of_a_second(prepare, call):
    script = _INTERRUPTED.format(prepare=prepare, call=call)
    child = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=100, check=False)
    assert child.returncode == 0, child.stderr
    assert float(child.stdout) < 0.2


def test_progress_goes_up_to_the_total(corpus):
    steps = {"tokens": corpus.tokens, "dtm": corpus.tokens().dtm, "cooccurrence": corpus.tokens().cooccurrence}
    for name, step in steps.items():
        reports = []
        step(progress=lambda done, total, reports=reports: reports.append((done, total)))
        assert reports, name
        assert [done for done, _ in reports] == sorted(done for done, _ in reports), name
        assert reports[-1][0] == reports[-1][1] > 0, name
        assert all(done <= total for done, total in reports), name


def test_an_exception_of_the_callback_stops_the_work_and_comes_out(corpus):
    def fail(_done, _total):
        raise LookupError("enough")

    tokens = corpus.tokens()
    for step in (corpus.tokens, tokens.dtm, tokens.cooccurrence):
        with pytest.raises(LookupError, match="enough"):
            step(progress=fail)


def test_several_threads_may_work_at_once(corpus):
    expected = corpus.tokens()
    matrix, table = expected.dtm(), expected.cooccurrence()
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(corpus.tokens, n_threads=1 + i % 3) for i in range(6)]
        jobs += [pool.submit(expected.dtm, n_threads=1 + i % 3) for i in range(3)]
        jobs += [pool.submit(expected.cooccurrence, n_threads=1 + i % 3) for i in range(3)]
        results = [job.result(timeout=60) for job in jobs]
    assert all(result == expected for result in results[:6])
    assert all(result == matrix for result in results[6:9])
    assert all(result == table for result in results[9:])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.timeout(60)
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_a_forked_child_works_after_its_parent_did(corpus):
    expected = corpus.tokens(n_threads=2)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            tokens = corpus.tokens(n_threads=2)
            same = tokens == expected and tokens.dtm(n_threads=2) == expected.dtm(n_threads=2)
            status = 0 if same and tokens.cooccurrence(n_threads=2).nnz else 2
        finally:
            os._exit(status)
    deadline = time.monotonic() + 30
    ended, status = 0, None
    while not ended and time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.02)
    if not ended:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert ended, "the child hangs"
    assert os.waitstatus_to_exitcode(status) == 0


def test_what_was_made_outlives_what_it_was_made_of():
    tokens = kolloc.Corpus(["a b a", "b c"]).tokens()
    ids, matrix = tokens.term_ids, tokens.dtm().to_scipy()
    cells = tokens.cooccurrence().to_scipy()
    del tokens
    assert ids.tolist() == [0, 1, 0, 1, 2]
    assert matrix.toarray().tolist() == [[2, 1, 0], [0, 1, 1]]
    assert cells.sum() == 4


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as on Linux")
def test_a_window_wider_than_any_text_needs_no_room_of_its_own():
    script = """
import resource
import kolloc
resource.setrlimit(resource.RLIMIT_AS, (2**32, 2**32))
tokens = kolloc.Tokens.from_lists([["a", "b"] * 5])
narrow, wide = (tokens.cooccurrence(count="weighted", window=window) for window in (10, 2**31))
assert (narrow.to_scipy() != wide.to_scipy()).nnz == 0
assert narrow.row_margins.tolist() == wide.row_margins.tolist()
"""
    child = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=100, check=False)
    assert child.returncode == 0, child.stderr[:300]
