"""The result as JSON: what ``citegrid fill --json`` writes and ``verify``, ``export`` and the project folder read.

``to_json`` gives the fields that the contract of the command line fixes, and
beside them what is needed to read the same project back.  ``from_json`` takes
that apart again; fields it does not know are ignored, so a newer file still
opens.  Where a file lies on the disk is not part of a result: it is given
away, and only name and SHA-256 are.  The picture's own rows stay in the
project folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from citegrid.core.document import PaperDetails
from citegrid.core.evidence import SourceKind
from citegrid.core.glossary import Term
from citegrid.core.messages import Message, as_message, say
from citegrid.core.messages import from_json as message_from_json
from citegrid.core.messages import to_json as message_to_json
from citegrid.core.project import Check, Project, Run, SourceFile
from citegrid.core.reference import Work, WorkKind
from citegrid.core.serialisation.account_json import fate_from_json, fate_to_json
from citegrid.core.serialisation.annotation_json import annotation_from_json, annotation_to_json
from citegrid.core.serialisation.column_json import column_from_json, column_to_json
from citegrid.core.serialisation.fields import Field, not_one_of, scrubbed
from citegrid.core.serialisation.reference_json import reference_from_json, reference_to_json
from citegrid.core.serialisation.statement_json import (
    evidence_from_json,
    evidence_to_json,
    heard,
    review_from_json,
    review_to_json,
    said_to_json,
    wording_from_json,
    wording_to_json,
)
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict

_RESULT = Message("The result")
HINT = "Give the file that `citegrid fill --json` wrote, unchanged."


def to_json(project: Project, version: str) -> dict[str, Any]:
    """The whole result, made of dicts, lists, strings, numbers, booleans and None; ``version`` is CiteGrid's own."""
    hashes = hashes_of(project)
    data = frame_to_json(project, version) | {
        "rows": [row_to_json(r, hashes, project.language) for r in project.table.rows]
    }
    cleaned: dict[str, Any] = scrubbed(data)
    return cleaned


def hashes_of(project: Project) -> dict[str, str]:
    """The papers' hashes by name where there are several: a name alone proves nothing outside the project then."""
    return {f.name: f.sha256 for f in project.papers} if project.also else {}


def frame_to_json(project: Project, version: str) -> dict[str, Any]:
    """The result without its rows (an empty list stands in their place)."""
    run = project.run
    review = review_to_json(project.review, project.language) if project.review else None
    if project.also and review is not None:
        _name_documents(review["sentences"], hashes_of(project))
    return {
        "query": project.query,
        "language": project.language,
        "columns": [c.name for c in project.table.columns],
        "column_details": [column_to_json(c) for c in project.table.columns],
        "rows": [],
        "review": review,
        **({"review_beside": review_to_json(project.beside, project.language)} if project.beside else {}),
        "checks": [_check_out(c, project.language) for c in project.checks],
        "usage": {
            "prompt_tokens": run.prompt_tokens,
            "cached_tokens": run.cached_tokens,
            "generated_tokens": run.generated_tokens,
            "seconds": dict(run.seconds),
        },
        "run": _run_out(project, version),
        "asked": _asked_out(project),
        **({"references": [reference_to_json(r) for r in project.references]} if project.references else {}),
    }


def _run_out(project: Project, version: str) -> dict[str, Any]:
    run = project.run
    return {
        "app": version,
        "model": run.model,
        "model_sha256": run.model_sha256,
        **({"translator": run.translator, "translator_sha256": run.translator_sha256} if run.translator else {}),
        **({"cluster": run.cluster} if run.cluster else {}),
        "seed": run.seed,
        **_file_out("pdf", project.paper),
        **_file_out("image", project.picture),
        "library": _files_out(project.library),
        **({"papers": _files_out(project.papers)} if project.also else {}),
    }


def _asked_out(project: Project) -> dict[str, Any]:
    return {
        "max_rows": project.max_rows,
        "target": project.target,
        "label_offset": project.label_offset,
        **({"dropped": list(project.dropped)} if project.dropped else {}),
        **({"glossary": [_term_out(t) for t in project.glossary]} if project.glossary else {}),
        **({"label_offsets": dict(project.also_offsets)} if project.also else {}),
        **({"details": [_details_out(*d) for d in project.details]} if project.details else {}),
        **({"annotations": [annotation_to_json(a) for a in project.annotations]} if project.annotations else {}),
        **({"account": [fate_to_json(f, project.language) for f in project.account]} if project.account else {}),
    }


