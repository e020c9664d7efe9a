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

from citegrid.core.citation import cite_all
from citegrid.core.document import PaperDetails
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.glossary import Term
from citegrid.core.messages import Message, as_message, say
from citegrid.core.messages import from_json as message_from_json
from citegrid.core.messages import to_json as message_to_json
from citegrid.core.project import Check, Project, Run, SourceFile
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence, Unit, count
from citegrid.core.serialisation.column_json import column_from_json, column_to_json
from citegrid.core.serialisation.fields import Field, not_one_of, scrubbed
from citegrid.core.table import Cell, Column, Doubts, Row, Status, Table, Verdict, Wording

#: What stands between two sentences, and between a sentence and its mark.
_BETWEEN = {"zh": "", "en": " "}
_RESULT = Message("The result")
HINT = "Give the file that `citegrid fill --json` wrote, unchanged."


def review_text(review: Review, language: str) -> str:
    """The review as printed: paragraphs with an empty line between them, citation marks after each sentence."""
    between = _BETWEEN.get(language, " ")
    paragraphs: dict[int, list[str]] = {}
    for sentence in review.sentences:
        mark = cite_all(sentence.evidence, language)
        paragraphs.setdefault(sentence.paragraph, []).append(
            (between if mark else "").join((sentence.text.strip(), mark))
        )
    return "\n\n".join(between.join(parts) for _, parts in sorted(paragraphs.items()))


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
    review = _review_out(project.review, project.language) if project.review else None
    if project.also and review is not None:
        _name_documents(review["sentences"], hashes_of(project))
    return {
        "query": project.query,
        "language": project.language,
        "columns": [c.name for c in project.table.columns],
        "column_details": [column_to_json(c) for c in project.table.columns],
        "rows": [],
        "review": review,
        "checks": [_check_out(c, project.language) for c in project.checks],
        "usage": {
            "prompt_tokens": run.prompt_tokens,
            "cached_tokens": run.cached_tokens,
            "generated_tokens": run.generated_tokens,
            "seconds": dict(run.seconds),
        },
        "run": _run_out(project, version),
        "asked": _asked_out(project),
    }


def _run_out(project: Project, version: str) -> dict[str, Any]:
    run = project.run
    return {
        "app": version,
        "model": run.model,
        "model_sha256": run.model_sha256,
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
    }


def _details_out(sha256: str, details: PaperDetails) -> dict[str, Any]:
    authors = list(details.authors)
    return {"sha256": sha256, "title": details.title, "authors": authors, "year": details.year, "doi": details.doi}


def _details_in(details: Field) -> tuple[str, PaperDetails]:
    authors = tuple(author.as_text() for author in details.items("authors"))
    year = None if details.get("year").missing else details.whole("year")
    return details.text("sha256"), PaperDetails(details.text("title"), authors, year, details.text("doi", ""))


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
    review = root.get("review")
    run, usage, asked = root.get("run"), root.get("usage"), root.get("asked")
    language = root.text("language", "zh")
    if language not in ("zh", "en"):
        raise root.fault("language", not_one_of(language, ("zh", "en")))
    return Project(
        query=root.text("query", ""),
        language=language,
        paper=_file_in(run, "pdf"),
        picture=_file_in(run, "image"),
        library=tuple(SourceFile(f.text("name"), f.text("name"), f.text("sha256", "")) for f in run.items("library")),
        table=Table(columns, tuple(_row_in(r, columns) for r in root.items("rows", needed=True))),
        review=None if review.missing else _review_in(review),
        checks=tuple(Check(_heard(c, "name"), c.flag("passed"), _heard(c, "detail", "")) for c in root.items("checks")),
        run=Run(
            model=run.text("model", ""),
            model_sha256=run.text("model_sha256", ""),
            seed=run.whole("seed", 0),
            prompt_tokens=usage.whole("prompt_tokens", 0),
            cached_tokens=usage.whole("cached_tokens", 0),
            generated_tokens=usage.whole("generated_tokens", 0),
            seconds=usage.get("seconds").numbers(),
        ),
        max_rows=asked.whole("max_rows", 0),
        target=asked.whole("target", 0),
        label_offset=asked.whole("label_offset", 0),
        also=tuple(SourceFile(f.text("name"), f.text("name"), f.text("sha256", "")) for f in run.items("papers")[1:]),
        dropped=tuple(key.as_text() for key in asked.items("dropped")),
        also_offsets=tuple((name, round(by)) for name, by in asked.get("label_offsets").numbers()),
        glossary=tuple(_term_in(t) for t in asked.items("glossary")),
        details=tuple(_details_in(d) for d in asked.items("details")),
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
        **_said("reason", cell.reason, language),
        "searched": list(cell.searched),
        "verdict": cell.verdict.value,
        "draft": cell.draft,
        "near": [evidence_to_json(e) for e in cell.near],
        "note": cell.note,
        **_wording_out(cell),
    }


