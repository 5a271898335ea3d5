"""The door into the core: signals, progress, threads and forks."""

import multiprocessing
import os
import signal
import threading
import time

import numpy as np
import pytest

from kolloc._core import Documents, _probe
from kolloc._progress import reporting
from kolloc.exceptions import InputTypeError, ParameterError


def test_ctrl_c_stops_the_work_within_a_fifth_of_a_second():
    struck = []

    def strike():
        struck.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.3, strike)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        _probe("end", seconds=20, n_threads=2)
    assert time.monotonic() - struck[0] < 0.2
    timer.join()


def test_progress_is_reported_and_ends_at_the_total():
    reports = []
    _probe("end", seconds=0.3, progress=lambda done, total: reports.append((done, total)))
    assert len(reports) > 2
    assert reports == sorted(reports)
    assert reports[-1] == (1000, 1000)


def test_a_failing_callback_stops_the_work_and_its_exception_comes_out():
    def fail(_done, _total):
        raise LookupError("enough")

    start = time.monotonic()
    with pytest.raises(LookupError, match="enough"):
        _probe("end", seconds=20, progress=fail)
    assert time.monotonic() - start < 1


def test_other_python_threads_run_meanwhile():
    ticks = []
    stop = threading.Event()

    def tick():
        while not stop.wait(0.01):
            ticks.append(None)

    thread = threading.Thread(target=tick)
    thread.start()
    _probe("end", seconds=0.3)
    stop.set()
    thread.join()
    assert len(ticks) > 5


def test_no_threads_are_refused():
    with pytest.raises(ParameterError, match=r"^n_threads must be 1 to 1024, or None for all processors, got 0$"):
        _probe("end", n_threads=0)


@pytest.mark.timeout(60)
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_a_forked_child_works_after_its_parent_did():
    _probe("end", n_threads=2)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(_fingerprint, ([["peace", "talks"]])) == _fingerprint(["peace", "talks"])


def _fingerprint(texts):
    return Documents.from_strings(texts).fingerprint()


def test_a_long_fingerprint_reports_bytes():
    documents = Documents.from_strings(["peace talks " * 1000] * 1000)
    many = documents.take(np.arange(1000, dtype=np.uint32).repeat(20))
    reports = []
    many.fingerprint(progress=lambda done, total: reports.append((done, total)))
    assert reports[-1] == (many.n_bytes, many.n_bytes)


def test_wishes_for_progress():
    with reporting(False, "Counting") as callback:
        assert callback is None
    with reporting(print, "Counting") as callback:
        assert callback is print
    with reporting(None, "Counting", "B") as callback:
        callback(0, 10)
        callback(10, 10)
        callback(1, 5)
    with (
        pytest.raises(InputTypeError, match="progress must be None, True, False or callable"),
        reporting(3, "Counting"),
    ):
        pass
