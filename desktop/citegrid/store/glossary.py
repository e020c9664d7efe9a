"""Glossaries on disk: that of all projects in the data folder, and files that a person imports and exports (CSV, TBX)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

from citegrid.core.errors import InputError, UsageError
from citegrid.core.glossary import Glossary, Term, joined
from citegrid.core.language.lexicon import words
from citegrid.core.language.script import has_han
from citegrid.core.messages import Message
from citegrid.store import paths
from citegrid.store.files import BE_READ, storage_error, write_atomically

#: Bytes of a file that is read; a glossary of 100,000 terms has a tenth of that.
MOST_BYTES = 64 << 20
#: The codes that sheets are saved in, the most telling first.
_CODES = ("utf-8-sig", "utf-16", "gb18030")
_DELIMITERS = ("\t", ";", ",")
_COLUMNS = ("english", "chinese", "source")
#: What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@")


def shared() -> Glossary:
    """The terms of all projects; none where there is no file yet.  Raises StorageError or InputError."""
    path = _shared_path()
    return read(path) if path.is_file() else ()


def save_shared(terms: Sequence[Term]) -> None:
    """Keep ``terms`` for all projects; raises StorageError."""
    write(_shared_path(), terms)


def _shared_path() -> Path:
    return paths.data_folder() / "glossary.csv"


def read(path: Path) -> Glossary:
    """The usable terms of a CSV or TBX file, each once; raises StorageError, InputError or UsageError."""
    parse = _form(path)[0]
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(Message("{name} is too big for a glossary.", name=path.name), "Choose another file.")
        data = path.read_bytes()
    except OSError as error:
        raise storage_error(path, error, BE_READ) from error
    try:
        return joined([parse(data)])
    except (ValueError, csv.Error) as error:
        sentence = Message("{name} is no glossary that can be read ({reason}).", name=path.name, reason=error)
        raise InputError(sentence, "Choose a CSV file with an English and a Chinese column, or a TBX file.") from error


def write(path: Path, terms: Sequence[Term]) -> None:
    """Write ``terms`` as CSV or TBX, by the suffix of ``path``; raises StorageError or UsageError."""
    write_atomically(path, _form(path)[1](terms))


def _form(path: Path) -> tuple[Callable[[bytes], list[Term]], Callable[[Sequence[Term]], bytes]]:
    """How the format of ``path`` is read and written."""
    from citegrid.store import tbx  # its XML library is loaded with the first file, not with the window

    form = {".csv": (from_csv, to_csv), ".tbx": (tbx.parse, tbx.form)}.get(path.suffix.lower())
    if form is None:
        raise UsageError(Message("{name} is neither CSV nor TBX.", name=path.name), "Name a .csv or a .tbx file.")
    return form


def to_csv(terms: Sequence[Term]) -> bytes:
    """A sheet of three columns in UTF-8 with a byte order mark, as Excel wants it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_harmless(part) for part in (t.english, t.chinese, t.source)] for t in terms)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def from_csv(data: bytes) -> list[Term]:
    """The terms of a sheet: its columns as its first row names them, else as their script tells; raises ValueError."""
    text = _decoded(data)
    lines = [line for line in csv.reader(StringIO(text), delimiter=_delimiter(text)) if any(line)]
    if not lines:
        return []
    named = _named(lines[0])
    if named is not None:
        lines = lines[1:]
    english, chinese, source = named or _by_script(lines)
    return [Term(_cell(line, english), _cell(line, chinese), _cell(line, source)) for line in lines]


def _decoded(data: bytes) -> str:
    """The text of a sheet in whichever code it was saved in; raises ValueError."""
    for code in _CODES:
        if code != "utf-16" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            try:
                return data.decode(code)
            except UnicodeDecodeError:
                continue
    raise ValueError("unknown code of characters")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)


def _named(heads: Sequence[str]) -> tuple[int, int, int] | None:
    """Where English, Chinese and source stand as the heads of a sheet name them; -1 for no source, None without heads."""
    low = [head.strip().casefold() for head in heads]
    heard = [
        words("glossary", name) for name in _COLUMNS
    ]  # the plainest head first: a note may be the source, or beside it
    places = [next((low.index(head) for head in known if head in low), -1) for known in heard]
    english, chinese, source = places
    return (english, chinese, source) if english >= 0 and chinese >= 0 else None


def _by_script(lines: Sequence[Sequence[str]]) -> tuple[int, int, int]:
    """The columns of a sheet without heads: the one with most ideographs is Chinese, the other of the first two English."""
    han = [sum(has_han(_cell(line, i)) for line in lines) for i in (0, 1)]
    return (1, 0, 2) if han[0] > han[1] else (0, 1, 2)


def _cell(line: Sequence[str], at: int) -> str:
    text = line[at].strip() if 0 <= at < len(line) else ""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
