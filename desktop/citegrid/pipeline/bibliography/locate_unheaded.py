"""Reference lists that no heading announces, known by the marks of GB/T 7714: ``[J]``, ``[M]``, ``[EB/OL]`` …

A manual shows lists as examples, a report sets a few works under a line of text, a paper cites in footnotes.  The mark behind each title is so
sure a sign that two entries in a row, one right behind the other, are a list wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citegrid.core.document import BlockKind
from citegrid.pipeline.bibliography.lines import AUTHOR_START, ENDS_ENTRY, YEAR, Line

#: A type mark behind the words of a title.
MARK = re.compile(
    r"(?<=\S)\s?[\[［【]\s?(?:[JMDCNPSRGZA]|DB|CP|EB|CM|DS)(?:\s?/\s?(?:OL|CD|DK|MT))?(?:[-–]\d\d)?\s?[\]］】](?=\s*(?:[.．。,，:：/;；(（]|$))"
)
_LABEL = re.compile(r"^\s*(?P<label>[\[［【〔〖]\s*(?P<number>\d{1,4})\s*[\]］】〕〗])\s*(?=\S)")
#: The raised number of a footnote, run in with its entry.
_NOTE = re.compile(r"^\s*(?P<label>(?P<number>\d{1,3}))(?=[A-ZÀ-Þ\u3400-\u9fff])")
#: What the author of a thesis has published: no list of works that the text cites.
_OWN = re.compile(r"成果|(?:发表|完成|撰写|录用).{0,12}(?:论文|文章|专利)|(?:own|list of|selected) publications", re.I)
#: Source code, which an entry never holds.
_CODE = re.compile(r"\\[a-zA-Z]{2,}|[{}]")
#: "(a) …" below a part of a figure.
_PART = re.compile(r"^\s*[(（][a-z][)）]\s")
#: Lines an entry may have, and entries that make a list.
_LONGEST, _FEWEST = 7, 2


#: The lines of a list, and at which of them an entry begins under which label.
Marked = tuple[list[Line], dict[int, str]]


def marked_lists(lines: Sequence[Line]) -> list[Marked]:
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


def _run(lines: Sequence[Line], at: int) -> list[int]:
    """Where each entry ends of the list that begins at ``at``; its labels count up, or it has none."""
    ends: list[int] = []
    number: int | None = None
    while at < len(lines):
        label = _numbered(lines[at])
        if ends and (label is None) != (number is None):
            break
        if label and number is not None and int(label["number"]) != number + 1:
            break
        end = _entry(lines, at)
        if end is None:
            break
        number = int(label["number"]) if label else None
        ends.append(end)
        at = end
    return ends


def _entry(lines: Sequence[Line], at: int) -> int | None:
    """Where the entry that begins at ``at`` ends, or None when none begins there."""
    if not _begins(lines[at]):
        return None
    text = ""
    for i in range(at, min(len(lines), at + _LONGEST)):
        line = lines[i]
        over = line.kind is BlockKind.CAPTION or _PART.match(line.text) or _CODE.search(line.text)
        if over or (i > at and _begins_next(line, lines[at])):
            return i if MARK.search(text) else None
        text += line.text + " "
        if not MARK.search(text):
            continue
        following = lines[i + 1] if i + 1 < len(lines) and lines[i + 1].page == line.page else None
        if following is None or not _goes_on(line, following, lines[at]):
            return i + 1
    return None


def _numbered(line: Line) -> re.Match[str] | None:
    """The number of an entry; a bare one, that of a footnote, stands before an author."""
    note = _NOTE.match(line.text)
    return _LABEL.match(line.text) or (note if note and AUTHOR_START.match(line.text[note.end() :]) else None)


def _label(line: Line) -> str:
    found = _numbered(line)
    return found["label"] if found else ""


def _stands_alone(lines: Sequence[Line]) -> bool:
    """Whether a single entry is sure: it bears the number 1 in brackets, and a year."""
    first = _LABEL.match(lines[0].text)
    return bool(first and int(first["number"]) == 1 and any(YEAR.search(line.text) for line in lines))


def _begins(line: Line) -> bool:
    return bool(_numbered(line) or AUTHOR_START.match(line.text.strip()))


def _begins_next(line: Line, first: Line) -> bool:
    """Whether ``line`` begins the entry after that of ``first``: with a label as it has one, else at its margin."""
    if _numbered(first) or _numbered(line):
        return bool(_numbered(line))
    return _begins(line) and line.x0 < first.x0 + 4


def _goes_on(line: Line, following: Line, first: Line) -> bool:
    """Whether an entry goes on: right below in line with its text, or in the same block while its sentence is open."""
    if _begins_next(following, first) or abs(following.size - line.size) > 0.5:
        return False
    hangs = following.x0 > first.x0 + 4 and 0 < following.y0 - line.y0 < 2 * line.size
    return hangs or (following.block == line.block and not ENDS_ENTRY.search(line.text))


def _is_own(lines: Sequence[Line], at: int) -> bool:
    """Whether the list stands under a heading of the author's own publications, on its page."""
    return any(
        _OWN.search(line.text) and len(line.text.strip()) < 40
        for line in lines[max(0, at - 40) : at]
        if line.page == lines[at].page
    )
