"""The formats a project can be written in, chosen by the suffix of the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from citegrid.core.errors import UsageError
from citegrid.core.evidence import Evidence
from citegrid.core.messages import Message
from citegrid.core.project import Project
from citegrid.core.reference import Reference
from citegrid.core.serialisation.result import to_json
from citegrid.pipeline.export.bibtex import write_bib
from citegrid.pipeline.export.markdown import write_markdown
from citegrid.pipeline.export.references import entries_of, write_csl
from citegrid.pipeline.export.ris import write_ris
from citegrid.pipeline.export.word.options import WordOptions

#: Suffix and what it is called (a key of the catalogue), in the order a person is offered them.  A PDF with highlights is
#: a copy of the paper and is made by an engine; ``export`` writes all the others.
FORMATS = {
    ".docx": Message("Word report"),
    ".pdf": Message("Paper with highlights"),
    ".xlsx": Message("Excel"),
    ".md": Message("Markdown"),
    ".csv": Message("Table as text"),
    ".bib": Message("BibTeX"),
    ".ris": Message("RIS"),
    ".csl.json": Message("CSL-JSON"),
    ".json": Message("Data"),
}
#: Formats that hold the works alone, and so nothing that evidence would have to carry.
WORKS_ONLY = frozenset({".bib", ".ris", ".csl.json"})


def suffix_of(name: str) -> str:
    """The suffix of a file name that decides its format: the longest one we know, else its last."""
    lower = name.lower()
    known = list(filter(lower.endswith, FORMATS))
    if known:
        return max(known, key=len)
    return f".{lower.rsplit('.', 1)[1]}" if "." in lower else ""


def write_result(project: Project, version: str, references: Sequence[Reference]) -> bytes:
    """The whole result as JSON, with the entries of the works that it names."""
    data = to_json(replace(project, references=entries_of(project, references)), version)
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def export(
    project: Project,
    suffix: str,
    *,
    version: str = "",
    crop: Callable[[Evidence], bytes | None] | None = None,
    word: WordOptions | None = None,
    references: Sequence[Reference] = (),
) -> bytes:
    """The project as the bytes of a file with ``suffix`` (``.docx``); raises UsageError for one we do not write.

    ``crop`` gives pictures of quoted lines for Word; ``references`` are the paper's, for what only they know (venue,
    DOI) in the bibliographic formats.
    """
    # the libraries of Word and Excel take long to load, and most who ask for a format only offer it
    from citegrid.pipeline.export.spreadsheets import write_csv, write_xlsx
    from citegrid.pipeline.export.word.write import write_docx

    writers: dict[str, Callable[[], bytes]] = {
        ".docx": lambda: write_docx(project, version=version, crops=crop, options=word),
        ".md": lambda: write_markdown(project, version).encode("utf-8"),
        ".xlsx": lambda: write_xlsx(project, version),
        ".csv": lambda: write_csv(project),
        ".json": lambda: write_result(project, version, references),
        ".bib": lambda: write_bib(project, references).encode("utf-8"),
        ".ris": lambda: write_ris(project, references).encode("utf-8"),
        ".csl.json": lambda: write_csl(project, references).encode("utf-8"),
    }
    write = writers.get(suffix.lower())
    if write is None:
        known = " ".join(FORMATS)
        unknown = Message("CiteGrid does not write {suffix}.", suffix=suffix)
        raise UsageError(
            unknown if suffix else "CiteGrid does not write files without a suffix.",
            Message("Choose one of {known}.", known=known),
        )
    return write()
