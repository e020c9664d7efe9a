"""Citations in the text, as the shipped styles print them, and which work a quote is a page of."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import Project, SourceFile
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Row, Status, Table
from citegrid.pipeline.export.cited_works import ReportWorks
from citegrid.pipeline.export.evidence_list import EvidenceList
from citegrid.pipeline.export.in_text import InTextStyle
from citegrid.workbench.export_service import SAMPLES, STYLES

CSL = Path(__file__).resolve().parents[3] / "resources" / "csl"


def work(title: str, *families: str, year: int | None = 2023) -> dict[str, Any]:
    issued = {"issued": {"date-parts": [[year]]}} if year else {}
    author = {"author": [{"family": f} for f in families]} if families else {}
    return {"id": title, "type": "article", "title": title, **author, **issued}


WORKS = (
    work("First", "Alvarez"),
    work("Second", "Baker", "Carter"),
    work("Third", "Gao", "Yen", "Yu"),
    work("On nothing", year=None),
    {"id": "none", "type": "document", "title": ""},
)


def style(name: str, *works: dict[str, Any]) -> InTextStyle:
    return InTextStyle(works or WORKS, (CSL / f"{name}.csl").read_bytes())


@pytest.mark.parametrize("name", STYLES)
def test_the_page_stands_where_the_style_has_it(name: str) -> None:
    made = style(name)
    text = made.before + "".join(made.core(2, "12")) + made.behind
    assert text == re.sub("</?sup>", "", SAMPLES[name]).strip()
    assert made.raised == ("<sup>" in SAMPLES[name])
    assert made.core(2, "12")[1] == "12" and "".join(made.core(2)).count("12") == 0


def test_several_pages_and_works_without_authors_or_years() -> None:
    assert style("apa").core(1, "4, 6-7") == ("Baker & Carter, 2023, pp. ", "4, 6–7", "")
    assert style("apa").core(3) == ("On nothing, n.d.", "", "")
    assert style("ieee").core(3, "4, 6") == ("[4, pp. ", "4, 6", "]")
    assert style("ieee").number(4) is None, "it has nothing to print"


def test_a_number_is_that_of_the_list_and_a_year_gets_its_letter_in_both() -> None:
    twins = (work("B", "Gao", "Yen", "Yu"), work("A", "Gao", "Li", "Wu"), work("C", "Gao", year=2023))
    made = style("apa", *twins)
    cited = ["".join(made.core(i)) for i in range(3)]
    assert sorted(cited) == ["Gao et al., 2023a", "Gao et al., 2023b", "Gao, 2023"]
    for entry in made.list.entries:
        year = cited[entry.index].rpartition(" ")[2]
        assert f"({year})" in entry.text
    numbered = style("gb-t-7714", *twins)
    assert [numbered.core(i)[0] for i in range(3)] == ["[1]", "[2]", "[3]"]
    assert [e.index for e in numbered.list.entries] == [0, 1, 2]


def quote(kind: SourceKind, source: str, *, first_hand: bool) -> Evidence:
    return Evidence(kind, source, f"words of {source}", Match.EXACT, 3, "3", first_hand=first_hand)


def test_a_page_is_given_to_the_work_it_belongs_to() -> None:
    works = (
        Work(WorkKind.PAPER, "paper", "The paper", ("Ann Able",), 2024),
        Work(WorkKind.REFERENCE, "r1", "The cited", ("Baker, Bob",), 2020),
        Work(WorkKind.LIBRARY, "l1", "The background", ("Carter, Cy",), 2021),
    )
    said = quote(SourceKind.DOCUMENT, "paper.pdf", first_hand=False)
    own = quote(SourceKind.LIBRARY, "baker2020.pdf", first_hand=True)
    ground = quote(SourceKind.LIBRARY, "The background", first_hand=False)
    stranger = replace(ground, source="Elsewhere")
    cell = Cell("a", "text", Status.SUPPORTED, (said, own, ground, stranger))
    table = Table((), (Row(works[0], ()), Row(works[1], (cell,)), Row(works[2], ())))
    project = Project(paper=SourceFile("/p/paper.pdf", "paper.pdf", "ab" * 32), table=table)
    zotero = {
        "id": 2384, "type": "article-journal", "title": "As <i>Zotero</i> has it", "journalAbbreviation": "Nat",
        "citation-key": "baker", "issued": {"date-parts": [["2019", 5]]}, "accessed": {"raw": "today"}, "note": "mine",
    }  # fmt: skip
    cited = ReportWorks(project, (), EvidenceList(project), {"r1": zotero, "l1": {"issued": {"literal": "in press"}}})
    about = cited.places(("r1",))
    assert about == [1]
    assert cited.source(said, about) == 0, "the paper says it of the cited work: it is the paper's page"
    assert cited.source(own, about) == 1, "the cited work says it itself"
    assert cited.source(ground, about) == 2
    assert cited.works[cited.source(stranger, about)]["title"] == "Elsewhere"
    assert cited.works[1]["title"] == "As Zotero has it" and cited.works[2]["issued"] == {"date-parts": [[2021]]}
    made = InTextStyle(cited.works, (CSL / "apa.csl").read_bytes())
    assert "".join(made.core(1, "3")) == "Baker, 2019, p. 3", "what Zotero knows beside, and years as text, do no harm"
    assert cited.places(("r1", "gone", "r1")) == [1]


def test_what_the_review_cites_beyond_the_table_is_listed_behind_its_rows() -> None:
    row = Row(Work(WorkKind.REFERENCE, "r1", "Bakers", ("Baker, Bo",), 2020), ())
    entries = [Reference(f"r{n}", "", "", n, (), (), ("Carter, Cy",), f"Work {n}", 2020 + n) for n in (1, 2, 3)]
    said = Sentence("Half of it rose (Carter, 2023; Baker, 2020).", Status.SUPPORTED, works=("r3", "r1", "gone"))
    project = Project(table=Table((), (row,)), review=Review((said,)))
    cited = ReportWorks(project, entries, EvidenceList(project), {})
    assert cited.listed == 2 and cited.ids[1] == ("r3",) and cited.works[1]["title"] == "Work 3"
    assert cited.places(said.works) == [1, 0]
