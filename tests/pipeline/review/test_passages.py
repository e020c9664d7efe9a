"""What papers say of works, sentence by sentence: which of it can be told, and in which words."""

from dataclasses import replace

import pytest
from tests.doubles.engines import FakeModel
from tests.pipeline.review.made_up import PAPER, cell, quote, row, statement, work

from citegrid.core.document import Document, Page, Span
from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.paper import Paper
from citegrid.core.reference import Mention, Reference
from citegrid.core.statement import Kind, Statement
from citegrid.core.table import Verdict
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.pipeline.document.layout.text_flow import flow_of
from citegrid.pipeline.evidence.passages import Cited
from citegrid.pipeline.review import passages
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.facts import LAST, SentencePlaces

TEXT = "Half of the text that four engines write is unsupported."


def saying(statement: Statement, *, own: bool = False, text: str = TEXT) -> passages.Saying:
    passage = Passage(SourceKind.DOCUMENT, "p.pdf", 1, text)
    return passages.Saying((work(0),), statement, passage, text, own=own)


@pytest.mark.parametrize(
    ("said", "own", "told"),
    [
        (statement(Kind.METHOD, 0.8), False, True),
        (statement(Kind.METHOD, 0.4), False, False),
        (statement(Kind.RESULT, 0.4), False, True),
        (statement(Kind.RESULT, 0.8), True, False),
        (statement(Kind.RESULT, 0.2), True, True),
        (statement(Kind.METHOD, 0.8, central=0.01), False, False),
        (statement(Kind.DETAIL, 0.8), False, False),
    ],
)
def test_a_sentence_is_told_if_it_matters_and_is_no_procedure(said: Statement, own: bool, told: bool) -> None:
    assert passages.is_told(saying(said, own=own)) is told


@pytest.mark.parametrize("text", ["half of it is unsupported.", "Half of it is supported (by", "Half of it is"])
def test_a_part_of_a_sentence_is_not_told(text: str) -> None:
    assert not passages.is_told(saying(statement(Kind.RESULT, 0.8), text=text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Berg UC/748 Prospective NR NR ML CDS beat MES for it.", False),
        ("We know from half of them that engines fail.", False),
        ("ICN 与 DNS 都维护映射关系。", True),
        ("3 网络模型 张三等（2019）构建了一种网络。", False),
        ("一． 背景介绍 在信息时代，数据很多。", False),
        ("Colitis; Score; 内窥镜检查占据核心地位。", False),
        ("该方法的准确率达到88.", False),
        ("The rate is 1 −s, where s = 0.1 for all.", False),
        ("The rate is low in most groups (n = 53).", True),
        ("准确率在3 组中都达到88%。", True),
    ],
)
def test_what_has_a_heading_or_a_formula_in_it_is_not_told(text: str, *, told: bool) -> None:
    assert passages.is_told(saying(statement(Kind.RESULT, 0.8), text=text)) is told


def test_a_sentence_is_told_without_its_number_in_a_list() -> None:
    numbered = ("(3) A model wins.", "3）A model wins.", "（3）A model wins.")
    assert {passages._unnumbered(text) for text in numbered} == {"A model wins."}
    assert passages._unnumbered("(30) models win.") == "(30) models win."


def test_what_points_back_or_is_not_understood_alone_leans() -> None:
    assert saying(statement(Kind.RESULT, 0.8), text="These engines fail.").leaning
    assert saying(statement(Kind.RESULT, 0.8, alone=0.1)).leaning and not saying(statement(Kind.RESULT, 0.8)).leaning
    assert not passages.leans("This study aims at half of the engines")


def test_only_a_result_of_the_work_itself_is_what_it_found() -> None:
    assert passages.is_found(statement(Kind.RESULT, 0.95))
    assert not passages.is_found(statement(Kind.RESULT, 0.8)) and not passages.is_found(statement(Kind.METHOD, 0.95))


def test_what_a_paper_is_after_later_is_what_it_leaves_open() -> None:
    later = replace(
        statement(Kind.AIM, 0.0), kinds=tuple({Kind.AIM: 0.8, Kind.LIMIT: 0.2}.get(kind, 0.0) for kind in Kind)
    )
    assert passages.told_kind(saying(later)) is Kind.LIMIT
    assert passages.told_kind(saying(statement(Kind.AIM, 0.0))) is Kind.AIM
    planned = saying(statement(Kind.RESULT, 0.0), own=True, text="We will be able to tell them apart.")
    assert passages.told_kind(planned) is Kind.LIMIT


