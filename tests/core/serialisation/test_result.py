"""The contract's JSON: its shape, its way back, and its faults."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citegrid.core.document import Box
from citegrid.core.errors import InputError
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.messages import Message, say
from citegrid.core.project import Check, Project, Run, SourceFile
from citegrid.core.reference import Imprint, Reference, Work, WorkKind
from citegrid.core.review import Review, Sentence, Unit, count
from citegrid.core.serialisation.fields import Field
from citegrid.core.serialisation.result import cell_from_json, cell_to_json, from_json, to_json
from citegrid.core.serialisation.statement_json import review_text
from citegrid.core.table import AnswerType, Cell, Column, Row, Status, Table, Verdict

QUOTE = Evidence(
    SourceKind.DOCUMENT,
    "paper.pdf",
    "We improve F1 by 4 points.",
    Match.FUZZY,
    6,
    "vi",
    (Box(6, 70.25, 100.5, 200.0, 112.75),),
    ratio=0.93,
    first_hand=False,
)
CHUNK = Evidence(SourceKind.LIBRARY, "A survey [draft]", "words", Match.EXACT, chunk=3)


def sample() -> Project:
    columns = (Column("文献名称"), Column("样本量", "整数", AnswerType.NUMBER, (1.0, 2.0, 3.5, 4.0), 0.87))
    cells = (
        Cell("文献名称", "某文", Status.SUPPORTED, (QUOTE, CHUNK), "", (2, 3), Verdict.EDITED, "旧文"),
        Cell("样本量", "", Status.NOT_STATED, (), "未提及", (2, 3, 9)),
    )
    rows = (
        Row(Work(WorkKind.REFERENCE, "r12", "Some work", ("Gao, T.", "Yen, H."), 2022, 3.5, ("cited 4 times",)), cells),
        Row(
            Work(WorkKind.PAPER, "paper", "The paper"),
            (Cell("文献名称"), Cell("样本量", "12", Status.UNSUPPORTED, reason="无")),
        ),
    )
    review = Review(
        (
            Sentence("首先看方法。", Status.LINK),
            Sentence("某文提高了4点。", Status.SUPPORTED, (QUOTE, replace(QUOTE, page=7, page_label="vii"))),
            Sentence("另一段。", Status.UNSUPPORTED, (CHUNK,), 1, "无依据"),
        ),
        900,
        Unit.CHARACTERS,
    )
    return Project(
        "整理文献，1000字左右",
        "zh",
        SourceFile("/home/someone/paper.pdf", "paper.pdf", "ab" * 32),
        SourceFile("/home/someone/table.png", "table.png", "cd" * 32),
        (SourceFile("/home/someone/b.md", "b.md", "ef" * 32),),
        None,
        Table(columns, rows),
        review,
        (Check("每列都在", True, "2 / 2"),),
        Run("model.gguf", "12" * 32, 7, 100, 20, 30, (("read", 1.25), ("fill", 45.0))),
        12,
        900,
    )


def through(project: Project) -> Project:
    return from_json(json.loads(json.dumps(to_json(project, "0.1.0"), ensure_ascii=False)))


def test_the_entries_of_the_works_come_back() -> None:
    entry = Reference(
        "r12", "[12]", "[12] Gao T. Some work. J. X 3(2).", 6, (Box(6, 70.25, 100.5, 200.0, 112.75),), (), ("Gao, T.",), "Some work",
        2022, "J. X", "10.1/x", "2203.1", "https://x.example", imprint=Imprint("3", "2", "1-9", "Press", "Bonn", "J", True),
    )  # fmt: skip
    project = replace(sample(), references=(entry, replace(entry, id="r13", year=None, imprint=Imprint())))
    assert from_json(json.loads(json.dumps(to_json(project, "1")))).references == project.references
    assert "references" not in to_json(sample(), "1")


def test_everything_comes_back_but_the_places_of_files():
    def bare(file: SourceFile | None) -> SourceFile | None:
        return replace(file, path=file.name) if file else None

    project = sample()
    expected = replace(
        project,
        paper=bare(project.paper),
        picture=bare(project.picture),
        library=tuple(replace(f, path=f.name) for f in project.library),
    )
    assert through(project) == expected
    assert "someone" not in json.dumps(to_json(project, "0.1.0"))


def test_an_empty_project_comes_back():
    assert through(Project()) == Project()


def test_the_shape_is_the_contract():
    data = to_json(sample(), "9.9")
    assert list(data)[:2] == ["query", "language"]
    assert data["columns"] == ["文献名称", "样本量"]
    work, cell = data["rows"][0]["work"], data["rows"][0]["cells"][0]
    assert (work["kind"], work["id"], work["title"]) == ("reference", "r12", "Some work")
    assert (work["authors"], work["year"]) == (["Gao, T.", "Yen, H."], 2022)
    assert (cell["column"], cell["status"]) == ("文献名称", "supported")
    document, library = cell["citations"]
    assert {k: document[k] for k in ("kind", "source", "page", "page_label", "quote", "boxes", "match")} == {
        "kind": "document",
        "source": "paper.pdf",
        "page": 6,
        "page_label": "vi",
        "quote": "We improve F1 by 4 points.",
        "boxes": [[6, 70.25, 100.5, 200.0, 112.75]],
        "match": "fuzzy",
    }
    assert (library["kind"], library["source"], library["chunk"], library["page"]) == (
        "library",
        "A survey [draft]",
        3,
        None,
    )
    assert data["run"] | {"app": "9.9", "seed": 7, "pdf_sha256": "ab" * 32, "image_sha256": "cd" * 32} == data["run"]
    assert data["usage"]["seconds"] == {"read": 1.25, "fill": 45.0}
    assert data["checks"] == [{"name": "每列都在", "passed": True, "detail": "2 / 2"}]
    review = data["review"]
    assert (review["target"], review["unit"]) == (900, "characters")
    assert review["count"] == len("首先看方法。某文提高了4点。另一段。")


def test_the_review_has_its_marks_behind_each_sentence_and_paragraphs_apart():
    assert review_text(sample().review, "zh") == (
        "首先看方法。某文提高了4点。[文档: paper.pdf, 第6-7页（印刷页码vi-vii）]\n\n"
        '另一段。[long_context: "A survey (draft)", chunk 3]'
    )
    english = Review((Sentence("One.", Status.SUPPORTED, (QUOTE,)), Sentence("Two.", Status.LINK)), 10, Unit.WORDS)
    assert review_text(english, "en") == "One. [doc: paper.pdf, page 6 (printed vi)] Two."


@settings(max_examples=60, deadline=None)
@given(
    source=st.text(max_size=12),
    label=st.text(max_size=4),
    text=st.from_regex(r"[a-z]{1,5}( [a-z]{1,5}){0,4}\.", fullmatch=True),
)
def test_no_name_or_label_makes_a_mark_count_as_text(source: str, label: str, text: str):
    evidence = (replace(QUOTE, source=source, page_label=label), replace(CHUNK, source=source))
    review = Review((Sentence(text, Status.SUPPORTED, evidence),), 10, Unit.WORDS)
    assert count(review_text(review, "en"), Unit.WORDS) == count(text, Unit.WORDS)
    assert count(review_text(review, "zh"), Unit.CHARACTERS) == count(text, Unit.CHARACTERS)


def test_fields_it_does_not_know_are_ignored():
    data = to_json(sample(), "1")
    plain = from_json(copy.deepcopy(data))
    data["future"] = {"a": 1}
    data["rows"][0]["work"]["colour"] = "blue"
    data["rows"][0]["cells"][0]["citations"][0]["certainty"] = 5
    assert from_json(data) == plain


def test_the_bare_contract_without_our_additions_is_enough():
    data = to_json(sample(), "1")
    for key in ("column_details", "asked"):
        del data[key]
    for row in data["rows"]:
        for key in ("score", "reasons"):
            del row["work"][key]
        for cell in row["cells"]:
            for key in ("reason", "searched", "verdict", "draft"):
                del cell[key]
    project = from_json(data)
    assert project.table.columns[1] == Column("样本量")
    assert project.table.rows[0].cells[0].evidence == (QUOTE, CHUNK)


def _at(data: Any, path: list[Any], value: object) -> Any:
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return data


CITATION = ["rows", 0, "cells", 0, "citations", 0]


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (["columns"], None, "columns is missing"),
        (["columns"], ["a", "a"], "columns holds a name twice"),
        (["columns"], ["文献名称", "别的"], "rows[0].cells are not the columns"),
        (["rows"], {}, "rows is not a list"),
        (["rows", 0, "work"], "r1", "rows[0].work is not an object"),
        (["rows", 0, "work", "kind"], "book", "rows[0].work.kind is 'book'"),
        (["rows", 0, "work", "id"], None, "rows[0].work.id is missing"),
        (["rows", 0, "cells", 0, "status"], "maybe", "rows[0].cells[0].status is 'maybe'"),
        (["rows", 0, "cells", 0, "text"], 5, "rows[0].cells[0].text is not text"),
        ([*CITATION, "match"], None, "citations[0].match is missing"),
        ([*CITATION, "page"], 0, "citations[0].page is 0"),
        ([*CITATION, "page"], 1.5, "citations[0].page is 1.5"),
        ([*CITATION, "page"], True, "citations[0].page is not a number"),
        ([*CITATION, "boxes"], [[6, 1, 2, 3]], "boxes[0] is not a box"),
        ([*CITATION, "boxes"], [[6, 1, 2, 3, "x"]], "boxes[0][4] is not a number"),
        ([*CITATION, "ratio"], float("nan"), "ratio is not a finite number"),
        (["review", "unit"], "pages", "review.unit is 'pages'"),
        (["review", "sentences"], None, "review.sentences is missing"),
        (["checks"], [{"name": "a"}], "checks[0].passed is not true or false"),
        (["language"], "fr", "language is 'fr'"),
        (["usage", "seconds"], [1], "usage.seconds is not an object"),
    ],
)
def test_each_fault_is_named(path: list[Any], value: object, named: str):
    with pytest.raises(InputError) as caught:
        from_json(_at(to_json(sample(), "1"), path, value), "result.json")
    assert named in str(caught.value)
    assert str(caught.value).startswith("result.json: ")


@pytest.mark.parametrize("data", [None, [], "text", 3, {}, {"rows": []}, {"columns": []}])
def test_what_is_no_result_is_said_to_be_none(data: object):
    with pytest.raises(InputError):
        from_json(data)


def test_half_characters_do_not_stop_the_writing():
    project = replace(sample(), query="broken \ud835 text")
    assert json.dumps(to_json(project, "1"), ensure_ascii=False).encode("utf-8")


def test_a_reason_is_said_in_the_language_of_the_result_and_keeps_its_key():
    reason = Message("Reading {name}", name="a.pdf")
    cell = replace(sample().table.rows[0].cells[1], reason=reason)
    written = cell_to_json(cell, "zh")
    assert written["reason"] == "正在读取 a.pdf"
    read = cell_from_json(Field(json.loads(json.dumps(written)), "cell", "result.json"))
    assert read.reason == reason
    assert say(read.reason, "zh") == "正在读取 a.pdf"


def test_a_reason_of_an_older_version_is_the_sentence_that_it_was():
    written = cell_to_json(replace(sample().table.rows[0].cells[1], reason="未提及"), "zh")
    assert "reason_message" not in written
    assert cell_from_json(Field(written, "cell", "result.json")).reason == "未提及"
