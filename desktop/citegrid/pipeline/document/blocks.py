"""The text and the words of a block of a page."""

from __future__ import annotations

from citegrid.core.document import Block, Page, Word


def text_of(page: Page, block: Block) -> str:
    """The characters of ``block``, with its line ends."""
    return page.text[block.start : block.end]


def words_of(page: Page, block: Block) -> list[Word]:
    """The words that begin in ``block``."""
    return [word for word in page.words if block.start <= word.start < block.end]
