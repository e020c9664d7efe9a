"""Where a paper itself was printed: the journal, volume and pages that it tells how to be cited by, or that its margins name.

Nothing is taken that does not read as an entry of this very paper: its title letter by letter, and for a margin, which bears no
title, its year, a volume and pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import takewhile

from citegrid.core.document import BlockKind, Document, Page
from citegrid.core.language import lexicon
from citegrid.core.language.script import has_han
from citegrid.core.language.text import key_text
from citegrid.core.reference import Imprint, Reference
from citegrid.pipeline.bibliography.entry.parse import Fields, parse_entry

#: Characters of a block that may tell how a paper is cited, and of one in the margins that may name its journal.
_LONGEST, _MARGIN = 900, 160
#: Letters that may stand there beside the journal: "Vol.", "pp.", a month.
_BESIDE = 16
_HEADS = lexicon.words("bibliography", "own_citation_heads")


def own_entry(document: Document, own_id: str) -> Reference:
    """The paper as an entry of a list would give it, under ``own_id``; venue and imprint are empty where it prints none."""
    fields = next(filter(partial(_is_of, document), _candidates(document)), Fields())
    return Reference(
        own_id, "", "", 1, (), (), document.authors, document.called, document.year, fields.venue, document.doi, document.arxiv,
        imprint=fields.imprint,
    )  # fmt: skip


def _candidates(document: Document) -> Iterator[Fields]:
    """What blocks that print the paper's title say of it, then what its margins do."""
    title = key_text(document.title)
    if not title:
        return
    for page in (*document.pages[:2], *document.pages[2:][-1:]):
        yield from (parse_entry(text) for text in _texts(page, _LONGEST) if title in key_text(text) != title)
    named = f"{'; '.join(document.authors)}. {document.title}. "
    for text in (text for text in _texts(document.pages[0], _MARGIN) if str(document.year) in text):
        fields = parse_entry(f"{named}{text}")
        if _names_journal(fields, text):
            yield fields
    yield _above_title(document)


def _above_title(document: Document) -> Fields:
    """What a Chinese journal prints above its title: its name, and the number of the volume and of the issue beside their words."""
    page = document.pages[0]
    above = takewhile(lambda block: block.kind is not BlockKind.HEADING, page.blocks)
    texts = ("".join(page.text[block.start : block.end].split()) for block in above)
    named = sorted(filter(has_han, texts), key=lambda text: any(map(str.isdigit, text)))
    printed = ", ".join(named)[:_MARGIN]
    fields = parse_entry(f"{', '.join(document.authors)}. {document.title}[J]. {printed}")
    number = fields.imprint
    volume, issue = number.volume * (f"{number.volume}卷" in printed), number.issue * (f"{number.issue}期" in printed)
    is_named = issue and fields.venue in named[:1]
    return replace(fields, imprint=Imprint(volume, issue, mark=number.mark)) if is_named else Fields()


def _names_journal(fields: Fields, text: str) -> bool:
    """Whether a margin tells a journal with volume and pages, and hardly anything else."""
    beside = sum(map(str.isalpha, text)) - sum(map(str.isalpha, fields.venue))
    return all((fields.imprint.volume, fields.imprint.pages, beside <= _BESIDE, ":" not in fields.venue))


def _texts(page: Page, longest: int) -> Iterator[str]:
    """The short blocks of a page, each from where it says that it tells how the paper is cited."""
    blocks = (block for block in page.blocks if block.end - block.start <= longest)
    return map(_behind_head, (page.text[block.start : block.end] for block in blocks))


def _behind_head(text: str) -> str:
    for head in _HEADS:
        text = text.rpartition(head)[2].lstrip(" :：")
    return text


def _is_of(document: Document, fields: Fields) -> bool:
    same = key_text(fields.title) == key_text(document.title) and fields.year in (None, document.year)
    return same and bool(fields.venue) and not fields.imprint.mixed
