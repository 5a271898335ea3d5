"""Files with texts: bytes are checked here, so that an error names the file and the byte."""

from __future__ import annotations

import codecs
import errno
import glob
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kolloc import _check, _interop
from kolloc._interop import Documents
from kolloc._warn import warn
from kolloc.exceptions import (
    DocumentError,
    EncodingError,
    InputTypeError,
    KollocError,
    ParameterError,
    ReplacedBytesWarning,
)

__all__ = ["Texts", "read"]

_TEXT = (".txt", ".md")
_SEPARATED = {".csv": ",", ".tsv": "\t"}
_LINES = (".jsonl", ".ndjson")
_PARQUET = (".parquet", ".pq")
_KNOWN = (*_TEXT, *_SEPARATED, *_LINES, *_PARQUET)
_CHUNK = 1 << 20


class Texts(NamedTuple):
    """Files that are documents as a whole."""

    documents: Documents
    names: list[str]


def read(path: str | os.PathLike[str], encoding: str, errors: str) -> Texts | Any:
    """Return the texts of a folder, a glob or a text file, or the native frame of a table.

    Raises
    ------
    OSError
        If there is no such file or it cannot be read.
    EncodingError
        If a file holds bytes that are no text in this encoding.
    """
    codec = _codec(encoding)
    root, files = _found(path)
    suffixes = {file.suffix.lower() for file in files}
    if suffixes <= set(_TEXT):
        return _read_texts(root, files, codec, errors)
    if len(files) > 1:
        found = _check.listed(sorted(suffixes))
        raise InputTypeError(f"a corpus is read from text files or from one table, got {len(files)} files ({found})")
    return _read_table(files[0], codec, errors)