def test_what_an_instrument_of_the_paper_showed_is_not_told_of_the_work_it_is_cited_from() -> None:
    said = statement(Kind.RESULT, 0.9)
    for shown, told in (
        ("Mice ⟦TARGET⟧ revealed that it fails.", False),
        ("Studies ⟦TARGET⟧ showed that it fails.", True),
    ):
        one = saying(said)
        assert passages.is_told(replace(one, passage=replace(one.passage, shown=shown))) is told


@pytest.mark.parametrize(
    "text", ["Cells in the Injured Cortex To detect them, mice were fed.", "Data Sets Used for Training We use half."]
)
def test_a_sentence_with_a_heading_before_it_is_not_told(text: str) -> None:
    assert not passages.is_told(saying(statement(Kind.RESULT, 0.8), text=text))


def paper(*sentences: str) -> Paper:
    """A paper whose sentences cite Abel (2020) and Berg (2021) together in one bracket, at their ends."""
    text, mentions = "", {"r0": [], "r1": []}  # type: ignore[var-annotated]
    for sentence in sentences:
        start, at = len(text), len(text) + sentence.index("(Abel")
        text += sentence + " "
        spans = (Span(1, start, start + len(sentence)),)
        for one in mentions:
            cited = (Span(1, at, at + sentence[at - start :].index(")") + 1),)
            mentions[one].append(Mention(1, "", (), cited, sentence, spans, "", beside=1))
    entries = [Reference(one, "", "", 1, (), (), mentions=tuple(of)) for one, of in mentions.items()]
    return Paper(Document("p.pdf", "0" * 64, (Page(1, "1", 100, 100, text),)), tuple(entries), 0.0)


def together(*sentences: str, language: str = "en") -> list[tuple[str, int, bool]]:
    context = RunContext((paper(*sentences),), read_request("", language=language), FakeModel())
    found = passages.of_works(context, [row(work(0)), row(work(1))], Names(language))
    return [(saying.text, len(saying.works), saying.own) for saying in found]