def _wording_out(text: Cell | Sentence) -> dict[str, Any]:
    return {"wording": text.wording.value, "doubts": [list(place) for place in text.doubts]}


def _wording_in(text: Field) -> tuple[Wording, Doubts]:
    """How a text came from its quote, and its doubtful places; files of older versions do not say."""
    places = (place.whole_numbers() for place in text.items("doubts"))
    doubts = tuple((numbers[0], numbers[1]) for numbers in places if len(numbers) == 2)
    return text.choice("wording", Wording, Wording.PRINTED), doubts


def _said(name: str, sentence: str, language: str) -> dict[str, Any]:
    """A sentence as a reader of the file sees it, and beside it, where that is another one, its key and values."""
    said, key = say(sentence, language), message_to_json(sentence)
    return {name: said} if key == said else {name: said, f"{name}_message": key}


def _check_out(check: Check, language: str) -> dict[str, Any]:
    return {
        **_said("name", check.name, language),
        "passed": check.passed,
        **_said("detail", check.detail, language),
    }


def evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    """A citation of the contract."""
    return {
        "kind": evidence.kind.value,
        "source": evidence.source,
        "page": evidence.page,
        "page_label": evidence.page_label,
        "chunk": evidence.chunk,
        "quote": evidence.quote,
        "boxes": [b.as_list() for b in evidence.boxes],
        "match": evidence.match.value,
        "ratio": evidence.ratio,
        "first_hand": evidence.first_hand,
        **({"sha256": evidence.sha256} if evidence.sha256 else {}),
    }


def _name_documents(said: list[dict[str, Any]], sha256: Mapping[str, str]) -> None:
    """Put the hash of its paper into each citation of cells or sentences."""
    for citation in (one for part in said for one in (*part["citations"], *part.get("near", []))):
        if citation["kind"] == SourceKind.DOCUMENT.value and citation["source"] in sha256:
            citation["document_sha256"] = sha256[citation["source"]]


def _review_out(review: Review, language: str) -> dict[str, Any]:
    text = review_text(review, language)
    return {
        "text": text,
        "target": review.target,
        "count": count(text, review.unit),
        "unit": review.unit.value,
        "sentences": [
            {
                "text": s.text,
                "status": s.status.value,
                "citations": [evidence_to_json(e) for e in s.evidence],
                "paragraph": s.paragraph,
                **_said("reason", s.reason, language),
                **_wording_out(s),
                "works": list(s.works),
            }
            for s in review.sentences
        ],
    }


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


def _row_in(row: Field, columns: tuple[Column, ...]) -> Row:
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
        tuple(_evidence_in(e) for e in cell.items("citations")),
        _heard(cell, "reason", ""),
        tuple(p.as_whole() for p in cell.items("searched")),
        cell.choice("verdict", Verdict, Verdict.OPEN),
        cell.text("draft", ""),
        tuple(_evidence_in(e) for e in cell.items("near")),
        cell.text("note", ""),
        *_wording_in(cell),
    )


def _heard(part: Field, name: str, *missing: str) -> str:
    """What ``_said`` wrote; files of older versions hold the sentence alone."""
    message = part.get(f"{name}_message")
    return part.text(name, *missing) if message.missing else as_message(message_from_json(message.value))


def _evidence_in(evidence: Field) -> Evidence:
    page = evidence.get("page")
    number = None if page.missing else page.as_whole()
    if number is not None and number < 1:
        raise evidence.fault("page", Message("is {number}; pages count from 1", number=number))
    chunk = evidence.get("chunk")
    return Evidence(
        evidence.choice("kind", SourceKind),
        evidence.text("source"),
        evidence.text("quote", ""),
        evidence.choice("match", Match),
        number,
        evidence.text("page_label", ""),
        tuple(b.as_box() for b in evidence.items("boxes")),
        None if chunk.missing else chunk.as_whole(),
        evidence.number("ratio", 1.0),
        evidence.flag("first_hand", True),
        evidence.text("sha256", ""),
    )


def _review_in(review: Field) -> Review:
    return Review(
        tuple(
            Sentence(
                s.text("text"),
                s.choice("status", Status),
                tuple(_evidence_in(e) for e in s.items("citations")),
                s.whole("paragraph", 0),
                _heard(s, "reason", ""),
                *_wording_in(s),
                tuple(work.as_text() for work in s.items("works")),
            )
            for s in review.items("sentences", needed=True)
        ),
        review.whole("target", 0),
        review.choice("unit", Unit, Unit.CHARACTERS),
    )
