"""Everything kolloc raises and warns of.

All exceptions derive from :class:`KollocError`, which is a :class:`ValueError`; they carry the data of their message as
attributes. A file that cannot be opened raises Python's own :class:`OSError` family.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "AlreadyWeightedError",
    "DocumentError",
    "DuplicateNamesError",
    "EncodingError",
    "InputTypeError",
    "InternalError",
    "KollocError",
    "MegaClusterWarning",
    "MissingDateWarning",
    "MissingGlyphWarning",
    "MissingTextWarning",
    "ParameterError",
    "ReplacedBytesWarning",
    "ResamplingWarning",
    "ResourceError",
    "ShortTextWarning",
    "SmallSampleWarning",
    "TooLargeError",
    "UndefinedWarning",
]


class KollocError(ValueError):
    """Base of all exceptions of kolloc."""


class ParameterError(KollocError):
    """An argument has a value outside what is allowed.

    Attributes
    ----------
    parameter : str or None
        Name of the argument.
    value : object
        The value given.
    allowed : str or None
        What would have been accepted.
    """

    def __init__(
        self, message: str, *, parameter: str | None = None, value: object = None, allowed: str | None = None
    ) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.value = value
        self.allowed = allowed


class AlreadyWeightedError(KollocError):
    """Weights were to be weighed again.

    Attributes
    ----------
    scheme : str or None
        How they were weighed before.
    """

    def __init__(self, message: str, *, scheme: str | None = None) -> None:
        super().__init__(message)
        self.scheme = scheme


class DocumentError(KollocError):
    """The text of one document cannot be used.

    Attributes
    ----------
    row : int or None
        Row of the document in the input, from 0.
    """

    def __init__(self, message: str, *, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


class EncodingError(KollocError):
    """Bytes that are no text in the expected encoding.

    Attributes
    ----------
    row : int or None
        Row of the document in the input, from 0; ``None`` where a whole file is read.
    byte : int or None
        Offset of the first offending byte within that document or file.
    file : str or None
        Path of the file.
    """

    def __init__(
        self, message: str, *, row: int | None = None, byte: int | None = None, file: str | None = None
    ) -> None:
        super().__init__(message)
        self.row = row
        self.byte = byte
        self.file = file


class InputTypeError(KollocError, TypeError):
    """The input has a type or a layout that is not supported."""


class DuplicateNamesError(KollocError):
    """Two documents have the same name.

    Attributes
    ----------
    names : tuple of str
        Some of the names that occur more than once.
    """

    def __init__(self, message: str, *, names: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.names = tuple(names)


class TooLargeError(KollocError):
    """A result would need more room than its index type or the given limit allows.

    Attributes
    ----------
    size : int or None
        What would be needed.
    limit : int or None
        What is allowed.
    """

    def __init__(self, message: str, *, size: int | None = None, limit: int | None = None) -> None:
        super().__init__(message)
        self.size = size
        self.limit = limit


class ResourceError(KollocError, OSError):
    """The operating system refused a resource, such as a thread."""


class InternalError(KollocError):
    """An invariant of kolloc is broken: a bug to report, whatever the input was."""


class MegaClusterWarning(UserWarning):
    """A cluster holds so many different texts that it may be a template rather than a story."""


class MissingDateWarning(UserWarning):
    """Some documents have no date and are in no period."""


class MissingGlyphWarning(UserWarning):
    """No font on this machine has some letters of a picture; they show as boxes."""


class MissingTextWarning(UserWarning):
    """Some documents have no text and count as empty."""


class ReplacedBytesWarning(UserWarning):
    """Some bytes of the files were no text and were replaced by U+FFFD."""


class SmallSampleWarning(UserWarning):
    """A sample has fewer pairs than there are strata, so that some kinds of pairs are not in it."""


class ResamplingWarning(UserWarning):
    """Drawing documents again says little here: few units, strata of one, replicates without a value."""


class UndefinedWarning(UserWarning):
    """Some values of a statistic are undefined (0/0, too few observations) and NaN."""


class ShortTextWarning(UserWarning):
    """Some texts are shorter than a measure needs to be reliable."""
