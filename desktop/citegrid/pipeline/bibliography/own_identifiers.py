"""A paper's own DOI and arXiv id, where its first pages print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from citegrid.core.document import Block, BlockKind, Document, Page
from citegrid.core.language import lexicon
from citegrid.pipeline.bibliography.entry.identifiers import identifiers

#: Pages that are looked at: a title page may lie behind a cover.
FIRST = 2
#: Characters of a block that is running text: the DOIs in it are of data and of others' works.
RUNNING_TEXT = 300
MARGINS = (BlockKind.HEADER, BlockKind.FOOTER)
_LEXICON = "bibliography"


@dataclass(frozen=True, slots=True)
class _Identifiers:
    """The identifiers of a block, and how well it stands for a place where a paper prints its own."""

    doi: str
    arxiv: str
    worth: int


def with_own_identifiers(document: Document) -> Document:
    """The document with its DOI and arXiv id; empty where none is printed.

    Margins count before other short blocks, those before running text, the first page before the second.  DOIs of
    archives of data count last, and what templates print in the place of a DOI counts for none.
    """
    found = [one for page in document.pages[:FIRST] for one in _printed(page)]
    dois = sorted((one for one in found if one.doi), key=lambda one: -_of_doi(one))
    arxivs = sorted((one for one in found if one.arxiv), key=lambda one: -one.worth)
    return replace(document, doi=dois[0].doi if dois else "", arxiv=arxivs[0].arxiv if arxivs else "")


def _printed(page: Page) -> Iterator[_Identifiers]:
    fillers = lexicon.words(_LEXICON, "doi_fillers")
    for block in page.blocks:
        if block.kind is BlockKind.ENTRY:
            continue
        doi, arxiv, _ = identifiers(page.text[block.start : block.end])
        doi = "" if doi.casefold() in fillers else doi
        if doi or arxiv:
            yield _Identifiers(doi, arxiv, _worth(page, block))


def _worth(page: Page, block: Block) -> int:
    short = block.end - block.start <= RUNNING_TEXT
    return 2 * (block.kind in MARGINS) + 2 * short + (page.number == 1)


def _of_doi(one: _Identifiers) -> int:
    of_data = one.doi.casefold().startswith(lexicon.words(_LEXICON, "data_archives"))
    return one.worth - 10 * of_data
