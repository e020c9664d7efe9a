"""Reference lists that no heading announces, known by the marks of GB/T 7714: ``[J]``, ``[M]``, ``[EB/OL]`` …

A manual shows lists as examples, a report sets a few works under a line of text, a paper cites in footnotes.  The mark behind each title is so
sure a sign that two entries in a row, one right behind the other, are a list wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citegrid.core.document import BlockKind
from citegrid.pipeline.bibliography.lines import PrintedLine
from citegrid.pipeline.bibliography.patterns import (
    AUTHOR_START,
    DATED,
    ENDS_ENTRY,
    MARKED_TITLE,
    NO_ENTRY,
    NUMBERED,
    OWN_PUBLICATIONS,
    RAISED,
)

#: Lines an entry may have, and entries that make a list.
_LONGEST, _FEWEST = 7, 2
#: So many lines above a list may say whose works these are, in a head of less than so many characters.
_ABOVE, _HEAD = 40, 40

#: The lines of a list, and at which of them an entry begins under which label.
Marked = tuple[list[PrintedLine], dict[int, str]]


def marked_lists(lines: Sequence[PrintedLine]) -> list[Marked]:
    """The lines of each list among ``lines`` (in reading order, without those of other lists), in order, cut into entries."""
    result: list[Marked] = []
    at = 0
    while at < len(lines):
        ends = _run(lines, at)
        if len(ends) < _FEWEST and not (ends and _stands_alone(lines[at : ends[0]])):
            at += 1
            continue
        if not _is_own(lines, at):
            starts = {start - at: _label(lines[start]) for start in (at, *ends[:-1])}
            result.append((list(lines[at : ends[-1]]), starts))
        at = ends[-1]
    return result


def _run(lines: Sequence[PrintedLine], at: int) -> list[int]:
    """Where each entry ends of the list that begins at ``at``; its labels count up, or it has none."""
    ends: list[int] = []
    number: int | None = None
    while at < len(lines):
        label = _numbered(lines[at])
        here = int(label["number"]) if label else None
        if ends and here != (None if number is None else number + 1):
            break
        end = _entry(lines, at)
        if end is None:
            break
        number = here
        ends.append(end)
        at = end
    return ends


def _entry(lines: Sequence[PrintedLine], at: int) -> int | None:
    """Where the entry that begins at ``at`` ends, or None when none begins there."""
    first = lines[at]
    if not _begins(first):
        return None
    text = ""
    for i in range(at, min(len(lines), at + _LONGEST)):
        if _is_no_text(lines[i]) or (i > at and _begins_next(lines[i], first)):
            return i if MARKED_TITLE.search(text) else None
        text += lines[i].text + " "
        if MARKED_TITLE.search(text) and not any(
            _goes_on(lines[i], following, first) for following in lines[i + 1 : i + 2]
        ):
            return i + 1
    return None


def _is_no_text(line: PrintedLine) -> bool:
    """Captions, parts of figures and source code end a list."""
    return line.kind is BlockKind.CAPTION or bool(NO_ENTRY.search(line.text))


def _numbered(line: PrintedLine) -> re.Match[str] | None:
    """The number of an entry; a bare one, that of a footnote, stands before an author."""
    note = RAISED.match(line.text)
    return NUMBERED.match(line.text) or (note if note and AUTHOR_START.match(line.text[note.end() :]) else None)


def _label(line: PrintedLine) -> str:
    found = _numbered(line)
    return found["label"] if found else ""


def _stands_alone(lines: Sequence[PrintedLine]) -> bool:
    """Whether a single entry is sure: it bears the number 1 in brackets, and a year."""
    first = NUMBERED.match(lines[0].text)
    return bool(first and int(first["number"]) == 1 and any(DATED.search(line.text) for line in lines))


def _begins(line: PrintedLine) -> bool:
    return bool(_numbered(line) or AUTHOR_START.match(line.text.strip()))


def _begins_next(line: PrintedLine, first: PrintedLine) -> bool:
    """Whether ``line`` begins the entry after that of ``first``: with a label as it has one, else at its margin."""
    if _numbered(first) or _numbered(line):
        return bool(_numbered(line))
    return _begins(line) and line.x0 < first.x0 + 4


def _goes_on(line: PrintedLine, following: PrintedLine, first: PrintedLine) -> bool:
    """Whether an entry goes on: right below in line with its text, or in the same block while its sentence is open."""
    if following.page != line.page or _begins_next(following, first) or abs(following.size - line.size) > 0.5:
        return False
    hangs = following.x0 > first.x0 + 4 and 0 < following.y0 - line.y0 < 2 * line.size
    return hangs or (following.block == line.block and not ENDS_ENTRY.search(line.text))


def _is_own(lines: Sequence[PrintedLine], at: int) -> bool:
    """Whether the list stands under a heading of the author's own publications, on its page."""
    above = [line for line in lines[max(0, at - _ABOVE) : at] if line.page == lines[at].page]
    return any(OWN_PUBLICATIONS.search(line.text) for line in above if len(line.text.strip()) < _HEAD)