def _details_out(sha256: str, details: PaperDetails) -> dict[str, Any]:
    said = {"title": details.title, "authors": list(details.authors), "year": details.year, "doi": details.doi}
    known = {name: value for name, value in (("origin", details.origin), ("item", details.item)) if value}
    return {"sha256": sha256, **said, **known}


def _details_in(details: Field) -> tuple[str, PaperDetails]:
    authors = tuple(author.as_text() for author in details.items("authors"))
    year = None if details.get("year").missing else details.whole("year")
    known = (details.text(name, "") for name in ("doi", "origin", "item"))
    said = PaperDetails(details.text("title"), authors, year, *known)
    return details.text("sha256"), said


def _term_out(term: Term) -> dict[str, str]:
    return {"english": term.english, "chinese": term.chinese, "source": term.source}


def _term_in(term: Field) -> Term:
    return Term(term.text("english"), term.text("chinese"), term.text("source", ""))


def _file_out(name: str, file: SourceFile | None) -> dict[str, str]:
    return {name: file.name if file else "", f"{name}_sha256": file.sha256 if file else ""}


def _files_out(files: Sequence[SourceFile]) -> list[dict[str, str]]:
    return [{"name": f.name, "sha256": f.sha256} for f in files]


def row_to_json(row: Row, hashes: Mapping[str, str], language: str) -> dict[str, Any]:
    """A row of the contract, its reasons said in ``language``; ``hashes`` are those of ``hashes_of``."""
    cells = [cell_to_json(c, language) for c in row.cells]
    if hashes:
        _name_documents(cells, hashes)
    data: dict[str, Any] = {"work": _work_out(row.work, language), "cells": cells}
    return {**data, "pinned": True} if row.pinned else data


def from_json(data: object, name: str = _RESULT) -> Project:
    """The project that ``to_json`` wrote; raises InputError naming the file (``name``) and the field that is wrong.

    A ``SourceFile`` read back has its name as its path.
    """
    root = Field(data, "", name, HINT)
    columns = _columns_in(root)
    review, beside = root.get("review"), root.get("review_beside")
    run, usage, asked = root.get("run"), root.get("usage"), root.get("asked")
    rows = tuple(row_from_json(r, columns) for r in root.items("rows", needed=True))
    if len({row.work.id for row in rows}) != len(rows):
        raise root.fault("rows", Message("holds a work twice"))
    language = root.text("language", "zh")
    if language not in ("zh", "en"):
        raise root.fault("language", not_one_of(language, ("zh", "en")))
    return Project(
        query=root.text("query", ""),
        language=language,
        paper=_file_in(run, "pdf"),
        picture=_file_in(run, "image"),
        library=tuple(SourceFile(f.text("name"), f.text("name"), f.text("sha256", "")) for f in run.items("library")),
        table=Table(columns, rows),
        review=None if review.missing else review_from_json(review),
        beside=None if beside.missing else review_from_json(beside),
        checks=tuple(Check(heard(c, "name"), c.flag("passed"), heard(c, "detail", "")) for c in root.items("checks")),
        run=Run(
            model=run.text("model", ""),
            model_sha256=run.text("model_sha256", ""),
            seed=run.whole("seed", 0),
            prompt_tokens=usage.whole("prompt_tokens", 0),
            cached_tokens=usage.whole("cached_tokens", 0),
            generated_tokens=usage.whole("generated_tokens", 0),
            seconds=usage.get("seconds").numbers(),
            translator=run.text("translator", ""),
            translator_sha256=run.text("translator_sha256", ""),
            cluster=run.text("cluster", ""),
        ),
        max_rows=asked.whole("max_rows", 0),
        target=asked.whole("target", 0),
        label_offset=asked.whole("label_offset", 0),
        also=tuple(SourceFile(f.text("name"), f.text("name"), f.text("sha256", "")) for f in run.items("papers")[1:]),
        dropped=tuple(key.as_text() for key in asked.items("dropped")),
        also_offsets=tuple((name, round(by)) for name, by in asked.get("label_offsets").numbers()),
        glossary=tuple(_term_in(t) for t in asked.items("glossary")),
        details=tuple(_details_in(d) for d in asked.items("details")),
        annotations=tuple(annotation_from_json(a) for a in asked.items("annotations")),
        account=tuple(fate_from_json(f) for f in asked.items("account")),
        references=tuple(reference_from_json(r) for r in root.items("references")),
    )


