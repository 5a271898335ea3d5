"""Every failure of the core becomes the exception that is documented for it, with its data."""

import pickle

import pytest

from kolloc import exceptions
from kolloc._core import _probe

CASES = {
    "parameter": (
        exceptions.ParameterError,
        "window must be at least 1, got 0",
        {"parameter": "window", "value": "0", "allowed": "at least 1"},
    ),
    "document": (exceptions.DocumentError, "document in row 3: is not text", {"row": 3}),
    "input": (exceptions.InputTypeError, "expected text, got numbers", {}),
    "utf8": (
        exceptions.EncodingError,
        "row 3 is not valid UTF-8 at byte 17",
        {"row": 3, "byte": 17, "file": None},
    ),
    "too large": (
        exceptions.TooLargeError,
        "number of cells is too large: 5, the limit is 4",
        {"size": 5, "limit": 4},
    ),
    "system": (exceptions.ResourceError, "the system refused: no threads left", {}),
    "panic": (
        exceptions.InternalError,
        "an invariant of kolloc is broken, please report this: a probe was asked to panic",
        {},
    ),
}


@pytest.mark.parametrize("ending", CASES)
def test_an_error_of_the_core_becomes_its_exception(ending):
    kind, message, data = CASES[ending]
    with pytest.raises(exceptions.KollocError) as caught:
        _probe(ending)
    assert type(caught.value) is kind
    assert str(caught.value) == message
    assert vars(caught.value) == data


def test_cancelled_work_is_a_keyboard_interrupt():
    with pytest.raises(KeyboardInterrupt):
        _probe("cancelled")


def test_every_exception_is_a_value_error_under_its_public_path():
    kinds = [getattr(exceptions, name) for name in exceptions.__all__]
    for kind in kinds:
        assert kind.__module__ == "kolloc.exceptions"
        assert issubclass(kind, exceptions.KollocError | Warning)
    assert issubclass(exceptions.KollocError, ValueError)
    assert issubclass(exceptions.InputTypeError, TypeError)
    assert issubclass(exceptions.ResourceError, OSError)


def test_exceptions_keep_their_data_through_pickle():
    error = exceptions.ParameterError("no", parameter="n", value=3, allowed="less")
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), vars(copy)) == (str(error), vars(error))
    error = exceptions.DuplicateNamesError("no", names=["a"])
    assert pickle.loads(pickle.dumps(error)).names == ("a",)
