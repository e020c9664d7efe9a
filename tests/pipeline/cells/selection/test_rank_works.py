"""Which literature matters: often, alone, in many places, for what it did."""

from dataclasses import replace

from tests.papers import document, mention, reference

from citegrid.core.messages import say
from citegrid.core.reference import Intent, WorkKind
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.pipeline.cells.selection.rank_works import select, work_of
from citegrid.pipeline.cells.selection.shared_words import shares_of_topic

SENTENCE = "Gao et al. (2023) build ALCE, a benchmark for the citations that language models give."
DOC = document([SENTENCE, "Others also study this (Doe, 2019; Roe, 2018)."], title="Our paper")
ONE = mention(DOC, "Gao et al. (2023)", SENTENCE, narrative=True)
LIST = mention(DOC, "Doe, 2019", "Others also study this (Doe, 2019; Roe, 2018).", beside=1)
GAO = reference("gao", [ONE, ONE], title="Enabling", year=2023)
DOE = reference("doe", [LIST], title="Doe's", year=2019)
NEVER = reference("never", [], title="Never cited", year=2020)


def request(query=""):
    return read_request(query, language="en", max_rows=3, target=None)


def test_the_paper_comes_first_and_uncited_entries_do_not_come():
    works = select(DOC, [DOE, NEVER, GAO], request())
    assert [w.id for w in works] == ["paper", "gao", "doe"]
    assert works[0].kind is WorkKind.PAPER
    assert works[0].title == "Our paper"


def test_no_more_rows_than_asked():
    many = [replace(GAO, id=f"r{i}", title=f"Title {i}") for i in range(9)]
    assert len(select(DOC, many, request())) == 3


def test_what_is_a_tool_weighs_less_than_what_is_told_of():
    used = replace(GAO, mentions=(replace(ONE, intent=Intent.USES),))
    named = replace(GAO, mentions=(ONE,))
    compared = replace(GAO, mentions=(replace(ONE, intent=Intent.COMPARES),))
    assert work_of(used).score < work_of(named).score == work_of(compared).score


def test_a_work_cited_alone_weighs_more_than_one_of_many():
    among = replace(GAO, mentions=(replace(ONE, beside=6),))
    assert work_of(among).score < work_of(replace(GAO, mentions=(ONE,))).score


def test_the_topic_is_what_titles_share():
    titles = {
        "rival": "Citations of language models",
        "tool": "Adam: stochastic optimisation",
        "zh": "语言模型引文综述",
        "none": "",
    }
    entries = [reference(one, [ONE], title=title, year=2020) for one, title in titles.items()]
    shares = shares_of_topic("A benchmark for 语言模型 and citations", entries)
    assert shares["rival"] > shares["tool"] == shares["none"] == 0.0 < shares["zh"] <= 1.0


def test_a_rival_comes_before_a_tool():
    entries = [reference("tool", [ONE], title="Adam"), reference("rival", [ONE], title="Citations of models")]
    doc = replace(DOC, title="A benchmark of citations")
    assert [w.id for w in select(doc, entries, request())] == ["paper", "rival", "tool"]


def test_the_reasons_are_said_in_the_language():
    reasons = work_of(GAO).reasons
    assert [say(r, "zh") for r in reasons] == ["引用2次", "2次单独引用"]
    assert [say(r, "en") for r in reasons] == ["cited 2 times", "2 times alone"]


def test_an_entry_printed_twice_gets_one_row():
    twice = [GAO, replace(GAO, id="again")]
    assert len(select(DOC, twice, request())) == 2


def test_years_in_the_query_are_obeyed():
    works = select(DOC, [GAO, DOE], request("only works after 2021"))
    assert [w.id for w in works] == ["paper", "gao"]


def test_works_that_the_paper_tells_of_come_before_works_that_it_only_notes():
    other = replace(GAO, id="other", title="Another title")
    works = select(DOC, [GAO, other], request(), {"gao": 0.4, "other": 2.4})
    assert [w.id for w in works] == ["paper", "other", "gao"]
    assert "2 sentences about it" in works[1].reasons
