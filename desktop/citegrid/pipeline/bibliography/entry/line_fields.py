"""Entries whose fields stand on lines of their own: title, authors, venue with an ISO date (pandoc and manubot lists)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from citegrid.core.language.text import join_lines
from citegrid.pipeline.bibliography.entry.assemble import inverted
from citegrid.pipeline.bibliography.entry.parse import Fields
from citegrid.pipeline.bibliography.entry.patterns import ADDRESS_LINE, DATED_LINE, INSTITUTION, NAME

#: The name of an institution has at most so many characters.
_INSTITUTION = 100


def is_by_lines(entries: Sequence[Sequence[str]]) -> bool:
    """Whether the list prints each field on lines of its own: a third of its entries have a line that is venue and ISO date."""
    dated = sum(any((m := DATED_LINE.match(line)) and m["day"] for line in entry[1:]) for entry in entries)
    return dated >= 2 and dated * 3 >= len(entries)


def full_lines(lines: Sequence[str], x0: Sequence[float], x1: Sequence[float], widest: float) -> list[bool]:
    """Which lines were broken because they were full: the first word of the next would not have fitted before ``widest`` (points)."""
    result = []
    for i, text in enumerate(lines):
        following = lines[i + 1].split() if i + 1 < len(lines) else []
        char = (x1[i] - x0[i]) / max(len(text), 1)
        result.append(bool(following) and x1[i] + char * (len(following[0]) + 0.5) > widest)
    return result


def parse_lines(lines: Sequence[str], full: Sequence[bool], bold: Sequence[bool], fields: Fields) -> Fields:
    """``fields`` with authors, title, year and venue as the lines part them; ``full`` lines may go on in the next."""
    count, last = _first(DATED_LINE, lines)
    year = int(last["year"]) if last else fields.year
    if last is None:
        count, last = _first(ADDRESS_LINE, lines)
    venue = last["venue"].strip(" .,") if last else ""
    if count == 0:  # "Paywall: The Business of Scholarship (2018-10) https://…"
        return replace(fields, authors=(), title=venue, year=year, venue="")
    title, names = _cut(lines[:count], full, bold)
    return replace(
        fields,
        authors=_authors(join_lines("\n".join(lines[title:names]))),
        title=" ".join(" ".join(lines[:title]).split()).rstrip(" ."),
        year=year,
        venue=" ".join([*lines[names:count], venue]).strip(" .,"),
    )


def _first(pattern: re.Pattern[str], lines: Sequence[str]) -> tuple[int, re.Match[str] | None]:
    """The first line that ``pattern`` fits, and how; the number of lines where none does."""
    return next(((i, match) for i, line in enumerate(lines) if (match := pattern.match(line))), (len(lines), None))


def _cut(lines: Sequence[str], full: Sequence[bool], bold: Sequence[bool]) -> tuple[int, int]:
    """Where the title ends and where the authors do: the title is bold, or what follows are names up to a line that is not full."""
    count = len(lines)
    if bold and bold[0] and not all(bold[:count]):
        return bold.index(False), count
    ends = [i for i in range(1, count) if not full[i - 1]]
    for title, names in _cuts(ends, count):
        if _are_names(" ".join(lines[title:names])):
            return _title_end(lines, title, names), names
    first, second, *_ = [*ends, count, count]
    return first, second


def _cuts(ends: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """Where title and authors may end, the likeliest first: behind lines that are not full, then anywhere."""
    for title in ends:
        yield from ((title, names) for names in (count, *reversed(ends)) if names > title)
    yield from ((title, count) for title in range(1, count))


def _title_end(lines: Sequence[str], title: int, names: int) -> int:
    """Where the title ends whose last line is full, so that names behind it looked like its rest."""
    while title > 1 and lines[title - 1].count(",") > 1 and _are_names(" ".join(lines[title - 1 : names])):
        title -= 1
    return title


def _are_names(text: str) -> bool:
    if len(text) < _INSTITUTION and INSTITUTION.search(text):
        return True
    return all(map(NAME.fullmatch, _pieces(text)))


def _pieces(text: str) -> list[str]:
    return [name for piece in text.replace(";", ",").split(",") if (name := piece.strip(" :"))]


def _authors(text: str) -> tuple[str, ...]:
    pieces = _pieces(text)
    if any(piece.startswith("and ") for piece in pieces):  # lists by lines print no "and": a name with commas
        return (text,)
    names = (
        piece.removeprefix("…").strip(" …:").removeprefix("for ").removeprefix("on behalf of ") for piece in pieces
    )
    return tuple(map(inverted, filter(None, names)))


def without_label(lines: Sequence[str], label: str) -> tuple[str, ...]:
    """The texts of the lines of an entry, the first without its label."""
    texts = [" ".join(line.split()) for line in lines]
    if texts and label and texts[0].startswith(label):
        texts[0] = texts[0][len(label) :].strip()
    elif texts and texts[0].strip("[]().").isdecimal():
        texts[0] = ""
    return tuple(texts)
