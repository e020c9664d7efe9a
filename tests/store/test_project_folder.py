"""Project files of every version that was ever written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from citegrid.core.document import Box
from citegrid.core.errors import InputError
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.messages import Message, as_message, say
from citegrid.core.outcome.answers import AnswerSentence, CheckedSentence, CheckedText, QuestionAnswered, Standing
from citegrid.core.project import Project, SourceFile
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import AnswerType, Cell, Column, Row, Table, Template, Wording
from citegrid.store import project_folder
from citegrid.store.files import sha256_of

COLUMN = Column("N", "only adults", AnswerType.NUMBER, (1.0, 2.0, 3.0, 4.0), 0.5, ("12", "40"))


def test_hints_are_kept(tmp_path):
    before = Project(template=Template((COLUMN,), (("12",),)), table=Table((COLUMN,)))
    project_folder.save(tmp_path, before)
    after = project_folder.load(tmp_path)
    assert after.table == before.table
    assert after.template == before.template


def test_a_project_of_version_1_opens_without_hints(tmp_path):
    project_folder.save(tmp_path, Project(template=Template((COLUMN,)), table=Table((COLUMN,))))
    file = tmp_path / project_folder.FILE
    data = json.loads(file.read_text("utf-8"))
    data["version"] = 1
    for column in (*data["columns"], *data["template"]["columns"], *data["result"]["column_details"]):
        del column["hints"]
    for detail in data["result"]["column_details"]:
        del detail["name"]  # stood only beside them
    file.write_text(json.dumps(data), "utf-8")
    columns = project_folder.load(tmp_path).table.columns
    assert columns == (Column("N", "only adults", AnswerType.NUMBER, (1.0, 2.0, 3.0, 4.0), 0.5),)


def test_a_project_of_a_newer_citegrid_is_refused(tmp_path):
    project_folder.save(tmp_path, Project())
    file = tmp_path / project_folder.FILE
    file.write_text(
        file.read_text("utf-8").replace(f'"version": {project_folder.VERSION}', '"version": 99', 1), "utf-8"
    )
    with pytest.raises(InputError, match="newer"):
        project_folder.load(tmp_path)


def test_a_damaged_column_is_named(tmp_path):
    project_folder.save(tmp_path, Project(table=Table((COLUMN,))))
    file = tmp_path / project_folder.FILE
    file.write_text(file.read_text("utf-8").replace('"answer_type": "number"', '"answer_type": "colour"'), "utf-8")
    with pytest.raises(InputError, match="answer_type"):
        project_folder.load(tmp_path)


def test_further_papers_are_kept(tmp_path):
    paper, other = SourceFile("/a/one.pdf", "one.pdf", "1" * 64), SourceFile("/b/one.pdf", "one (2).pdf", "2" * 64)
    before = Project(paper=paper, also=(other,), also_offsets=(("one (2).pdf", 7),))
    project_folder.save(tmp_path, before)
    after = project_folder.load(tmp_path)
    assert after.papers == (paper, other)
    assert after.offset_of("one (2).pdf") == 7
    assert after.offset_of("one.pdf") == 0


def test_a_project_of_version_2_opens_with_its_one_paper(tmp_path):
    paper = SourceFile("/a/one.pdf", "one.pdf", "1" * 64)
    project_folder.save(tmp_path, Project(paper=paper, label_offset=3))
    file = tmp_path / project_folder.FILE
    data = json.loads(file.read_text("utf-8"))
    data["version"] = 2
    del data["also"]
    file.write_text(json.dumps(data), "utf-8")
    after = project_folder.load(tmp_path)
    assert after.papers == (paper,)
    assert after.offset_of("one.pdf") == after.label_offset == 3


def test_answers_and_checked_texts_come_back_and_a_project_of_version_4_has_none(tmp_path):
    quoted = (Evidence(SourceKind.DOCUMENT, "paper.pdf", "41 %", Match.EXACT, 2, "2", (Box(2, 1.0, 2.0, 3.0, 4.0),)),)
    told = Message("{number} differs", number=41)
    checked = CheckedText((CheckedSentence("It is 14 %.", Standing.CONTRADICTED, as_message(told), quoted),))
    answered = QuestionAnswered("How many?", (AnswerSentence("41 %", quoted, Wording.TO_BE_CHECKED, ((0, 2),)),))
    kept = (answered, checked, QuestionAnswered("Why?", (), "The papers do not say."), CheckedText(()))
    folder = project_folder.create(tmp_path / "p")
    project_folder.save(folder, Project(answers=kept))
    assert project_folder.load(folder).answers == kept
    file = folder / "project.json"
    data = json.loads(file.read_text("utf-8"))
    data["version"] = 4
    del data["answers"]
    file.write_text(json.dumps(data), "utf-8")
    assert project_folder.load(folder).answers == ()


def test_a_project_of_version_3_opens_with_no_row_pinned_and_no_work_dropped(tmp_path):
    row = Row(Work(WorkKind.REFERENCE, "r1", "A Title"), (Cell("N", "12"),), pinned=True)
    project_folder.save(tmp_path, Project(table=Table((COLUMN,), (row,)), dropped=("another",)))
    assert project_folder.load(tmp_path).table.rows[0].pinned
    file = tmp_path / project_folder.FILE
    data = json.loads(file.read_text("utf-8"))
    data["version"] = 3
    del data["noted"], data["result"]["asked"]["dropped"], data["result"]["rows"][0]["pinned"]
    file.write_text(json.dumps(data), "utf-8")
    after = project_folder.load(tmp_path)
    assert [r.pinned for r in after.table.rows] == [False]
    assert after.dropped == ()


def test_warnings_of_a_picture_keep_their_keys_and_older_ones_are_read(tmp_path: Path) -> None:
    told = Message("“{name}” is empty.", name="table.png")
    folder = project_folder.create(tmp_path / "p")
    project_folder.save(folder, Project(template=Template((), warnings=(told, "A sentence of an older version."))))
    template = project_folder.load(folder).template
    assert template is not None
    assert [say(warning, "zh") for warning in template.warnings] == [
        "“table.png”是空文件。",
        "A sentence of an older version.",
    ]


def copied(tmp_path: Path, kind: str, beside: bytes) -> SourceFile:
    """The source as a copy of the project names it, where a file of the same name and ``beside`` lies next to the copy."""
    first, second = tmp_path / "first", tmp_path / "second"
    for home in (first, second):
        (home / "project").mkdir(parents=True)
    (first / "paper.pdf").write_bytes(b"the paper")
    (second / "paper.pdf").write_bytes(beside)
    file = SourceFile(str(first / "paper.pdf"), "paper.pdf", sha256_of(first / "paper.pdf"))
    fields = {"also": (file,)} if kind == "also" else {kind: file}
    project_folder.save(first / "project", Project(**fields))  # type: ignore[arg-type]
    shutil.copy(first / "project" / project_folder.FILE, second / "project")
    project = project_folder.load(second / "project")
    found = project.also[0] if kind == "also" else getattr(project, kind)
    assert isinstance(found, SourceFile)
    return found


@pytest.mark.parametrize("kind", ["paper", "also", "picture"])
def test_a_copy_takes_what_lies_beside_it_only_where_its_bytes_are_the_same(tmp_path, kind):
    assert copied(tmp_path / "one", kind, b"another paper").path == str(tmp_path / "one" / "first" / "paper.pdf")
    assert copied(tmp_path / "two", kind, b"the paper").path == str(tmp_path / "two" / "second" / "paper.pdf")


def test_a_copy_never_takes_a_foreign_folder_for_its_library(tmp_path):
    (tmp_path / "first" / "project").mkdir(parents=True)
    (tmp_path / "second" / "project").mkdir(parents=True)
    (tmp_path / "second" / "shelf").mkdir()
    file = SourceFile(str(tmp_path / "first" / "shelf"), "shelf", "a" * 64)
    project_folder.save(tmp_path / "first" / "project", Project(library=(file,)))
    shutil.copy(tmp_path / "first" / "project" / project_folder.FILE, tmp_path / "second" / "project")
    assert project_folder.load(tmp_path / "second" / "project").library == (file,)
