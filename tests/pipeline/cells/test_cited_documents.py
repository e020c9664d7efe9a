"""The library in the walk: which document is the cited work, what it says of itself, what contradicts."""

from __future__ import annotations

from dataclasses import replace

from tests.papers import reference

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.library import Background, Chunk
from citegrid.core.table import Cell, Status
from citegrid.pipeline.cells.cited_documents import item_of, own_sentences
from citegrid.pipeline.cells.compare_accounts import contradictions, side_by_side
from citegrid.pipeline.cells.selection.match_items import is_item
from citegrid.pipeline.cells.third_person import in_third_person
from citegrid.pipeline.export.strings import wording_in

TITLE = "Enabling large language models to generate text with citations"


def document(title: str = TITLE, authors: tuple[str, ...] = ("Tianyu Gao",), **more: object) -> Background:
    return Background("a" * 64, "gao.pdf", title, authors, **more)  # type: ignore[arg-type]


def test_a_work_is_known_by_doi_or_by_title_with_authors():
    cited = reference("r1", title=TITLE, authors=("Gao, Tianyu", "Yen, Howard"), year=2023)
    assert is_item(cited, item_of(document()))
    assert is_item(cited, item_of(document(TITLE.replace("large ", "Large  "))))
    assert not is_item(cited, item_of(document(authors=("Nelson Liu",))))
    assert not is_item(cited, item_of(document("Enabling large language models to follow instructions")))
    assert is_item(cited, item_of(document(authors=(), year=2024)))
    by_doi = replace(cited, doi="10.1/AB")
    assert is_item(by_doi, item_of(document(doi="10.1/ab")))
    assert not is_item(by_doi, item_of(document(doi="10.1/other")))


def test_a_number_on_the_page_of_another_work_is_not_believed():
    by_doi = reference("r1", title=TITLE, doi="10.1/AB", authors=("Gao, Tianyu",))
    assert not is_item(by_doi, item_of(document("A study of geese and ganders", ("Ann Lee",), doi="10.1/ab")))


def test_own_sentences_stand_in_their_chunk_and_mark_other_works():
    text = "We train one model on 12 corpora. It beats the older one (Liu et al., 2020) by far.\n\nno sentence here"
    said = own_sentences(document(chunks=(Chunk(1, text, "Method", 3),)))
    assert [p.text for p in said] == text.split("\n\n")[0].replace(". It", ".|It").split("|")
    assert "⟦OTHER⟧" in said[1].shown
    assert all(p.text in text and (p.chunk, p.page, p.section) == (1, 3, "Method") for p in said)


def test_what_a_work_says_of_itself_is_told_in_the_third_person():
    assert in_third_person("We train our model; it helps us.", "en") == "The authors train their model; it helps them."
    assert in_third_person("It works. We trained it in the US.", "en") == "It works. The authors trained it in the US."
    assert in_third_person("本文提出一种方法，我们发现它有效", "zh") == "作者提出一种方法，作者发现它有效"
    assert in_third_person("本文只查了新闻；", "zh") == "作者只查了新闻"
    assert in_third_person("在测试中，本文的方法有效", "zh") == "在测试中，该文的方法有效"


def test_numbers_differ_only_with_the_same_unit_and_when_the_work_nowhere_says_so():
    own, whole = ["Accuracy rose to 51.5%."], ["Accuracy rose to 51.5%. The baseline had 48% after 3 hours."]
    assert contradictions(own, ["They report an accuracy of 52 percent."], whole) == [("52 percent", "51.5%")]
    assert contradictions(own, ["They start from 48 percent."], whole) == []
    assert contradictions(own, ["They needed 5 hours in 2020."], whole) == []


def test_a_number_differs_even_where_another_sentence_fills_the_cell():
    whole = [
        "We find that training on preferences improves the choice of quotes. Human raters found the answers plausible and "
        "supported 75% of the time on a subset of Natural Questions. The share of long pages was 12%."
    ]
    citing = [
        "Raters judge the answers plausible and supported 80% of the time on a subset of Natural Questions, 67% on ELI5."
    ]
    assert contradictions([whole[0].split(". ")[0]], citing, whole) == [("80%", "75%")]
    assert contradictions([], ["Other authors saw 80% of rain in one spring."], whole) == []


def test_a_report_prints_what_stands_beside_a_cell():
    proof = Evidence(SourceKind.LIBRARY, "source", "It rose.", Match.EXACT, chunk=1)
    cell = Cell("Result", "It rose.", Status.SUPPORTED, (proof,), note="The numbers differ.")
    assert wording_in("en").cell(cell) == "It rose. (The numbers differ.)"


def test_the_works_own_words_fill_the_cell_and_the_citing_view_stands_beside():
    def cell(text: str, quote: str, kind: SourceKind) -> Cell:
        proof = Evidence(kind, "source", quote, Match.EXACT, first_hand=kind is SourceKind.LIBRARY)
        return Cell("Result", text, Status.SUPPORTED, (proof,))

    own = cell("51.5% are supported", "51.5% of sentences are supported.", SourceKind.LIBRARY)
    cited = cell("60% are supported", "They find that 60% are supported.", SourceKind.DOCUMENT)
    whole = document(chunks=(Chunk(1, "51.5% of sentences are supported."),))
    both = side_by_side(own, cited, [c.text for c in whole.chunks], "en")
    assert both.text == own.text
    assert [e.first_hand for e in both.evidence] == [True, False]
    assert "60% in the citing paper, 51.5% in the work" in both.note
    assert "The citing paper says: 60% are supported" in both.note
    chinese = side_by_side(own, cited, [c.text for c in whole.chunks], "zh")
    assert chinese.note == "数字不一致（引用方 60%，原文 51.5%）。引用方的说法：60% are supported"
    assert side_by_side(Cell("Result", status=Status.NOT_STATED), cited, [c.text for c in whole.chunks], "en") == cited
    assert side_by_side(own, Cell("Result", status=Status.NOT_STATED), [c.text for c in whole.chunks], "en") == own
