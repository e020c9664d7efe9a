"""The formats a project can be written in, chosen by the suffix of the file."""

from __future__ import annotations

import json
from collections.abc import Callable

from citegrid.core.errors import UsageError
from citegrid.core.evidence import Evidence
from citegrid.core.project import Project
from citegrid.core.result import to_json
from citegrid.pipeline.export.markdown import write_markdown
from citegrid.pipeline.export.word import WordOptions, write_docx

#: Suffix and what it is called in a file dialog, in the order a person is offered them.
FORMATS = {
    ".docx": "Word",
    ".md": "Markdown",
    ".json": "JSON",
}


def export(
    project: Project,
    suffix: str,
    *,
    version: str = "",
    crop: Callable[[Evidence], bytes | None] | None = None,
    word: WordOptions | None = None,
) -> bytes:
    """The project as the bytes of a file with ``suffix`` (``.docx``); raises UsageError for one we do not write."""
    kind = suffix.lower()
    if kind == ".docx":
        return write_docx(project, version=version, crops=crop, options=word)
    if kind == ".md":
        return write_markdown(project, version).encode("utf-8")
    if kind == ".json":
        return (json.dumps(to_json(project, version), ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    known = " ".join(FORMATS)
    raise UsageError(f"CiteGrid does not write {suffix or 'files without a suffix'}.", f"Choose one of {known}.")
