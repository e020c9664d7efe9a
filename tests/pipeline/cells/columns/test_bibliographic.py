import pytest
from tests.papers import document

from citegrid.core.document import BlockKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Status
from citegrid.core.text import key_text
from citegrid.pipeline.cells.columns import bibliographic, entry_data


@pytest.mark.parametrize(
    ("column", "fields"),
    [
        ("文献名称", ("title",)),
        ("作者与年份", ("authors", "year")),
        ("书目信息 / 题名", ("title",)),
        ("Bibliography / Year", ("year",)),
        ("Publication details / Journal", ("venue",)),
        ("书目信息", ()),
        ("代表性工作（作者，年份）", ("title", "authors", "year")),
        ("研究设计 / 方法", ()),
        ("作者（年份）", ("authors", "year")),
        ("文献名称/出处", ("title", "venue")),
        ("Author(s)", ("authors",)),
        ("Author(s), year of publication", ("authors", "year")),
        ("Title of the work", ("title",)),
        ("Citation", ("authors", "year", "title")),
        ("参考文献", ("authors", "year", "title")),
        ("Citation count", ()),
        ("Citations", ()),
        ("Authors and year", ("authors", "year")),
        ("Title", ("title",)),
        ("DOI", ("doi",)),
        ("主要方法/理论", ()),
        ("研究作者的观点", ()),
        ("创新点", ()),
        ("Year of data", ()),
    ],
)
def test_columns_that_the_entry_answers(column, fields):
    assert bibliographic.fields_of(column) == fields


def test_how_a_sentence_names_its_authors():
    def work(*authors):
        return Work(WorkKind.REFERENCE, "r", "T", authors)

    assert bibliographic.short_authors(work("Gao, Tianyu"), "zh") == "Gao"
    assert bibliographic.short_authors(work("Gao, T.", "Liu, N."), "en") == "Gao and Liu"
    assert bibliographic.short_authors(work("Gao, T.", "Liu, N.", "Wu, X."), "zh") == "Gao等"
    assert bibliographic.short_authors(work(), "zh") == ""


def paper_cells(doc, work):
    source = entry_data.of_paper(doc, work)
    columns = {"文献名称": ("title",), "作者与年份": ("authors", "year")}
    return {name: bibliographic.fill(name, fields, source, "zh") for name, fields in columns.items()}


def front(*parts):
    return document([(BlockKind.HEADER, "Journal of Things 7 (2026)"), *parts, "We present the text of a paper here."])


PAPER = Work(WorkKind.PAPER, "paper", "Saying Where It Stands: A Survey", ("Ada Bee", "Cid Dee"), 2026)


def test_the_papers_own_title_is_proved_by_the_title_and_nothing_else():
    doc = front((BlockKind.HEADING, "Saying Where It Stands:"), (BlockKind.HEADING, "A Survey"), "Ada Bee and Cid Dee")
    cells = paper_cells(doc, PAPER)
    assert [key_text(e.quote) for e in cells["文献名称"].evidence] == [key_text(PAPER.title)]
    assert cells["文献名称"].status is Status.SUPPORTED
    assert {e.quote for e in cells["作者与年份"].evidence} == {"Ada Bee and Cid Dee", "Journal of Things 7 (2026)"}
    assert cells["作者与年份"].status is Status.SUPPORTED


def test_a_title_that_no_page_prints_is_not_shown_as_supported():
    cells = paper_cells(front("Ada Bee and Cid Dee"), PAPER)
    assert cells["文献名称"].status is Status.UNSUPPORTED
    assert cells["文献名称"].evidence == ()


def test_a_year_inside_a_longer_number_proves_nothing():
    doc = document(["Ada Bee and Cid Dee, report 120260", "We present the text of a paper here."])
    assert paper_cells(doc, PAPER)["作者与年份"].status is Status.UNSUPPORTED
