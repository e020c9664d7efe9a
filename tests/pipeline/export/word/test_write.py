"""The Word report, read back as a reader's word processor would."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from citegrid.core.project import Project
from citegrid.pipeline.export.word.write import write_docx

Sample = Callable[[str], Project]


def opened(project: Project, **options: Any) -> Any:
    return Document(BytesIO(write_docx(project, version="0.1.0", **options)))


def test_the_table_is_the_project_s(any_project: Project):
    tables = opened(any_project).tables
    if not any_project.table.columns:
        assert tables == []
        return
    assert len(tables) == 1
    rows = tables[0].rows
    assert [c.text for c in rows[0].cells] == [c.name for c in any_project.table.columns]
    assert len(rows) == len(any_project.table.rows) + 1
    assert rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    widths = [int(c.get(qn("w:w"))) for c in tables[0]._tbl.iter(qn("w:gridCol"))]
    assert min(widths) > 400
    assert all(int(w.get(qn("w:w"))) in widths for w in tables[0]._tbl.iter(qn("w:tcW")))


def test_every_link_leads_somewhere_and_every_name_is_used_once(any_project: Project):
    body = opened(any_project).element.body
    names = [b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))]
    ids = [b.get(qn("w:id")) for b in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names) and len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(b.get(qn("w:id")) for b in body.iter(qn("w:bookmarkEnd")))
    assert {h.get(qn("w:anchor")) for h in body.iter(qn("w:hyperlink"))} <= set(names)
    assert all(len(n) <= 40 for n in names)


def test_each_citation_leads_to_its_words_and_back(sample: Sample):
    project = sample("zh")
    document = opened(project)
    entries = {}
    for p in document.element.body.iter(qn("w:p")):
        for mark in p.iter(qn("w:bookmarkStart")):
            if mark.get(qn("w:name")).startswith("ev_"):
                after = p.getnext()
                back = [h.get(qn("w:anchor")) for h in after.iter(qn("w:hyperlink"))]
                entries[mark.get(qn("w:name"))] = ("".join(t.text for t in p.iter(qn("w:t"))), back)
    for i, row in enumerate(project.table.rows):
        for j, cell in enumerate(row.cells):
            td = document.tables[0].rows[i + 1].cells[j]._tc
            anchors = {h.get(qn("w:anchor")) for h in td.iter(qn("w:hyperlink"))}
            assert {e.quote for e in cell.evidence} == {entries[a][0].split("“", 1)[1][:-1] for a in anchors}
            for anchor in anchors:
                assert f"cell_{i + 1}_{j + 1}" in entries[anchor][1] or len(entries[anchor][1]) == 6


def test_no_paragraph_is_empty(any_project: Project):
    for p in opened(any_project).element.body.iter(qn("w:p")):
        assert "".join(t.text or "" for t in p.iter(qn("w:t"))).strip(), "an empty paragraph"


def test_the_paper_lies_on_its_side_only_for_a_wide_table(sample: Sample):
    for name, sections in (("zh", ["landscape", None]), ("wide", ["landscape", None]), ("narrow", [None])):
        body = opened(sample(name)).element.body
        assert [s.get(qn("w:orient")) for s in body.iter(qn("w:pgSz"))] == sections


@pytest.mark.parametrize(("name", "signs"), [("zh", ["! ", "– 未提及（已查第", "!! 未能作答：", "已被人工否决", "✎"])])
def test_a_cell_shows_its_status(sample: Sample, name: str, signs: list[str]):
    text = "\n".join(c.text for r in opened(sample(name)).tables[0].rows for c in r.cells)
    assert [s for s in signs if s not in text] == []


def test_caption_language_fonts_and_page_numbers(sample: Sample):
    document = opened(sample("zh"))
    fields = [f.get(qn("w:instr")).split() for f in document.element.body.iter(qn("w:fldSimple"))]
    assert ["SEQ", "表", "\\*", "ARABIC"] in fields
    footer = document.sections[0].footer._element
    assert [f.get(qn("w:instr")).strip() for f in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:rFonts"))).get(qn("w:eastAsia")) == "SimSun"
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:eastAsia")) == "zh-CN"


def test_the_same_project_gives_the_same_text_twice(sample: Sample):
    first, second = (opened(sample("zh")).element.xml for _ in range(2))
    assert first == second


def test_the_heading_and_note_of_the_evidence_stay_with_its_first_entry(sample: Sample):
    body = opened(sample("zh")).element.body
    first = next(b for b in body.iter(qn("w:bookmarkStart")) if b.get(qn("w:name")) == "ev_1").getparent()
    note = first.getprevious()
    assert note.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def test_an_empty_table_is_one_sentence(sample: Sample):
    texts = [p.text for p in opened(sample("no-rows")).paragraphs]
    assert "表格尚无文献。" in texts
