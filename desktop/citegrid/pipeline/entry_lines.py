"""Entries whose fields stand on lines of their own: title, authors, venue with an ISO date (pandoc and manubot lists)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from citegrid.pipeline.entry import Fields

#: "PLOS Biology (2015-07-07) https://doi.org/bdzf", alone on its line.
_DATED = re.compile(
    r"^(?P<venue>[^()]{0,120}(?:\([^()]*\)[^()]*)?)\((?P<year>(?:1[5-9]|20)\d\d)(?:-\d\d){0,2}\)\s*(?:https?://\S*)?\s*$"
)
_ISO = re.compile(r"\((?:1[5-9]|20)\d\d-\d\d(?:-\d\d)?\)\s*(?:https?://\S*)?\s*$")
_NAME = re.compile(r"(?:…\s*)?(?:[^\W\d_][\w.’'`´�\-‐]*\s?){1,7}\.?", re.UNICODE)
_NUMBER = re.compile(r"^[\[(]?\d{1,4}[\]).]?$")
#: A line ends its paragraph when this many points of the widest line are left empty.
_ROOM = 0.12


def is_by_lines(entries: Sequence[Sequence[str]]) -> bool:
    """Whether the list prints each field on lines of its own: a third of its entries have a line that is venue and ISO date."""
    dated = sum(any(_ISO.search(line) and _DATED.match(line) for line in entry[1:]) for entry in entries)
    return dated >= 2 and dated * 3 >= len(entries)


def parse_lines(
    lines: Sequence[str], ends: Sequence[float], widest: float, bold: Sequence[bool], fields: Fields
) -> Fields:
    """``fields`` with authors, title, year and venue as the lines part them, or as they are if the lines do not.

    ``ends`` are the right edges of the lines and ``widest`` that of the list, in points.
    """
    dated = next((i for i, line in enumerate(lines) if i and _DATED.match(line)), None)
    if dated is None:
        return fields
    match = _DATED.match(lines[dated])
    assert match is not None
    cut = _cut(lines[:dated], ends, widest, bold)
    title = " ".join(" ".join(lines[:cut]).split())
    names = re.split(r",\s*|;\s*", " ".join(lines[cut:dated]))
    authors = tuple(_inverted(n) for name in names if (n := name.strip(" …:,")))
    return replace(
        fields, authors=authors, title=title.rstrip(" ."), year=int(match["year"]), venue=match["venue"].strip(" .,")
    )


def _cut(lines: Sequence[str], ends: Sequence[float], widest: float, bold: Sequence[bool]) -> int:
    """How many of the lines are the title: the bold ones, else up to the first line that ends its paragraph before names."""
    if bold and bold[0] and not all(bold[: len(lines)]):
        return next(i for i, b in enumerate(bold) if not b)
    for i in range(1, len(lines)):
        rest = " ".join(lines[i:])
        if ends[i - 1] < widest * (1 - _ROOM) and all(
            _NAME.fullmatch(p.strip()) for p in rest.split(",") if p.strip(" :")
        ):
            return i
    for i in range(1, len(lines)):
        if all(_NAME.fullmatch(p.strip()) for p in " ".join(lines[i:]).split(",") if p.strip(" :")):
            return i
    return len(lines)


def _inverted(name: str) -> str:
    """``Tom B Brown`` as ``Brown, Tom B``; names of one word and of organisations stay."""
    words = name.split()
    if (
        len(words) < 2
        or len(words) > 6
        or re.search(r"\b(?:of|for|the|and|Consortium|Group|Team|Organization|Collaboration)\b", name)
    ):
        return " ".join(words)
    at = len(words) - 1
    while at > 1 and re.fullmatch(r"van|von|de|der|den|di|da|dos|del|la|le|ter|ten|Van|De", words[at - 1]):
        at -= 1
    return f"{' '.join(words[at:])}, {' '.join(words[:at])}"


def without_label(lines: Sequence[str], label: str) -> tuple[str, ...]:
    """The texts of the lines of an entry, the first without its label."""
    texts = [" ".join(line.split()) for line in lines]
    if texts and label and texts[0].startswith(label):
        texts[0] = texts[0][len(label) :].strip()
    elif texts and _NUMBER.match(texts[0]):
        texts[0] = ""
    return tuple(texts)
