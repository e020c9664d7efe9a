"""The works of the table as RIS, written by rispy."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.core.project import Project
from citegrid.core.reference import Reference
from citegrid.pipeline.export.references import BibliographyItem, items_of

_KINDS = {
    "paper-conference": "CONF",
    "article-journal": "JOUR",
    "article": "UNPB",
    "book": "BOOK",
    "chapter": "CHAP",
    "thesis": "THES",
    "report": "RPRT",
    "patent": "PAT",
    "article-newspaper": "NEWS",
    "webpage": "ELEC",
}


def write_ris(project: Project, references: Sequence[Reference] = ()) -> str:
    """RIS, lines ending in CR LF."""
    from rispy import RisWriter  # type: ignore[import-untyped]

    class _RisFile(RisWriter):  # type: ignore[misc]  # rispy comes without types
        """Records without numbers before them and without empty lines between them, as Zotero writes them."""

        NEWLINE = "\r\n"
        SEPARATOR = None

        def set_header(self, count: int) -> str:
            return ""

    return str(_RisFile().formats(list(map(_record, items_of(project, references)))))


def _record(item: BibliographyItem) -> dict[str, str | list[str]]:
    """A work under rispy's names, in the order of the file; what is not known is left out."""
    first, _, last = item.imprint.pages.partition("-")
    record: dict[str, str | list[str]] = {
        "type_of_reference": _KINDS.get(item.kind, "GEN"),
        "id": item.key,
        "authors": list(item.authors),
        "title": item.title,
        "year": str(item.year or ""),
        "secondary_title": item.venue,
        "volume": item.imprint.volume,
        "number": item.imprint.issue,
        "start_page": first,
        "end_page": last,
        "publisher": item.imprint.publisher,
        "place_published": item.imprint.place,
        "doi": item.doi,
        "accession_number": f"arXiv:{item.arxiv}" if item.arxiv else "",
        "urls": [item.url] if item.url else [],
    }
    return {name: value for name, value in record.items() if value}
