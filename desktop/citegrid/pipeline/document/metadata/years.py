"""The years in which a paper may have come out, by its first page: stamps, dates, what was published, heads and feet."""

from __future__ import annotations

from collections.abc import Iterator

from citegrid.core.document import BlockKind, Page
from citegrid.pipeline.document.blocks import text_of
from citegrid.pipeline.document.metadata.candidates import YearCandidate
from citegrid.pipeline.document.metadata.patterns import (
    ARXIV_STAMP,
    DATE_ALONE,
    DATE_LINE,
    EDGE_YEAR,
    PUBLISHED,
    WORD_OF_TEXT,
)

#: A year at the edge of the page counts beside so many letters: one that stands in a chart has none.
_FEWEST_LETTERS = 3
_EDGES = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE)


def on_page(page: Page) -> Iterator[YearCandidate]:
    """What the first page says."""
    text = page.text
    yield from (YearCandidate(int(year), stamped=1.0) for year in ARXIV_STAMP.findall(text))
    yield from (YearCandidate(int(year), published=1.0) for year in PUBLISHED.findall(text))
    yield from (YearCandidate(_year(groups), dated_line=1.0) for groups in DATE_LINE.findall(text))
    dates = (DATE_ALONE.fullmatch(text_of(page, block).strip()) for block in page.blocks)
    yield from (YearCandidate(_year(match.groups()), dated=1.0) for match in dates if match)
    yield from (YearCandidate(_year(groups), at_edge=1.0) for groups in EDGE_YEAR.findall(_edges(page)))


def _edges(page: Page) -> str:
    """The heads and feet of a page that hold words."""
    edges = (text_of(page, block) for block in page.blocks if block.kind in _EDGES)
    return " ".join(text for text in edges if len(WORD_OF_TEXT.findall(text)) >= _FEWEST_LETTERS)


def _year(groups: tuple[str | None, ...]) -> int:
    """The one group of a pattern that matched."""
    return int(next(filter(None, groups)))
