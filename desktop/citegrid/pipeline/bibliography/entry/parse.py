"""One entry of a reference list, parsed: authors, title, year, venue, DOI, arXiv id and URL.

The authors are read name by name from the start in the form of the first name
(``entry.authors``); what follows is a year, then the title up to its quotes,
its stop, its [J], or the italics of the venue (``entry.title``).
"""

from __future__ import annotations

from dataclasses import dataclass

from citegrid.core.text import join_lines
from citegrid.pipeline.bibliography.entry.accents import with_accents
from citegrid.pipeline.bibliography.entry.authors import read_authors
from citegrid.pipeline.bibliography.entry.identifiers import identifiers
from citegrid.pipeline.bibliography.entry.patterns import (
    DATE_AT_END,
    GLUED,
    LETTERED_WORKS,
    LINK,
    NATION,
    SECOND_WORK,
    SPACE_BEHIND_INITIAL,
    STROKE,
)
from citegrid.pipeline.bibliography.entry.title import clean, title_and_venue
from citegrid.pipeline.bibliography.entry.year import year_of_entry

#: Before so many characters no second work begins.
_FIRST_WORK = 20


@dataclass(frozen=True, slots=True)
class Fields:
    """What an entry names; empty where it does not. Authors are ``"Family, Given"``."""

    authors: tuple[str, ...] = ()
    title: str = ""
    year: int | None = None
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""


def parse_entry(printed: str, italic: str = "") -> Fields:
    """Parse an entry without its label; ``italic`` are its first words in italics, if any.

    The line breaks of ``printed`` say where an address goes on; it may also be one line.
    """
    doi, arxiv, url = identifiers(printed.strip())
    text = _first_work(_composed(join_lines(printed)))
    if link := LINK.match(text):
        return Fields((), clean(link.group(1) or ""), None, "", doi, arxiv, url)
    names = read_authors(text, _composed(italic))
    title, venue = title_and_venue(text, names, _composed(italic))
    year = year_of_entry(text[names.end :], title)
    if year and text.count(str(year)) == 1:  # "Title, 2024a. URL …"
        title = _without_date(title, year)
    return Fields(names.authors, title, year, venue, doi, arxiv, url)


def _without_date(title: str, year: int) -> str:
    date = DATE_AT_END.search(title)
    return title[: date.start()] if date and date[1] == str(year) else title


def _first_work(text: str) -> str:
    """``text`` up to the second of several works that share an entry; what names the entry is the first."""
    if lettered := LETTERED_WORKS.match(text):
        return lettered[1] + "."
    second = SECOND_WORK.search(text)
    return text[: second.start()] + "." if second and second.start() > _FIRST_WORK else text


def _composed(text: str) -> str:
    """``text`` with its accents on their letters and without the nation of a foreign author."""
    text = STROKE.sub(r"\1", with_accents(text))
    text = NATION.sub("", GLUED.sub(r"\1 \2", text))
    return SPACE_BEHIND_INITIAL.sub("", text)
