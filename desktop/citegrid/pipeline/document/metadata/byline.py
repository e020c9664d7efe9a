"""The authors that stand by a title: in the block below or above it, beside the first ones, or in rows across blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from citegrid.core.document import Block, BlockKind, Page
from citegrid.core.text import key_text
from citegrid.pipeline.document.blocks import text_of
from citegrid.pipeline.document.metadata.byline_rows import joined, rows_of
from citegrid.pipeline.document.metadata.candidates import AuthorsCandidate
from citegrid.pipeline.document.metadata.names import MOST_NAMES, names_of, names_of_line, organisation
from citegrid.pipeline.document.metadata.patterns import (
    AFFILIATION_LETTERS,
    BLOCK_GOES_ON,
    DIGITS,
    LIST_OPEN,
    NO_AUTHOR,
    OPENS_TEXT,
    ORCID,
    WORKPLACE,
)

#: Points below the first authors within which others may begin; tops that differ by less are level.
_NEAR, _LEVEL = 26, 3
#: So much of its key, at its beginning or its end, tells a title.
_ENOUGH = 40
#: Blocks from the title on at which the distance of names says no more.
_FAR = 20


def authors(pages: Sequence[Page], title: str) -> Iterator[AuthorsCandidate]:
    """What may be the authors of the paper whose title stands on ``pages``, the first ones (one may be a cover)."""
    key = key_text(title)
    for later, page in enumerate(pages):
        parts = [n for n, block in enumerate(page.blocks) if _is_of_title(text_of(page, block), key)]
        if parts:
            yield from (replace(one, later=float(later)) for one in (*_below(page, parts), *_above(page, parts)))


def _is_of_title(text: str, title: str) -> bool:
    """Whether a block is a part of the title, or holds it."""
    key = key_text(text)
    return bool(key and title) and (key in title or title[:_ENOUGH] in key or title[-_ENOUGH:] in key)


def _below(page: Page, parts: Sequence[int]) -> Iterator[AuthorsCandidate]:
    """Names and organisations between the title and what opens the text."""
    below = [n for n in range(parts[0] + 1, len(page.blocks)) if n not in parts and _is_text(page.blocks[n])]
    for steps, n in enumerate(below):
        block, text = page.blocks[n], text_of(page, page.blocks[n])
        if OPENS_TEXT.match(text.strip()):
            return
        distance = min(steps / _FAR, 1.0)
        following = "\n".join(text_of(page, b) for b in page.blocks[n : n + 2])
        if names := names_of(text):
            names = _with_others(page, page.blocks[n + 1 :], block, names)
            yield AuthorsCandidate(names, by_title=1.0, distance=distance)
            yield _as_seen(page, block, names, distance)
        elif name := organisation(text, following):
            yield AuthorsCandidate((name,), by_title=1.0, distance=distance)


def _above(page: Page, parts: Sequence[int]) -> Iterator[AuthorsCandidate]:
    """A list of names in the block right above the title."""
    before = [block for block in page.blocks[: parts[0]] if _is_text(block)]
    names = names_of(text_of(page, before[-1])) if before else ()
    if len(names) > 1:
        yield AuthorsCandidate(names, by_title=1.0, above=1.0)


def _as_seen(page: Page, first: Block, names: tuple[str, ...], distance: float) -> AuthorsCandidate:
    """The names of the rows from ``first`` on; they are incomplete where they lack one of ``names``."""
    rows: list[str] = []
    found: list[str] = []
    for row in rows_of(page, first, _top_of_text(page, page.blocks)):
        if not names_of_line(joined([*rows[-1:], row])) or NO_AUTHOR.search(row) or WORKPLACE.search(row):
            break
        rows.append(row)
        found = names_of_line(joined(rows))
    whole = len(found) >= len(names) and all(any(_completes(name, other) for other in found) for name in names)
    distinct = tuple(dict.fromkeys(found))[:MOST_NAMES]
    return AuthorsCandidate(distinct, by_title=1.0, distance=distance, seen=1.0, incomplete=float(not whole))


def _completes(name: str, seen: str) -> bool:
    """Whether the rows have ``name`` whole, or without the letters of affiliations that the block glues to it."""
    return seen.startswith(name) or (
        name.startswith(seen) and AFFILIATION_LETTERS.fullmatch(name.removeprefix(seen)) is not None
    )


@dataclass(slots=True)
class _Byline:
    """A byline while it grows block by block."""

    first: Block
    names: list[str]
    #: The text of the last block that added a name.
    last: str
    #: Names stand beside each other in blocks of their own.
    grid: bool = False

    def add(self, block: Block, text: str) -> None:
        """Take the new names of a block over, where it belongs to the byline."""
        level = block.box.y0 <= self.first.box.y0 + _LEVEL
        more = [name for name in names_of(text) if name not in self.names]
        if more and (level or self._goes_on(block, text) or ORCID.search(text)):
            self.names += more
            self.last = text
            self.grid |= level

    def _goes_on(self, block: Block, text: str) -> bool:
        """Whether a block right below the first one goes on with the list, or with the grid."""
        near = block.box.y0 <= self.first.box.y1 + _NEAR
        in_list = BLOCK_GOES_ON.match(text) is not None or LIST_OPEN.search(self.last) is not None
        return near and (in_list or (self.grid and DIGITS.search(text) is not None))


def _with_others(page: Page, blocks: Sequence[Block], first: Block, names: Sequence[str]) -> tuple[str, ...]:
    """``names`` of the first block and of those beside it, right below it, or with an ORCID each."""
    byline = _Byline(first, list(names), text_of(page, first).strip())
    top = _top_of_text(page, blocks)
    for block in blocks:
        if _is_text(block) and first.box.y0 - _LEVEL <= block.box.y0 < top:
            byline.add(block, text_of(page, block).strip())
    return tuple(byline.names[:MOST_NAMES])


def _top_of_text(page: Page, blocks: Sequence[Block]) -> float:
    """Where the abstract begins, in points from the top; the foot of the page where none does."""
    return min((b.box.y0 for b in blocks if OPENS_TEXT.match(text_of(page, b).strip())), default=page.height)


def _is_text(block: Block) -> bool:
    return block.kind in (BlockKind.BODY, BlockKind.HEADING)
