"""Enumerated: attributes written as a list or numbered within a paragraph, without any table."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citegrid.pipeline.table_image.names_and_answers import is_attribute, share
from citegrid.pipeline.table_image.patterns import (
    AROUND_NAME,
    BETWEEN_NAMES,
    COLON,
    EXPLANATION,
    INLINE_NUMBER,
    ITEM_END,
    LIST_LINE,
    SENTENCE_END,
)
from citegrid.pipeline.table_image.readings import Heading, TableCandidate, TableReading, Way
from citegrid.pipeline.table_image.text_boxes import (
    TextBox,
    bottom_of,
    box_of,
    confidence,
    in_lines,
    is_wide,
    join,
    top_of,
)

#: The longest name, in Chinese characters, in words, and in characters of any kind.
_MOST_WIDE, _MOST_WORDS, _MOST_LETTERS = 16, 7, 60
_LEAST_NAMES = 3
_INTRODUCED = (":", "：")
#: The share of the names that must be short, and of the lines that may have texts side by side (more are a table).
_SHORT, _SIDE_BY_SIDE = 0.8, 0.34

#: A line of text, or a name of a list, and the texts that it comes from.
Line = tuple[str, list[TextBox]]


def read_enumerated(items: Sequence[TextBox], height: float) -> Iterator[TableCandidate]:
    """The attributes of a list, one a line, or of an enumeration within a paragraph; nothing for other prose."""
    lines = [(join([i.text for i in line]), line) for line in in_lines(items)]
    if sum(len(line) > 2 for _, line in lines) > _SIDE_BY_SIDE * len(lines):
        return  # texts stand side by side: a table
    marked, numbered = _marked_lines(lines, height), _names_in_paragraph(lines)
    found = {
        Way.MARKED_LIST: marked,
        Way.NUMBERED_PARAGRAPH: [] if _ends_otherwise(numbered, marked) else numbered,
        Way.BARE_LIST: _bare_lines(lines),
    }
    yield from (TableCandidate(_reading(names), way) for way, names in found.items() if len(names) >= _LEAST_NAMES)


def _ends_otherwise(numbered: Sequence[Line], marked: Sequence[Line]) -> bool:
    """Whether a paragraph is a list whose lines end with its names: it differs in the last, which took in what stands below."""
    names, lines = [name for name, _ in numbered], [name for name, _ in marked]
    return len(names) == len(lines) and names[:-1] == lines[:-1]


@dataclass
class _ListEntry:
    """An entry of a list while its lines are read."""

    text: str
    parts: list[TextBox]
    bulleted: bool

    def add(self, text: str, line: Sequence[TextBox]) -> None:
        self.text = join([self.text, text])
        self.parts += line


def _marked_lines(lines: Sequence[Line], height: float) -> list[Line]:
    """Lines that begin with a number or a bullet; lines without one go on with the one above."""
    entries: list[_ListEntry] = []
    bottom = 0.0  # of the list: it ends at what is none of its lines
    right = max((i.x1 for _, line in lines for i in line), default=0.0)
    for text, line in lines:
        gap = top_of(line) - bottom
        marked = _begun(text, line)
        if marked:
            entries.append(marked)
        elif entries and _goes_on(entries[-1].parts, line, gap, right, height):
            entries[-1].add(text, line)
        elif _lacks_bullet(line, entries, gap, height):
            entries.append(_ListEntry(text, list(line), bulleted=True))  # the reader overlooked its bullet
        else:
            continue
        bottom = bottom_of(line)
    return _if_mostly_short([(_name(entry.text), entry.parts) for entry in _without_introduction(entries)])


def _without_introduction(entries: Sequence[_ListEntry]) -> Sequence[_ListEntry]:
    """The entries without a first one that introduces the list, behind something that was read as its bullet."""
    introduced = [entry.text.endswith(_INTRODUCED) for entry in entries[:2]] == [True, False]
    return entries[1:] if introduced else entries


def _lacks_bullet(line: Sequence[TextBox], entries: Sequence[_ListEntry], gap: float, height: float) -> bool:
    """Whether a line stands right below a bulleted entry and not to the left of the list, as the text behind a list does."""
    below = bool(entries) and entries[-1].bulleted and len(line) == 1 and gap < 1.2 * height
    return below and line[0].x0 > entries[0].parts[0].x0 - 0.5 * height


def _begun(text: str, line: Sequence[TextBox]) -> _ListEntry | None:
    """The entry that a line with a mark begins; a bullet may be a speck before a number."""
    mark = LIST_LINE.match(text)
    if not mark:
        return None
    second = LIST_LINE.match(mark["rest"]) if mark["bullet"] else None
    return _ListEntry((second or mark)["rest"], list(line), bulleted=bool(mark["bullet"]))


def _goes_on(entry: Sequence[TextBox], line: Sequence[TextBox], gap: float, right: float, height: float) -> bool:
    """Whether a line without a mark belongs to the entry above: that one reached the right margin, and it is indented."""
    full = entry[-1].x1 > right - 2.5 * height and entry[-1].width > 10 * height
    return full and gap < 0.9 * height and len(line) == 1 and line[0].x0 > entry[0].x0 + 0.3 * height


def _names_in_paragraph(lines: Sequence[Line]) -> list[Line]:
    """A paragraph with "(1) … (2) …" in it, or one that lists names behind a colon."""
    text = join([t for t, _ in lines])
    pieces = _numbered_pieces(text) or _pieces_behind_colon(text)
    if not pieces:
        return []
    pieces[-1] = ITEM_END.split(pieces[-1])[0]
    parts = [item for _, line in lines for item in line]
    names = (_name(AROUND_NAME.sub("", piece.strip())) for piece in pieces)
    return _if_mostly_short([(name, parts) for name in names if name])


def _numbered_pieces(text: str) -> list[str]:
    """What stands behind 1, 2, 3 …; nothing where the numbers do not count up from one."""
    marks = [unicodedata.normalize("NFKC", m.group()).strip("()[]. 、") for m in INLINE_NUMBER.finditer(text)]
    counts = marks == [str(i) for i in range(1, len(marks) + 1)]
    return INLINE_NUMBER.split(text)[1:] if counts and len(marks) >= _LEAST_NAMES else []


def _pieces_behind_colon(text: str) -> list[str]:
    """The names in the sentence behind the first colon; nothing where most of them are none."""
    _, *behind = COLON.split(text, maxsplit=1)
    if not behind:
        return []
    pieces = BETWEEN_NAMES.split(SENTENCE_END.split(behind[0])[0])
    return pieces if share([piece.strip() for piece in pieces]) >= 0.5 else []


def _bare_lines(lines: Sequence[Line]) -> list[Line]:
    """Short lines below each other without marks, most of which are words that columns are named with."""
    named = [(_name(text.lstrip("•●○·*-– ")), line) for text, line in lines if len(line) == 1]
    while named and not is_attribute(named[0][0]):
        named = named[1:]  # a title
    names = [name for name, _ in named]
    whole = len(named) >= 0.8 * len(lines)
    return named if whole and all(map(_is_short, names)) and share(names) >= 0.6 else []


def _name(text: str) -> str:
    """The name without the explanation behind a colon or a dash."""
    return EXPLANATION.sub("", text).strip(" ;；,，、。.")


def _if_mostly_short(names: list[Line]) -> list[Line]:
    """The names, or nothing where too many of them are sentences."""
    return names if sum(_is_short(name) for name, _ in names) >= _SHORT * len(names) else []


def _is_short(text: str) -> bool:
    wide = sum(map(is_wide, text))
    return 0 < len(text) <= _MOST_LETTERS and wide <= _MOST_WIDE and len(text.split()) <= _MOST_WORDS


def _reading(names: Sequence[Line]) -> TableReading:
    headings = tuple(Heading(name, box_of(parts), confidence(parts)) for name, parts in names)
    return TableReading(headings, cells=False)
