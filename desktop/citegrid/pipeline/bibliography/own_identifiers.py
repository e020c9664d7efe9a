"""A paper's own DOI and arXiv id, where its first pages print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from operator import attrgetter
from unicodedata import normalize

from citegrid.core.document import Block, BlockKind, Document, Page
from citegrid.core.language import lexicon
from citegrid.core.language.script import has_han
from citegrid.pipeline.bibliography.entry.identifiers import identifiers

#: Pages that are looked at: a title page may lie behind a cover.
FIRST = 2
#: Characters of a block that is running text: the DOIs in it are of data and of others' works.
RUNNING_TEXT = 300
MARGINS = (BlockKind.HEADER, BlockKind.FOOTER)
_LEXICON = "bibliography"
#: What stands before a DOI; what begins the part of one that names a journal's ISSN; letters that OCR reads for the figures behind it.
_LABEL, _ISSN, _FIGURES = "doi", "issn.", str.maketrans("oOlI", "0011")
#: With what a DOI ends that a line, and the block with it, was cut off behind.
_CUT = ("-", "/", "_")
#: The hyphens and minus signs of fonts.
_DASHES = str.maketrans("−‐‑–", "----")


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
    dois = sorted(filter(attrgetter("doi"), found), key=lambda one: -_of_doi(one))
    arxivs = sorted(filter(attrgetter("arxiv"), found), key=lambda one: -one.worth)
    return replace(document, doi=dois[0].doi if dois else "", arxiv=arxivs[0].arxiv if arxivs else "")


def _printed(page: Page) -> Iterator[_Identifiers]:
    fillers = lexicon.words(_LEXICON, "doi_fillers")
    for block in page.blocks:
        if block.kind is BlockKind.ENTRY:
            continue
        doi, arxiv, _ = identifiers(_plain(page.text[block.start : block.end]))
        doi = "" if doi.casefold() in fillers else _with_issn(doi)
        if doi or arxiv:
            yield _Identifiers(doi, arxiv, _worth(page, block))


def _worth(page: Page, block: Block) -> int:
    short = block.end - block.start <= RUNNING_TEXT
    return 2 * (block.kind in MARGINS) + 2 * short + (page.number == 1)


def _of_doi(one: _Identifiers) -> int:
    of_data = one.doi.casefold().startswith(lexicon.words(_LEXICON, "data_archives"))
    of_journal = not any(map(str.isdigit, one.doi.partition("/")[2]))  # "10.24327/IJRSR" stands on each of its papers
    return one.worth - 10 * of_data - 6 * (of_journal + one.doi.endswith(_CUT))  # the next block has its rest


def _plain(text: str) -> str:
    """``text`` with the signs of a DOI as it is registered: Chinese journals set them in full width, or a blank behind each stop."""
    return "\n".join(map(_together, normalize("NFKC", text).translate(_DASHES).split("\n")))


def _together(line: str) -> str:
    """A line whose labelled DOI has blanks in it, or another sign for its slash, with the DOI in one piece."""
    at = line.casefold().find(_LABEL) + len(_LABEL)
    if at < len(_LABEL):
        return line
    printed = "".join(takewhile(lambda sign: not has_han(sign), line[at:]))
    doi = (printed, "".join(printed.split()))["10. " in printed]
    whole = doi.replace("?", "/", "/" not in doi)
    return f"{line[:at]}{whole} {line[at + len(printed) :]}"


def _with_issn(doi: str) -> str:
    """A DOI as OCR read it, with the hyphen and the figures of the ISSN in it."""
    head, issn, rest = doi.partition(_ISSN)
    return f"{head}{issn}{rest[:4]}-{rest[5:].translate(_FIGURES)}" if rest[4:5] == "." else doi
