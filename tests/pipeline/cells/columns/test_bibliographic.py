from dataclasses import replace

import pytest
from tests.papers import document, reference, span

from citegrid.core.document import BlockKind
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.language.text import key_text
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Status
from citegrid.pipeline.cells.columns import bibliographic, entry_data
from citegrid.pipeline.cells.columns.patterns import FIELDS


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


def test_names_whose_accents_a_file_sets_beside_their_letters_are_printed():
    doc = front((BlockKind.HEADING, PAPER.title), "Manuel G¨unther and Cid Dee")
    cells = paper_cells(doc, replace(PAPER, authors=("Manuel Günther", "Cid Dee")))
    assert cells["作者与年份"].status is Status.SUPPORTED
    assert "Günther" in cells["作者与年份"].text


def test_names_with_the_mark_of_their_affiliation_are_printed():
    doc = front((BlockKind.HEADING, PAPER.title), "Ada Beea and Cid Deeb,*")
    cells = paper_cells(doc, PAPER)
    assert cells["作者与年份"].text.startswith("Ada Bee、Cid Dee")
    assert cells["作者与年份"].status is Status.SUPPORTED


def test_a_title_that_no_page_prints_is_not_shown_as_supported():
    cells = paper_cells(front("Ada Bee and Cid Dee"), PAPER)
    assert cells["文献名称"].status is Status.UNSUPPORTED
    assert cells["文献名称"].evidence == ()


def test_a_year_is_proved_by_the_head_and_not_by_a_year_that_running_text_cites():
    cites = "据《中国数字经济发展白皮书（2026）》报告显示，规模已经很大，" + "这在各个行业都有所体现。" * 40
    doc = document(
        [(BlockKind.HEADING, PAPER.title), "Ada Bee and Cid Dee", cites, (BlockKind.HEADER, "2026 年第7 期")]
    )
    year = bibliographic.fill("年份", ("year",), entry_data.of_paper(doc, PAPER), "zh")
    assert [e.quote for e in year.evidence] == ["2026 年第7 期"]


@pytest.mark.parametrize("printed", ["report 120260", "the years 2019-2026", "part 2026-7"])
def test_a_year_that_the_title_page_does_not_print_is_not_stated(printed):
    doc = document([f"Ada Bee and Cid Dee, {printed}", "We present the text of a paper here."])
    assert paper_cells(doc, PAPER)["作者与年份"].text == "Ada Bee、Cid Dee"
    year = bibliographic.fill("年份", ("year",), entry_data.of_paper(doc, PAPER), "zh")
    assert (year.status, year.text, year.evidence) == (Status.NOT_STATED, "", ())


def test_a_year_that_running_text_cites_is_not_the_papers():
    text = "We present the text of a paper here. " * 9 + "Others did so, too (Eff et al., 2026). It goes on."
    doc = document(["Ada Bee and Cid Dee", text])
    year = bibliographic.fill("年份", ("year",), entry_data.of_paper(doc, PAPER), "zh")
    assert year.status is Status.NOT_STATED


@pytest.mark.parametrize("printed", ["01-24-2026", "2026年5月", "May 2026", "Things (2026) 7:1"])
def test_a_date_prints_its_year(printed):
    doc = document([f"Version of {printed}", "Ada Bee and Cid Dee", "We present the text of a paper here."])
    year = bibliographic.fill("年份", ("year",), entry_data.of_paper(doc, PAPER), "zh")
    assert (year.status, year.text) == (Status.SUPPORTED, "2026")
    assert [e.quote for e in year.evidence] == [f"Version of {printed}"]


def entry_cells(raw, language, *authors, **more):
    """The cells of every field of an entry as its reader gives it."""
    doc = document([(BlockKind.ENTRY, raw)])
    at = (span(doc, raw),)
    entry = reference("r1", raw=raw, spans=at, authors=authors, title="A title", year=2020, **more)
    cited = Work(WorkKind.REFERENCE, "r1", entry.title, entry.authors, entry.year)
    source = entry_data.of_reference(doc, cited, entry)
    return {field: bibliographic.fill(field, (field,), source, language) for field in FIELDS}


def texts(cells):
    return {field: cell.text for field, cell in cells.items() if cell.text}


def test_names_stand_in_the_order_of_an_entry_whose_font_is_wide():
    raw = "BEE A，MCDＥE C P. A title[J]. Things, 2020, 12(3): 45-67."
    assert entry_cells(raw, "zh", "BEE, A", "MCDEE, C P")["authors"].text == "BEE A、MCDEE C P"


def test_an_entry_answers_what_it_prints_and_nothing_else():
    raw = "Bee A, Dee C. A title[J]. Things, 2020, 12(3): 45-67. doi:10.1000/x1"
    cells = entry_cells(raw, "zh", "Bee, A", "Dee, C", venue="Things", doi="10.1000/x1")
    assert texts(cells) == {
        "title": "A title",
        "authors": "Bee A、Dee C",
        "first_author": "Bee A",
        "year": "2020",
        "venue": "Things",
        "link": "https://doi.org/10.1000/x1",
        "doi": "10.1000/x1",
        "volume": "12(3)",
        "pages": "45-67",
        "type": "期刊论文 [J]",
    }
    assert all(cell.evidence for cell in cells.values() if cell.status is Status.SUPPORTED)
    missing = {f for f, cell in cells.items() if cell.status is Status.NOT_STATED}
    assert missing == set(FIELDS) - set(texts(cells)) - {"number"}


