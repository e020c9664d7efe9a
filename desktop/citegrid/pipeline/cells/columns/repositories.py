"""Where a paper prints the address of its own code and data: in a sentence, a note at the foot, a section on availability.

Papers print many addresses of repositories that are others' tools.  One is the paper's own when the sentence or the note around
it says that something is available there, in the paper's voice, on its first page or in a section about that, and cites nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from citegrid.core.document import Block, BlockKind, Document, Page, Span
from citegrid.core.language.text import join_lines, sentences
from citegrid.pipeline.bibliography.entry.identifiers import identifiers
from citegrid.pipeline.cells.columns import patterns

#: Blocks that may print it; entries and captions of others' figures do not.
_MAY_PRINT = (BlockKind.BODY, BlockKind.FOOTNOTE, BlockKind.HEADER, BlockKind.FOOTER, BlockKind.HEADING)
#: Signs before an address and around it, and the characters of a scheme that a line broke ("https: //").
_BEFORE = " \n\t(（[<，：；。"
_AROUND = " ()[]{}<>（）【】《》“”\"'，,。.;；:："
LONGEST_SCHEME = 9


@dataclass(frozen=True, slots=True)
class Repository:
    """An address as printed, and the sentence or note that prints it."""

    address: str
    span: Span


def own_repository(document: Document) -> Repository | None:
    """Where the paper says its code or data is kept; None where it prints no such place, or only those of others."""
    return next((found for page in document.pages for found in _on_page(page)), None)


def address_in(text: str) -> str:
    """The first address of a repository in ``text``, put together where a line breaks it; empty without one."""
    found = (_address_at(text, host.start()) for host in patterns.REPOSITORY_HOSTS.finditer(text))
    return next((address for address in found if "/" in address), "")


def _address_at(text: str, host: int) -> str:
    """The address with its host at ``host``; a mere name where the text only names the host ("on Zenodo")."""
    start = max(text.rfind(sign, 0, host) for sign in _BEFORE) + 1
    scheme = text.rfind("http", max(0, start - LONGEST_SCHEME), start)
    _, _, url = identifiers(text[scheme if scheme >= 0 else start :])
    return (url or text[start:].split()[0]).strip(_AROUND)


def _on_page(page: Page) -> Iterator[Repository]:
    """The addresses of the paper itself on a page, in its order, each judged with the heading above it."""
    section = ""
    for block in page.blocks:
        text = page.text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            section = join_lines(text)
        if block.kind in _MAY_PRINT and patterns.REPOSITORY_HOSTS.search(text):
            yield from _in_block(page, block, section)


def _in_block(page: Page, block: Block, section: str) -> Iterator[Repository]:
    """The addresses of the paper itself in the sentences of a block."""
    text = page.text[block.start : block.end]
    for start, end in sentences(text):
        said = text[start:end]
        address = address_in(text[start:]) if patterns.REPOSITORY_HOSTS.search(said) else ""
        if address and _is_own(join_lines(said), section, page.number):
            yield Repository(address, Span(page.number, block.start + start, block.start + end))


def _is_own(said: str, section: str, page: int) -> bool:
    """Whether a sentence says where the paper keeps something: a first page speaks of the paper."""
    in_place = page == 1 or patterns.ON_AVAILABILITY.search(section) is not None
    own = in_place or patterns.OWN_VOICE.search(said) is not None
    return own and patterns.SAYS_AVAILABLE.search(said) is not None and patterns.OTHERS_WORK.search(said) is None
