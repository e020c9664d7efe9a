"""The works of the table as BibTeX, written by bibtexparser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from citegrid.core.project import Project
from citegrid.core.reference import Reference
from citegrid.pipeline.export.references import BibliographyItem, items_of

#: CSL's type of a work → that of BibTeX and the field that its venue is in.
_KINDS = {
    "paper-conference": ("inproceedings", "booktitle"),
    "article-journal": ("article", "journal"),
    "chapter": ("incollection", "booktitle"),
    "book": ("book", "series"),
    "thesis": ("phdthesis", "series"),
    "report": ("techreport", "series"),
}
_OTHER = ("misc", "howpublished")
#: What a publisher is called where it is no publisher.
_HOUSES = {"thesis": "school", "report": "institution"}
_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {c: "\\" + c for c in "&%$#_"}
_AND = re.compile(r"\band\b", re.I)


def write_bib(project: Project, references: Sequence[Reference] = ()) -> str:
    """BibTeX in UTF-8."""
    # imported here: few files are written in it, and the program's start would wait for it
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field
    from bibtexparser.writer import BibtexFormat

    form = BibtexFormat()  # type: ignore[no-untyped-call]
    form.indent, form.block_separator, form.trailing_comma = "  ", "\n", True
    entries: list[Block] = [
        Entry(
            _KINDS.get(item.kind, _OTHER)[0], item.key, [Field(name, value) for name, value in _fields(item) if value]
        )
        for item in items_of(project, references)
    ]
    return write_string(Library(entries), bibtex_format=form)


def _fields(item: BibliographyItem) -> Iterator[tuple[str, str]]:
    """The fields with their values; addresses as they stand, for escaping them would break the link."""
    yield "title", f"{{{_tex(item.title)}}}"
    yield "author", " and ".join([*map(_author, item.authors), *["others"] * item.others])
    yield "year", str(item.year or "")
    yield _KINDS.get(item.kind, _OTHER)[1], _tex(item.venue)
    printed = item.imprint
    yield "volume", printed.volume
    yield "number", printed.issue
    yield "pages", printed.pages.replace("-", "--")
    yield _HOUSES.get(item.kind, "publisher"), _tex(printed.publisher)
    yield "address", _tex(printed.place)
    yield "doi", item.doi
    yield "eprint", item.arxiv
    yield "archiveprefix", "arXiv" if item.arxiv else ""
    yield "url", item.url.replace("{", "%7B").replace("}", "%7D")


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in text)


def _author(name: str) -> str:
    """A name that BibTeX cannot take apart wrongly: one without a comma is kept in one piece."""
    whole = "," not in name and " " in name
    return f"{{{_tex(name)}}}" if whole or _AND.search(name) else _tex(name)