@pytest.mark.parametrize(
    ("raw", "authors", "shown"),
    [
        ("A. Bee et al., A title, 2020.", ("Bee, A.",), "A. Bee et al."),
        ("Bee, A., & Dee, C. (2020). A title.", ("Bee, A.", "Dee, C."), "A. Bee, C. Dee"),
        ("Bee A, Dee C, Fee E, et al. A title. 2020.", ("Bee, A", "Dee, C", "Fee, E"), "Bee A, Dee C, Fee E et al."),
        ("Bee A, Dee C. A title, et al. 2020.", ("Bee, A", "Dee, C"), "Bee A, Dee C"),
        ("World Health Organization. A title. 2020.", ("World Health Organization",), "World Health Organization"),
        ("van der Bee, A. A title. 2020.", ("van der Bee, A.",), "A. van der Bee"),
        ("A B, C D, E F, G H, I J. A title. 2020.", ("B, A", "D, C", "F, E", "H, G", "J, I"), "A B, C D, E F et al."),
    ],
)
def test_authors_stand_as_the_entry_has_them(raw, authors, shown):
    cells = entry_cells(raw, "en", *authors)
    assert cells["authors"].text == shown
    assert "," not in cells["first_author"].text


def test_a_row_number_waits_for_its_table():
    cell = entry_cells("Bee A. A title. 2020.", "zh", "Bee, A")["number"]
    assert (cell.status, cell.text) == (Status.LINK, "")


def test_the_title_page_gives_address_and_keywords_as_printed():
    doc = front("Ada Bee and Cid Dee", "https://doi.org/10.1000/x1", "Keywords: tables; sources", "本文 10 页")
    source = entry_data.of_paper(doc, PAPER)
    cells = {
        f: bibliographic.fill(f, (f,), source, "en") for f in ("doi", "link", "keywords", "arxiv", "corresponding")
    }
    assert {f: cell.text for f, cell in cells.items()} == {
        "doi": "10.1000/x1",
        "link": "https://doi.org/10.1000/x1",
        "keywords": "tables; sources",
        "arxiv": "",
        "corresponding": "",
    }
    assert [e.quote for e in cells["keywords"].evidence] == ["Keywords: tables; sources"]


@pytest.mark.parametrize(
    ("parts", "affiliation"),
    [
        (["Ada Bee", "1 University of Things, York"], "University of Things, York"),
        (["Ada Bee\nUniversity of\nThings\nada@bee.org"], "University of Things"),
        (["Ada Bee\nX University", "Cid Dee\nY Institute"], "X University; Y Institute"),
        (["Ada Bee and Cid Dee"], ""),
        (["Ada Bee", "Abstract", "The University of Things is old."], ""),
        (["作者甲", "某某大学计算机学院"], "某某大学计算机学院"),
    ],
)
def test_affiliations_stand_above_the_text(parts, affiliation):
    source = entry_data.of_paper(front(*parts), PAPER)
    cell = bibliographic.fill("作者单位", ("affiliation",), source, "en")
    assert cell.text == affiliation
    assert bool(cell.evidence) is bool(affiliation)


@pytest.mark.parametrize(
    ("note", "author"),
    [("* Corresponding author: Cid Dee", "Cid Dee"), ("通讯作者：Ada Bee", "Ada Bee"), ("Correspondence: a@b.org", "")],
)
def test_the_corresponding_author_is_one_that_is_named_so(note, author):
    source = entry_data.of_paper(front("Ada Bee, Cid Dee", (BlockKind.FOOTNOTE, note)), PAPER)
    assert bibliographic.fill("通讯作者", ("corresponding",), source, "zh").text == author


def test_a_year_of_a_library_document_that_its_front_does_not_print_is_not_stated():
    work = Work(WorkKind.LIBRARY, "l1", "A title", ("Ada Bee",), 2020)
    place = Evidence(SourceKind.LIBRARY, "A title", "Ada Bee", Match.EXACT, chunk=1)
    year = bibliographic.fill("Year", ("year",), entry_data.of_library(work, (place,), ""), "en")
    assert year.status is Status.NOT_STATED


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("序号", ("number",)), ("No.", ("number",)), ("#", ("number",)), ("ID", ("number",)),
        ("第一作者", ("first_author",)), ("First author", ("first_author",)), ("通讯作者", ("corresponding",)),
        ("发表年份", ("year",)), ("发表时间", ("year",)), ("Publication year", ("year",)), ("期刊", ("venue",)),
        ("期刊/会议", ("venue",)), ("发表期刊", ("venue",)), ("Journal", ("venue",)), ("Venue", ("venue",)),
        ("arXiv ID", ("arxiv",)), ("ISBN", ("isbn",)), ("卷期", ("volume",)), ("页码", ("pages",)),
        ("出版社", ("publisher",)), ("作者单位", ("affiliation",)), ("关键词", ("keywords",)), ("Key words", ("keywords",)),
        ("文献类型", ("type",)), ("引用格式", ("authors", "year", "title")), ("链接", ("link",)), ("URL", ("link",)),
        ("第一作者（年份）", ("first_author", "year")), ("Author, year, journal", ("authors", "year", "venue")),
    ],
)  # fmt: skip
def test_more_columns_that_need_no_model(name, fields):
    assert bibliographic.fields_of(name) == fields
