"""What works have in common by their titles is said of them, and nothing that only begins alike."""

import pytest
from tests.pipeline.review.made_up import fact, quote, work

from citegrid.core.statement import Kind
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.terms import phrases_in, words_in, written_as
from citegrid.pipeline.review.topics import Titles, further, topics_of

EN = Names("en")
WORKS = [
    work(0, title="Counting Road Kills in Spring"),
    work(1, title="A Model of Road Kills"),
    work(2, title="Peer pressure at work"),
    work(3, title="Measuring peer pressure"),
]
PRINTED = {w.id: (quote(w.title),) for w in WORKS}
THREAD = tuple(fact(w, Kind.RESULT, f"The road kills of {w.authors[0]} rise") for w in WORKS[:2])


def test_works_of_a_paragraph_are_told_together_by_what_their_titles_share() -> None:
    (topic,) = topics_of([THREAD], EN, Titles(PRINTED))
    assert topic is not None and topic.works == ("r0", "r1")
    assert topic.text == "Both Abel et al. (2020) and Berg et al. (2021) deal with road kills."
    assert topic.evidence == (*PRINTED["r0"], *PRINTED["r1"])


def test_what_the_paper_itself_is_about_is_no_topic() -> None:
    assert list(topics_of([THREAD], EN, Titles(PRINTED, "Road kills in winter"))) == [None]


def test_a_work_whose_title_is_not_printed_is_not_told_by_it() -> None:
    assert list(topics_of([THREAD], EN, Titles({"r0": PRINTED["r0"]}))) == [None]


def test_works_of_which_nothing_is_told_are_told_by_their_titles() -> None:
    found = further([THREAD], WORKS, EN, Titles(PRINTED, "Peer pressure of birds"))
    assert found is not None and found.works == ("r2", "r3") and "peer pressure, too" in found.text.casefold()
    assert further([THREAD], WORKS[:3], EN, Titles(PRINTED)) is None


@pytest.mark.parametrize(
    ("title", "held", "not_held"),
    [
        ("A Study of Road Kills: Birds in Spring", "road kills", "kills birds"),
        ("RESULTS OF ROAD KILLS", "road kills", "RESULTS"),
        ("基于随机森林的室内可见光定位研究", "室内可见光定位", "定位研究"),
        ("基于XGBoost 算法的预测", "XGBoost", "基于"),
    ],
)
def test_phrases_of_titles(title: str, held: str, not_held: str) -> None:
    assert held in {p.casefold() if p.isupper() else p for p in phrases_in(title)} and not_held not in phrases_in(title)


def test_a_phrase_is_written_as_the_text_writes_it() -> None:
    assert written_as("bactericera in peru", "Bactericera stays in Peru") == "Bactericera in Peru"
    assert written_as("road kills", "Birds on roads") == ""


def test_words_that_only_hold_a_sentence_together_are_no_terms() -> None:
    assert words_in("However, these results show birds", "en") == {"bird"}
    assert "鸟类" in words_in("对鸟类的影响", "zh") and "的影" not in words_in("对鸟类的影响", "zh")
