"""A batch: what is left out, what is done once, what became of each paper, and the table of them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from citegrid.batch.assemble import project_of
from citegrid.batch.exclusions import Exclusions
from citegrid.batch.find import find_papers, papers_of
from citegrid.batch.finished_rows import FinishedRows
from citegrid.batch.run import Batch, run_batch
from citegrid.batch.wishes import Begun, FoundPaper, PaperRow, Wishes
from citegrid.core.errors import Cancelled, InputError
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.holdings import LibraryItem
from citegrid.core.messages import Message, say
from citegrid.core.outcome.account import Fate, summary
from citegrid.core.reference import Work, WorkKind
from citegrid.core.serialisation.result import from_json, to_json
from citegrid.core.table import Cell, Column, Row, Status
from citegrid.ports import Cancel, Flag

WISHES = Wishes((Column("Title"), Column("Method")), "", "en", Path("model.gguf"), "m" * 64)
AUTHORS = ("Gao, Tianyu",)


def row_of(paper: FoundPaper, title: str, doi: str = "") -> PaperRow:
    quote = Evidence(SourceKind.DOCUMENT, paper.path.name, title, Match.EXACT, 1)
    cells = (Cell("Title", title, Status.SUPPORTED, (quote,)), Cell("Method", status=Status.NOT_STATED))
    return PaperRow(paper.sha256, Row(Work(WorkKind.PAPER, "paper", title, AUTHORS, 2023), cells), title, doi)


class Desk:
    """A scheduler that knows what is to be said of each file; it counts what it was asked."""

    def __init__(self, **says: PaperRow | str) -> None:
        self.says = says
        self.asked: list[str] = []

    def rows(self, papers: tuple[FoundPaper, ...], wishes: Wishes, cancel: Cancel) -> Iterator[Begun | PaperRow]:
        for paper in papers:
            cancel.check()
            self.asked.append(paper.name)
            yield Begun(paper.sha256)
            told = self.says.get(paper.path.stem, f"A study of {paper.path.stem} and of all that it means")
            if isinstance(told, str):
                yield row_of(paper, told, "10.1000/x" if paper.path.stem.startswith("doi") else "")
            else:
                yield PaperRow(paper.sha256, reason=told.reason, again=told.again)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    (made / "sub").mkdir(parents=True)
    for name in ("a.pdf", "b.pdf", "sub/c.PDF", "notes.txt", ".hidden.pdf"):
        (made / name).write_text(name)
    return made


def run(batch: Batch, desk: Desk, tmp_path: Path, *, resume: bool = True, wishes: Wishes = WISHES) -> Batch:
    run_batch(batch, wishes, desk, FinishedRows(tmp_path / "rows"), resume=resume)
    return batch


def fates(batch: Batch) -> dict[str, Fate]:
    return {one.name: one.fate for one in batch.account()}


def test_the_papers_of_a_folder_are_those_of_its_subfolders_too(folder):
    assert [paper.name for paper in find_papers(folder)] == ["a.pdf", "b.pdf", "sub/c.PDF"]


def test_a_list_names_papers_and_what_is_missing_is_accounted_for(folder, tmp_path):
    listed = folder / "list.txt"
    listed.write_text("# mine\na.pdf\ngone.pdf\n")
    batch = run(Batch(find_papers(listed)), Desk(), tmp_path)
    assert fates(batch) == {"a.pdf": Fate.READ, "gone.pdf": Fate.FAILED}
    assert "gone.pdf" in batch.account()[1].reason


def test_a_folder_without_papers_is_an_error(tmp_path):
    with pytest.raises(InputError):
        find_papers(tmp_path)


def test_one_file_twice_is_done_once(folder, tmp_path):
    (folder / "z.pdf").write_bytes((folder / "a.pdf").read_bytes())
    desk = Desk()
    batch = run(Batch(find_papers(folder)), desk, tmp_path)
    assert desk.asked == ["a.pdf", "b.pdf", "sub/c.PDF"]
    assert fates(batch)["z.pdf"] is Fate.DUPLICATE
    assert say(batch.account()[-1].reason, "zh") == "与 a.pdf 是同一文件"


def test_one_work_in_two_files_is_told_by_its_doi_or_its_title(folder, tmp_path):
    (folder / "doi1.pdf").write_text("1")
    (folder / "doi2.pdf").write_text("2")
    desk = Desk(a="Attributed answers in open domains", c="Attributed Answers in Open Domains.")
    batch = run(Batch(find_papers(folder)), desk, tmp_path)
    told = {one.name: str(one.reason) for one in batch.account() if one.fate is Fate.DUPLICATE}
    assert told == {
        "doi2.pdf": "the same DOI as doi1.pdf",
        "sub/c.PDF": "the same title and first author as a.pdf",
    }


def test_a_short_title_tells_nothing(folder, tmp_path):
    batch = run(Batch(find_papers(folder)), Desk(a="Editorial", b="Editorial"), tmp_path)
    assert fates(batch)["b.pdf"] is Fate.READ


def test_what_was_finished_is_not_done_again(folder, tmp_path):
    run(Batch(find_papers(folder)), Desk(), tmp_path)
    (folder / "d.pdf").write_text("new")
    desk = Desk()
    batch = run(Batch(find_papers(folder)), desk, tmp_path)
    assert desk.asked == ["d.pdf"]
    assert set(fates(batch).values()) == {Fate.READ}
    again = Desk()
    run(Batch(find_papers(folder)), again, tmp_path, resume=False)
    assert len(again.asked) == 4


def test_another_column_model_or_language_is_another_row(folder, tmp_path):
    run(Batch(find_papers(folder)), Desk(), tmp_path)
    for wishes in (
        Wishes((Column("Title"),), "", "en", WISHES.model, WISHES.model_sha256),
        Wishes(WISHES.columns, "", "en", WISHES.model, "n" * 64),
        Wishes(WISHES.columns, "", "zh", WISHES.model, WISHES.model_sha256),
    ):
        assert FinishedRows(tmp_path / "rows").get(find_papers(folder)[0].sha256, wishes) is None


def test_only_failures_that_may_go_better_are_tried_again(folder, tmp_path):
    dead = PaperRow("", reason="its process ended", again=True)
    broken = PaperRow("", reason=Message("{name} is empty.", name="b.pdf"))
    batch = run(Batch(find_papers(folder)), Desk(a=dead, b=broken), tmp_path)
    assert [one.fate for one in batch.account()] == [Fate.FAILED, Fate.FAILED, Fate.READ]
    desk = Desk()
    batch = run(Batch(find_papers(folder)), desk, tmp_path)
    assert desk.asked == ["a.pdf"]
    assert say(batch.account()[1].reason, "zh") == say(broken.reason, "zh")


def test_a_damaged_row_on_disk_is_made_again(folder, tmp_path):
    run(Batch(find_papers(folder)), Desk(), tmp_path)
    for file in (tmp_path / "rows").rglob("*.json"):
        file.write_text(file.read_text()[:-20])
    desk = Desk()
    run(Batch(find_papers(folder)), desk, tmp_path)
    assert len(desk.asked) == 3


def test_a_cancel_keeps_what_was_done(folder, tmp_path):
    batch, stop, kept = Batch(find_papers(folder)), Flag(), FinishedRows(tmp_path / "rows")

    def heard() -> None:
        if batch.rows:
            stop.set()

    with pytest.raises(Cancelled):
        run_batch(batch, WISHES, Desk(), kept, resume=True, heard=heard, cancel=stop)
    assert [one.fate for one in batch.account()] == [Fate.READ, Fate.WAITING, Fate.WAITING]
    desk = Desk()
    run(Batch(find_papers(folder)), desk, tmp_path)
    assert desk.asked == ["b.pdf", "sub/c.PDF"]


def test_what_a_person_excluded_is_remembered_by_its_bytes(folder, tmp_path):
    paper = find_papers(folder)[1]
    kept = Exclusions(tmp_path / "excluded", folder)
    kept.put({paper.sha256: "no humans"})
    (folder / "b.pdf").rename(folder / "renamed.pdf")
    batch = run(Batch(find_papers(folder), excluded=kept.get()), desk := Desk(), tmp_path)
    assert "renamed.pdf" not in desk.asked
    assert [(one.fate, one.reason) for one in batch.account() if one.name == "renamed.pdf"] == [
        (Fate.EXCLUDED, "no humans")
    ]


def test_the_table_names_each_paper_in_its_evidence_and_accounts_for_all(folder, tmp_path):
    broken = PaperRow("", reason=Message("{name} is empty.", name="b.pdf"))
    (folder / "sub" / "a.pdf").write_text("another a")
    batch = run(Batch(find_papers(folder)), Desk(b=broken, a="A study of one thing only, said briefly"), tmp_path)
    batch.rows[batch.found[2].sha256] = row_of(batch.found[2], "Quite another study with the same file name")
    project = project_of(batch, WISHES)
    names = [file.name for file in project.papers]
    assert len(set(names)) == 3
    assert [row.cells[0].evidence[0].source for row in project.table.rows] == names
    assert project.table.rows[0].work.id == "paper"
    assert all(row.work.id.endswith(":paper") for row in project.table.rows[1:])
    assert project.checks[0].passed
    assert say(summary(project.account), "zh") == "共找到 4 篇论文：重复 0 篇，排除 0 篇，无法读取 1 篇，已读 3 篇"
    assert from_json(to_json(project, "1")).account == project.account
    assert from_json(to_json(project, "1")).table == project.table


def test_a_batch_that_was_stopped_says_so(folder):
    batch = Batch(find_papers(folder))
    project = project_of(batch, WISHES)
    assert not project.checks[0].passed
    assert str(summary(batch.account())).endswith("not begun: 3")


def items_of(folder: Path) -> list[LibraryItem]:
    """What a reference manager knows of three papers, one of which it has no file of; two are called alike."""
    return [
        LibraryItem("K1", "The true title", ("Gao, Tianyu",), 2023, "10.1000/a", files=(str(folder / "a.pdf"),)),
        LibraryItem("K2", "The true title", ("Wu, Ann",), 2020, files=("/gone.pdf", str(folder / "b.pdf"))),
        LibraryItem("K3", "On paper alone"),
    ]


def test_the_papers_of_a_collection_bear_what_its_manager_knows(folder: Path, tmp_path: Path) -> None:
    found = papers_of(items_of(folder), "Zotero")
    assert [(one.name, one.path.name, bool(one.sha256)) for one in found] == [
        ("The true title", "a.pdf", True), ("The true title", "b.pdf", True), ("On paper alone", "", False),
    ]  # fmt: skip
    assert found[0].details is not None
    assert (found[0].details.authors, found[0].details.origin, found[0].details.item) == (AUTHORS, "Zotero", "K1")
    batch = run(Batch(found), desk := Desk(), tmp_path)
    assert desk.asked == ["The true title"] * 2
    assert [one.fate for one in batch.account()] == [Fate.READ, Fate.READ, Fate.FAILED]
    assert batch.account()[2].reason == "It has no PDF on this computer."
    project = project_of(batch, WISHES)
    assert dict(project.details)[found[0].sha256] == found[0].details
    # the same files and question, but the manager was corrected since
    other = papers_of([replace(items_of(folder)[0], title="The truer title")], "Zotero")
    run(Batch(other), desk, tmp_path)
    assert desk.asked[2:] == ["The truer title"]
    run(Batch(papers_of(items_of(folder), "Zotero")), desk, tmp_path)
    assert len(desk.asked) == 3


def test_a_collection_without_a_file_is_one_sentence() -> None:
    with pytest.raises(InputError, match="No item of this collection of Zotero has a PDF"):
        papers_of([LibraryItem("K3", "On paper alone")], "Zotero")
