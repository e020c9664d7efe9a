"""Entries whose fields stand on lines of their own: title, authors, venue with an ISO date (pandoc and manubot lists)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.text import join_lines
from citegrid.pipeline.bibliography.entry.name_forms import INSTITUTION, LOW, PARTICLE, UP
from citegrid.pipeline.bibliography.entry.parse import Fields

#: "PLOS Biology (2015-07-07) https://doi.org/bdzf", alone on its line.
_DATED = re.compile(
    r"^(?P<venue>[^()]{0,120}(?:\([^()]*\)[^()]*)?)\((?P<year>(?:1[5-9]|20)\d\d)(?:-\d\d){0,2}\)\s*(?:https?://\S*)?\s*$"
)
_ISO = re.compile(r"\((?:1[5-9]|20)\d\d-\d\d(?:-\d\d)?\)\s*(?:https?://\S*)?\s*$")
#: "Authorea https://doi.org/gf3c59", "DOI: 10.1371/…": the first line behind the authors of an entry without a date.
_ADDRESS = re.compile(r"^(?P<venue>.{0,120}?)\s*(?:https?://|\b(?:DOI|ISBN|ISSN|PMID|PMCID):)")
_NAME = re.compile(
    rf"(?:…\s*)?(?:{PARTICLE}){{0,3}}[{UP}][\w.’'`´\ufffd\-‐]*(?:\s(?:- )?[{UP}{LOW}][\w.’'`´\ufffd\-‐]*){{0,6}}\.?|…(?:\s(?:for|on behalf of) [\w\s-]+)?"
)
#: "BI Intelligence", "Fox News": firms and papers whose last word is nobody's family name.
_FIRM = re.compile(r"\b(?:Intelligence|Insider|News|Technologies|Analytics|Solutions|Magazine)$")
_BEFORE_FAMILY = re.compile(rf"(?![A-Z] ){PARTICLE}|- ")
_NUMBER = re.compile(r"^[\[(]?\d{1,4}[\]).]?$")


def is_by_lines(entries: Sequence[Sequence[str]]) -> bool:
    """Whether the list prints each field on lines of its own: a third of its entries have a line that is venue and ISO date."""
    dated = sum(any(_ISO.search(line) and _DATED.match(line) for line in entry[1:]) for entry in entries)
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
    dated = next(((i, m) for i, line in enumerate(lines) if (m := _DATED.match(line))), None)
    last = dated or next(((i, m) for i, line in enumerate(lines) if (m := _ADDRESS.match(line))), None)
    count = last[0] if last else len(lines)
    venue = last[1]["venue"].strip(" .,") if last else ""
    year = int(dated[1]["year"]) if dated else fields.year
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


def _cut(lines: Sequence[str], full: Sequence[bool], bold: Sequence[bool]) -> tuple[int, int]:
    """Where the title ends and where the authors do: the title is bold, or what follows are names up to a line that is not full."""
    count = len(lines)
    if bold and bold[0] and not all(bold[:count]):
        return next(i for i, b in enumerate(bold) if not b), count
    ends = [i for i in range(1, count) if not full[i - 1]]
    for title in ends:
        for names in [count, *(i for i in reversed(ends) if i > title)]:
            if _are_names(" ".join(lines[title:names])):
                while title > 1 and lines[title - 1].count(",") > 1 and _are_names(" ".join(lines[title - 1 : names])):
                    title -= 1  # the title filled its line
                return title, names
    for title in range(1, count):
        if _are_names(" ".join(lines[title:])):
            return title, count
    if len(ends) == 1:
        return ends[0], count
    return (ends[0], ends[1]) if ends else (count, count)


def _are_names(text: str) -> bool:
    return all(_NAME.fullmatch(name) for name in _pieces(text)) or bool(INSTITUTION.search(text) and len(text) < 100)


def _pieces(text: str) -> list[str]:
    return [name for piece in re.split(r",\s*|;\s*", text) if (name := piece.strip(" :"))]


def _authors(text: str) -> tuple[str, ...]:
    pieces = _pieces(text)
    if any(piece.startswith("and ") for piece in pieces):  # lists by lines print no "and": a name with commas
        return (text,)
    return tuple(
        _inverted(name)
        for piece in pieces
        if (name := re.sub(r"^…\s*(?:for\b|on behalf of\b)?", "", piece).strip(" …:"))
    )


def _inverted(name: str) -> str:
    """``Tom B Brown`` as ``Brown, Tom B``; names of one word and of organisations stay."""
    words = name.split()
    if (
        len(words) < 2
        or len(words) > 8
        or INSTITUTION.search(name)
        or _FIRM.search(name)
        or re.search(r"\b(?:of|for|the|and)\b|\d", name)
    ):
        return " ".join(words)
    at = len(words) - 1
    while at > 1 and _BEFORE_FAMILY.fullmatch(words[at - 1] + " "):
        at -= 1
    at -= at > 1 and words[at] == "-"  # "Hulsbergen - van de Kaa"
    return f"{' '.join(words[at:])}, {' '.join(words[:at])}"


def without_label(lines: Sequence[str], label: str) -> tuple[str, ...]:
    """The texts of the lines of an entry, the first without its label."""
    texts = [" ".join(line.split()) for line in lines]
    if texts and label and texts[0].startswith(label):
        texts[0] = texts[0][len(label) :].strip()
    elif texts and _NUMBER.match(texts[0]):
        texts[0] = ""
    return tuple(texts)