# -- out: values to JSON -----------------------------------------------------------------------------------------------


def _work_out(work: Work, language: str) -> dict[str, Any]:
    said = [say(reason, language) for reason in work.reasons]
    keys = [message_to_json(reason) for reason in work.reasons]
    return {
        "kind": work.kind.value,
        "id": work.id,
        "title": work.title,
        "authors": list(work.authors),
        "year": work.year,
        "score": work.score,
        "reasons": said,
        **({"reasons_messages": keys} if keys != said else {}),
        **({"also": list(work.also)} if work.also else {}),
    }


def cell_to_json(cell: Cell, language: str) -> dict[str, Any]:
    """A cell of the contract, its reason said in ``language``."""
    return {
        "column": cell.column,
        "text": cell.text,
        "status": cell.status.value,
        "citations": [evidence_to_json(e) for e in cell.evidence],
        **said_to_json("reason", cell.reason, language),
        "searched": list(cell.searched),
        "verdict": cell.verdict.value,
        "draft": cell.draft,
        "near": [evidence_to_json(e) for e in cell.near],
        "note": cell.note,
        **wording_to_json(cell),
    }


def _check_out(check: Check, language: str) -> dict[str, Any]:
    return {
        **said_to_json("name", check.name, language),
        "passed": check.passed,
        **said_to_json("detail", check.detail, language),
    }


def _name_documents(said: list[dict[str, Any]], sha256: Mapping[str, str]) -> None:
    """Put the hash of its paper into each citation of cells or sentences."""
    for citation in (one for part in said for one in (*part["citations"], *part.get("near", []))):
        if citation["kind"] == SourceKind.DOCUMENT.value and citation["source"] in sha256:
            citation["document_sha256"] = sha256[citation["source"]]


# -- in: JSON to values ------------------------------------------------------------------------------------------------


def _columns_in(root: Field) -> tuple[Column, ...]:
    names = [c.as_text() for c in root.items("columns", needed=True)]
    if len(set(names)) != len(names):
        raise root.fault("columns", Message("holds a name twice"))
    details = root.items("column_details")
    if len(details) != len(names):
        return tuple(Column(name) for name in names)
    return tuple(column_from_json(d, name) for name, d in zip(names, details, strict=True))


def _file_in(run: Field, name: str) -> SourceFile | None:
    sha256 = run.text(f"{name}_sha256", "")
    shown = run.text(name, "")
    return SourceFile(shown, shown, sha256) if sha256 or shown else None


def row_from_json(row: Field, columns: tuple[Column, ...]) -> Row:
    """The row that ``row_to_json`` wrote; raises InputError naming the field that is wrong."""
    cells = tuple(cell_from_json(c) for c in row.items("cells", needed=True))
    if [c.column for c in cells] != [c.name for c in columns]:
        raise row.fault("cells", Message("are not the columns of the table, in their order"))
    return Row(_work_in(row.get("work")), cells, row.flag("pinned", False))


def _work_in(work: Field) -> Work:
    reasons = tuple(as_message(message_from_json(r.value)) for r in work.items("reasons_messages"))
    return Work(
        work.choice("kind", WorkKind),
        work.text("id"),
        work.text("title", ""),
        tuple(a.as_text() for a in work.items("authors")),
        None if work.get("year").missing else work.whole("year"),
        work.number("score", 0.0),
        reasons or tuple(r.as_text() for r in work.items("reasons")),
        tuple(i.as_text() for i in work.items("also")),
    )


def cell_from_json(cell: Field) -> Cell:
    """The cell that ``cell_to_json`` wrote; raises InputError naming the field that is wrong."""
    return Cell(
        cell.text("column"),
        cell.text("text", ""),
        cell.choice("status", Status),
        tuple(evidence_from_json(e) for e in cell.items("citations")),
        heard(cell, "reason", ""),
        tuple(p.as_whole() for p in cell.items("searched")),
        cell.choice("verdict", Verdict, Verdict.OPEN),
        cell.text("draft", ""),
        tuple(evidence_from_json(e) for e in cell.items("near")),
        cell.text("note", ""),
        *wording_from_json(cell),
    )
