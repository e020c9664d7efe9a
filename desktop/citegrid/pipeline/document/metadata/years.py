"""The year in which a paper came out, by its first pages: stamps, dates, covers, what was published, heads and feet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum
from itertools import chain

from citegrid.core.document import BlockKind, Page
from citegrid.pipeline.document.blocks import text_of
from citegrid.pipeline.document.metadata import file_data
from citegrid.pipeline.document.metadata.patterns import (
    ARXIV_STAMP,
    COVER_DATE,
    DATE_LINE,
    EDGE_YEAR,
    PUBLISHED,
    SPELT_YEAR,
)

#: A year at the edge of the page counts beside so many letters: one that stands in a chart has none.
_FEWEST_LETTERS = 3
_EDGES = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE)
_DIGITS = {**{c: str(i) for i, c in enumerate("零一二三四五六七八九")}, "〇": "0", "○": "0", "O": "0"}


class Told(IntEnum):
    """How a year is told; the higher counts."""

    AT_EDGE = 1
    PUBLISHED = 2
    DATED = 3
    COVER = 4
    STAMPED = 5


def year_of(pages: Sequence[Page], metadata: Mapping[str, str]) -> int | None:
    """The year that ``pages`` print, none later than the year after the file was made; of years told alike the latest, for a
    history ends with the publication."""
    made = file_data.year_made(metadata)
    latest = made + 1 if made else date.today().year
    printed = chain(*map(_on_cover, pages), *map(_on_page, pages[:1]))
    return max(((told, year) for told, year in printed if year <= latest), default=(None, None))[1]


def _on_cover(page: Page) -> Iterator[tuple[Told, int]]:
    """The years of dates that covers print in Chinese (``2022 年 5 月``, ``二〇二二年``, ``2022 届``)."""
    for one, other in COVER_DATE.findall(page.text):
        yield Told.COVER, int(one or other)
    for spelt in SPELT_YEAR.findall(page.text):
        yield Told.COVER, int("".join(_DIGITS.get(c, c) for c in spelt))


def _on_page(page: Page) -> Iterator[tuple[Told, int]]:
    """What the first page says."""
    text = page.text
    yield from ((Told.STAMPED, int(year)) for year in ARXIV_STAMP.findall(text))
    yield from ((Told.PUBLISHED, int(year)) for year in PUBLISHED.findall(text))
    dates = map(DATE_LINE.fullmatch, text.split("\n"))
    yield from ((Told.DATED, _year(match.groups())) for match in dates if match)
    yield from ((Told.AT_EDGE, _year(groups)) for groups in EDGE_YEAR.findall(_edges(page)))


def _edges(page: Page) -> str:
    """The heads and feet of a page that hold words."""
    edges = (text_of(page, block) for block in page.blocks if block.kind in _EDGES)
    return " ".join(text for text in edges if sum(map(str.isalpha, text)) >= _FEWEST_LETTERS)


def _year(groups: tuple[str | None, ...]) -> int:
    """The one group of a pattern that matched."""
    return int(next(filter(None, groups)))