@pytest.fixture(autouse=True)
def _read_as_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sentence is read as a result that matters a little, so that the tests do not hang on the weights."""
    read = statement(Kind.RESULT, 0.4, central=0.2, alone=0.4)
    monkeypatch.setattr(RunContext, "statements_of", lambda self, said, own: [read] * len(said))


def test_what_two_works_share_is_told_once_with_both_in_their_place() -> None:
    assert together("Both audits find that half of the text (Abel, 2020; Berg, 2021) is unsupported.") == [
        ("Both audits find that half of the text (Abel et al., 2020; Berg et al., 2021) is unsupported.", 2, False)
    ]


def test_what_linked_a_sentence_is_taken_off_and_kept() -> None:
    sentence = "However, half of the text that engines write is unsupported (Abel, 2020; Berg, 2021)."
    context = RunContext((paper(sentence),), read_request("", language="en"), FakeModel())
    (found,) = passages.of_works(context, [row(work(0)), row(work(1))], Names("en"))
    assert found.text.startswith("Half of the text") and found.lead == "However, h"
    assert found.bare == "half of the text that engines write is unsupported ."


def test_what_the_paper_holds_against_works_is_its_own() -> None:
    sentence = "Contrary to two audits (Abel, 2020; Berg, 2021), our engines write supported text."
    assert [own for _, _, own in together(sentence)] == [True]


def test_a_sentence_to_be_translated_has_no_citations_and_one_at_most() -> None:
    sentence = "Both audits find that half of the text is unsupported (Abel, 2020; Berg, 2021)."
    assert together(sentence, language="zh") == [("Both audits find that half of the text is unsupported.", 2, False)]


def test_a_work_without_a_row_is_told_of_beyond_the_table_where_it_can_be_named() -> None:
    sentence = "Both audits find that half of the text (Abel, 2020; Berg, 2021) is unsupported."
    cited = paper(sentence)
    other = replace(cited.references[0], authors=("Abel, Ada",), year=2020)
    named = replace(cited.references[1], authors=("Berg, Bea",), year=2021)
    context = RunContext((replace(cited, references=(other, named)),), read_request("", language="en"), FakeModel())
    (found,) = passages.of_works(context, [row(work(2))], Names("en"))
    assert found.beyond and [one.authors for one in found.works] == [("Abel, Ada",), ("Berg, Bea",)]
    unnamed = replace(context, papers=(replace(cited, references=(cited.references[0], named)),))
    assert not passages.of_works(unnamed, [row(work(2))], Names("en"))
    (found,) = passages.of_works(context, [row(work(0))], Names("en"))
    assert not found.beyond and found.works == (work(0),)


def test_places_count_sentences_in_their_paragraphs() -> None:
    read = paper(
        "Half of it is unsupported (Abel, 2020).", "It is so again (Abel, 2020).", "Others differ (Abel, 2020)."
    )
    context = RunContext((read,), read_request("", language="en"), FakeModel())
    page = read.document.pages[0]
    last = page.text.index("Others")
    flows = flow_of([(page, 0, last)], ""), flow_of([(page, last, len(page.text))], "")
    context.memo.citations[read.key] = Cited({}, flows)
    places = SentencePlaces(context)
    at = [
        Passage(SourceKind.DOCUMENT, "p.pdf", 1, "", (Span(1, start, start + 4),))
        for start in (0, page.text.index("It"), last)
    ]
    assert [places.of(one) for one in at] == [(0, 0), (0, 1), (1, 2)]
    assert places.of(replace(at[0], source="other.pdf")) == places.of(replace(at[0], spans=())) == LAST
    context.memo.citations[read.key] = Cited({1: ((26, 36, "r0"),)}, flows)
    assert [SentencePlaces(context).is_behind_citation(one) for one in at] == [False, True, False], (
        "in its paragraph alone"
    )


def test_what_stands_between_sentences_that_cite_is_told_as_the_papers_own_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = paper(
        "Audits find that half of it (Abel, 2020; Berg, 2021) is unsupported.",
        "Few of them (Abel, 2020; Berg, 2021) read it all.",
    )
    page = read.document.pages[0]
    between = "Such a result was expected by nobody. We read all of it. "
    text = page.text[:69] + between + page.text[69:]
    document = replace(read.document, pages=(replace(page, text=text),))
    context = RunContext((replace(read, document=document),), read_request("", language="en"), FakeModel())
    marks = ((28, 52, "r0"), (28, 52, "r1"))
    context.memo.citations[read.key] = Cited({1: marks}, (flow_of([(document.pages[0], 0, len(text))], ""),))
    general = statement(Kind.BACKGROUND, 0.0)
    general = replace(general, speakers=(0.0, 0.2, 0.0, 0.8))
    monkeypatch.setattr(RunContext, "statements_of", lambda self, said, own: [general] * len(said))
    found = passages.of_works(context, [row(PAPER), row(work(0))], Names("en"))
    assert [(one.text, one.cited, one.works, one.beside) for one in found[:2]] == [
        ("Audits find that half of it (Abel et al., 2020) is unsupported.", True, (work(0),), ()),
        ("Such a result was expected by nobody.", False, (PAPER,), ()),
    ]
    assert not any("We read" in one.text for one in found)


def test_a_sentence_may_be_about_a_work_by_its_name_alone() -> None:
    passage = Passage(SourceKind.DOCUMENT, "p.pdf", 1, "GLEU wins.", shown="GLEU (of ⟦TARGET⟧) wins.")
    assert passages.is_named_alone(passage)
    assert not passages.is_named_alone(replace(passage, shown="GLEU ⟦TARGET⟧ wins."))


def test_what_a_person_rejected_is_not_told() -> None:
    sentence = "Both audits find that half of the text (Abel, 2020; Berg, 2021) is unsupported."
    context = RunContext((paper(sentence),), read_request("", language="en"), FakeModel())
    rejected = cell("Results", sentence, evidence=(quote(sentence),), verdict=Verdict.REJECTED)
    assert not passages.of_works(context, [row(work(0), rejected), row(work(1))], Names("en"))


@pytest.mark.parametrize(
    ("kind", "shown", "told"),
    [
        (Kind.BACKGROUND, "", False),
        (Kind.BACKGROUND, "⟦TARGET⟧ audit four engines by hand.", True),
        (Kind.RESULT, "", True),
    ],
)
def test_what_only_stands_behind_a_citation_is_not_told_of_its_work(kind: Kind, shown: str, *, told: bool) -> None:
    behind = saying(statement(kind, 0.4))
    behind = replace(behind, text="", passage=replace(behind.passage, shown=shown))
    context = RunContext((paper(),), read_request("", language="en"), FakeModel())
    assert bool(passages._said(context, context.papers[0], behind, (), Names("en")).text) is told