def _codec(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise ParameterError(
            f"encoding must be one that Python knows, such as 'utf-8' or 'cp1252', got {encoding!r}",
            parameter="encoding",
            value=encoding,
        ) from None
    # This one drops a byte order mark.
    return "utf-8-sig" if name == "utf-8" else name


def _found(path: str | os.PathLike[str]) -> tuple[Path, list[Path]]:
    """Return the files and the folder that their names are relative to."""
    given = os.fspath(path)
    if "\n" in given or len(given) > 4096:
        raise InputTypeError("a single str is read as a path, and this one is none; for one document pass [text]")
    root = Path(given).expanduser()
    if root.is_file():
        if root.suffix.lower() not in _KNOWN:
            raise InputTypeError(f"{given!r} must end in one of {_check.listed(_KNOWN)}")
        return root.parent, [root]
    if root.is_dir():
        files = sorted(file for file in root.rglob("*") if file.suffix.lower() in _TEXT and file.is_file())
        if files:
            return root, files
        raise FileNotFoundError(errno.ENOENT, f"no {' or '.join(_TEXT)} files in this folder", given)
    files = sorted(Path(file) for file in glob.glob(str(root), recursive=True))  # noqa: PTH207
    files = [file for file in files if file.is_file() and file.suffix.lower() in _KNOWN]
    if files:
        return Path(os.path.commonpath([file.parent for file in files])), files
    what = "no such file or folder; a single str is read as a path, for one document pass [text]"
    raise FileNotFoundError(errno.ENOENT, what, given)


# Documents as whole files


def _read_texts(root: Path, files: Sequence[Path], codec: str, errors: str) -> Texts:
    replaced: dict[str, int] = {}
    documents = _interop.documents_from_strings(_decoded(files, codec, errors, replaced))
    _warn_of_replaced(replaced)
    stems = [file.stem for file in files]
    names = stems if len(set(stems)) == len(stems) else [file.relative_to(root).as_posix() for file in files]
    return Texts(documents, names)


def _decoded(files: Iterable[Path], codec: str, errors: str, replaced: dict[str, int]) -> Iterator[str]:
    for row, file in enumerate(files):
        data = file.read_bytes()
        try:
            yield data.decode(codec)
        except UnicodeDecodeError as error:
            # The mark that utf-8-sig drops is not counted in the position.
            at = error.start + len(data) - len(error.object)
            if errors == "strict":
                raise _invalid(file, at, codec, data[:2], row) from None
            text = data.decode(codec, "replace")
            replaced[str(file)] = text.count("\ufffd") - data.decode(codec, "ignore").count("\ufffd")
            yield text


def _invalid(file: Path, byte: int, codec: str, start: bytes, row: int | None = None) -> EncodingError:
    name = "utf-8" if codec == "utf-8-sig" else codec
    utf16 = start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and not codec.startswith("utf-16")
    hint = "the file starts like utf-16" if utf16 else "pass the encoding of the file, or errors='replace'"
    message = f"{str(file)!r} is not valid {name} at byte {byte:,}; {hint}"
    return EncodingError(message, row=row, byte=byte, file=str(file))


def _warn_of_replaced(replaced: dict[str, int]) -> None:
    if replaced:
        total, some = sum(replaced.values()), _check.listed(list(replaced), 3)
        message = f"{total:,} invalid byte sequences in {len(replaced):,} files were replaced by U+FFFD: {some}"
        warn(message, ReplacedBytesWarning)


# Tables


def _read_table(file: Path, codec: str, errors: str) -> Any:
    suffix = file.suffix.lower()
    if suffix in _PARQUET:
        return _read_parquet(file)
    _check_bytes(file, codec, errors)
    return (
        _read_separated(file, _SEPARATED[suffix], codec, errors)
        if suffix in _SEPARATED
        else _read_lines(file, codec, errors)
    )


def _check_bytes(file: Path, codec: str, errors: str) -> None:
    """Find the first invalid byte of a file of any size; count them all if they are to be replaced."""
    decoder = codecs.getincrementaldecoder(codec)()
    read = 0
    with file.open("rb") as stream:
        try:
            while chunk := stream.read(_CHUNK):
                read += len(chunk)
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            if errors == "strict":
                stream.seek(0)
                raise _invalid(file, read - len(error.object) + error.start, codec, stream.read(2)) from None
        else:
            return
    with file.open(encoding=codec, errors="replace") as some, file.open(encoding=codec, errors="ignore") as others:
        n_replaced = sum(line.count("\ufffd") for line in some) - sum(line.count("\ufffd") for line in others)
    _warn_of_replaced({str(file): n_replaced})


def _read_separated(file: Path, separator: str, codec: str, errors: str) -> Any:
    if file.stat().st_size == 0:
        raise KollocError(f"{str(file)!r} is empty; it needs at least a line with the names of the columns")
    try:
        return _interop.read_separated(file, separator, codec, errors)
    except (ValueError, RuntimeError) as error:
        raise KollocError(f"{str(file)!r} cannot be read as a table: {error}") from error


def _read_parquet(file: Path) -> Any:
    try:
        return _interop.read_parquet(file)
    except (ValueError, RuntimeError) as error:
        raise KollocError(f"{str(file)!r} cannot be read as Parquet: {error}") from error


def _read_lines(file: Path, codec: str, errors: str) -> Any:
    """Return a frame of the objects in a file, one in each line; keys that are absent are missing."""
    columns: dict[str, list[Any]] = {}
    n = 0
    with file.open(encoding=codec, errors=errors, newline="\n") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            for key, value in _object(file, number, line).items():
                column = columns.setdefault(key, [])
                column.extend([None] * (n - len(column)))
                column.append(value)
            n += 1
    for column in columns.values():
        column.extend([None] * (n - len(column)))
    return _interop.frame_from_columns(columns) if columns else Texts(_interop.documents_from_strings([]), [])


def _object(file: Path, number: int, line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        message = f"{str(file)!r} line {number:,} is not JSON: {error.msg} at character {error.pos:,}"
        raise DocumentError(message, row=number - 1) from None
    if not isinstance(value, dict):
        message = f"{str(file)!r} line {number:,} must be a JSON object, got {type(value).__name__}"
        raise DocumentError(message, row=number - 1)
    return value
