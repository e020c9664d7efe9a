"""The front of a paper: the title, the authors and the year that its candidates are worth most for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from citegrid.core.document import Page
from citegrid.pipeline.document.metadata import byline, file_data, thesis_cover, title_page, years
from citegrid.pipeline.document.metadata.candidates import LEAST, best

#: Covers and title pages are the first pages.
_FIRST = 2


@dataclass(frozen=True, slots=True)
class Front:
    """What a paper says of itself; empty, and None, where nothing does."""

    title: str
    authors: tuple[str, ...]
    year: int | None


def front_of(pages: Sequence[Page], metadata: Mapping[str, str]) -> Front:
    """Title, authors and year by ``pages`` in reading order and the file's own data."""
    title = title_of(pages, metadata)
    return Front(title, authors_of(pages, title, metadata), year_of(pages, metadata))


def title_of(pages: Sequence[Page], metadata: Mapping[str, str]) -> str:
    """The title; empty where nothing can be one."""
    first = pages[:_FIRST]
    found = best(
        [
            *file_data.titles(metadata, first),
            *thesis_cover.titles(first),
            *title_page.titles(first),
        ],
        LEAST,
    )
    return found.value if found else ""


def authors_of(pages: Sequence[Page], title: str, metadata: Mapping[str, str]) -> tuple[str, ...]:
    """The authors of the paper with that title; empty when none is sure."""
    first = pages[:_FIRST]
    printed = byline.authors(first, title) if title else ()
    found = best([*thesis_cover.authors(first), *printed, *file_data.authors(metadata)])
    return found.value if found else ()


def year_of(pages: Sequence[Page], metadata: Mapping[str, str]) -> int | None:
    """The year the paper came out; none later than the year after the file was made."""
    made = file_data.years(metadata)
    latest = made[0].value + 1 if made else date.today().year
    first = pages[:_FIRST]
    printed = [*thesis_cover.years(first), *(years.on_page(first[0]) if first else ())]
    possible = [one for one in printed if one.value <= latest]
    # Of years that are told alike the latest counts: a history ends with the publication.
    found = best(sorted([*possible, *made], key=lambda one: -one.value))
    return found.value if found else None
