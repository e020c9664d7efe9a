"""A citation keeps its place in its sentence, said as the review cites; what cannot be said for certain is not."""

import pytest
from tests.pipeline.review.made_up import PAPER, work

from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.pipeline.review.citations import CitedWorks, Names, in_place, letters_of

EN, ZH = Names("en"), Names("zh")
ABEL, BERG = work(0), work(1)
ZHANG = Work(WorkKind.REFERENCE, "z", "T", ("张三", "李四", "王五"), 2019)


@pytest.mark.parametrize(
    ("shown", "narrative", "said"),
    [
        ("Half is supported ⟦OTHER⟧.", False, "Half is supported (Abel et al., 2020)."),
        ("Half is supported (but see ⟦OTHER⟧).", False, "Half is supported (but see Abel et al., 2020)."),
        ("RAG ⟦OTHER⟧ reads pages.", False, "RAG (Abel et al., 2020) reads pages."),
        ("⟦OTHER⟧ audit engines.", True, "Abel et al. (2020) audit engines."),
        ("Unlike ⟦OTHER⟧, BERT reads.", False, "Unlike Abel et al. (2020), BERT reads."),
        ("As Abel et al. ⟦OTHER⟧ show, half fails.", False, "As Abel et al. (2020) show, half fails."),
        ("Abel et al. (2020) ⟦OTHER⟧ audit engines.", False, "Abel et al. (2020) audit engines."),
        ("Abel ⟦OTHER⟧ audits engines.", False, "Abel et al. (2020) audits engines."),
        ("As Abel and others (2020) show, half fails ⟦OTHER⟧.", False, "As Abel and others (2020) show, half fails."),
        ("Half is supported [ ⟦OTHER⟧ ].", False, "Half is supported (Abel et al., 2020)."),
        ("Half is supported. ⟦OTHER⟧", False, "Half is supported (Abel et al., 2020)"),
        ("Abel et al. find that half fails ⟦OTHER⟧.", False, "Abel et al. (2020) find that half fails."),
        ("Half is supported ⟦OTHER⟧ - ⟦OTHER⟧.", False, "Half is supported (Abel et al., 2020)."),
        ("The paper ⟦OTHER⟧ ensures that half fails.", True, "Abel et al. (2020) ensures that half fails."),
        (
            "It is shown in the work ⟦OTHER⟧ that half fails.",
            True,
            "It is shown in Abel et al. (2020) that half fails.",
        ),
    ],
)
def test_an_english_citation_is_said_in_its_place(shown: str, narrative: bool, said: str) -> None:
    assert in_place(shown, [CitedWorks((ABEL,), narrative)], EN) == said


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("文献 ⟦OTHER⟧ 提出了一种方法。", "张三等（2019） 提出了一种方法。"),
        ("根据文献⟦OTHER⟧，误差很小。", "根据张三等（2019），误差很小。"),
        ("随后张三等人⟦OTHER⟧提出了一种方法。", "随后张三等（2019）提出了一种方法。"),
        ("该方法误差很小⟦OTHER⟧。", "该方法误差很小（张三等，2019）。"),
        ("张三等人提出了一种方法⟦OTHER⟧。", "张三等（2019）提出了一种方法。"),
        ("3 网络模型 张三等提出了一种方法⟦OTHER⟧。", "张三等（2019）提出了一种方法。"),
        ("发现该方法误差很小⟦OTHER⟧。", "张三等（2019）发现该方法误差很小。"),
        ("典型的代表是⟦OTHER⟧的方法。", "典型的代表是张三等（2019）的方法。"),
        ("已有研究分析了投资者行为⟦OTHER⟧等因素。", "已有研究分析了投资者行为（张三等，2019）等因素。"),
    ],
)
def test_a_chinese_citation_is_said_in_its_place(shown: str, said: str) -> None:
    assert in_place(shown, [CitedWorks((ZHANG,), False)], ZH) == said


def test_each_of_several_citations_keeps_its_place() -> None:
    shown = "Some find a gain ⟦OTHER⟧, others none ⟦OTHER⟧."
    said = in_place(shown, [CitedWorks((ABEL,), False), CitedWorks((BERG, work(2)), False)], EN)
    assert said == "Some find a gain (Abel et al., 2020), others none (Berg et al., 2021; Cole et al., 2022)."


def test_a_name_within_an_earlier_citation_is_not_the_one_that_is_dated() -> None:
    marks = [CitedWorks((ABEL,), False), CitedWorks((work(0, 2009),), False)]
    said = in_place("It serves search ⟦OTHER⟧ and checks ⟦OTHER⟧.", marks, EN)
    assert said == "It serves search (Abel et al., 2020) and checks (Abel et al., 2009)."


@pytest.mark.parametrize(
    ("shown", "marks"),
    [
        ("As Cole et al. ⟦OTHER⟧ show, half fails.", [CitedWorks((ABEL,), False)]),
        ("⟦OTHER⟧ audit engines.", [CitedWorks((*map(work, range(5)), work(0, 1999)), True)]),
        ("Couper and de Leeuw ⟦OTHER⟧. explored a mode.", [CitedWorks((ABEL,), False)]),
        ("Half is supported ⟦OTHER⟧.", []),
    ],
)
def test_what_names_others_or_too_many_or_is_torn_is_not_said(shown: str, marks: list[CitedWorks]) -> None:
    assert in_place(shown, marks, EN) == ""


@pytest.mark.parametrize(
    ("language", "authors", "shown"),
    [
        ("zh", ("Gao, T.", "Yen, H.", "Yu, J."), "Gao等（2023）"),
        ("en", ("Gao, T.", "Yen, H.", "Yu, J."), "Gao et al. (2023)"),
        ("en", ("Gao, T.", "Yen, H."), "Gao and Yen (2023)"),
        ("zh", (), "《T》（2023）"),
    ],
)
def test_a_work_is_named_by_its_authors_and_year(language: str, authors: tuple[str, ...], shown: str) -> None:
    assert Names(language).told(Work(WorkKind.REFERENCE, "r", "T", authors, 2023)) == shown


def test_a_family_name_in_capitals_is_written_as_a_name() -> None:
    assert Names("en").told(Work(WorkKind.REFERENCE, "r", "T", ("WANG, Y",), 2023)) == "Wang (2023)"
    assert Names("en").told(Work(WorkKind.REFERENCE, "r", "T", ("IHME",), 2023)) == "IHME (2023)"


def test_works_in_brackets_and_in_a_row() -> None:
    works = [ABEL, BERG, work(2)]
    assert Names("en").noted(works[:2]) == " (Abel et al., 2020; Berg et al., 2021)"
    assert Names("zh").noted(works[:2]) == "（Abel等，2020；Berg等，2021）"
    assert Names("en").listed(works) == "Abel et al. (2020), Berg et al. (2021), and Cole et al. (2022)"
    assert Names("zh").listed(works[:2]) == "Abel等（2020）与Berg等（2021）"


def test_the_one_main_paper_is_itself_and_one_of_several_is_named() -> None:
    assert Names("zh").told(PAPER) == "本文" and Names("zh").noted([PAPER]) == ""
    assert Names("en", several=True).told(PAPER) == "Own (2025)"


def test_works_of_one_name_and_year_are_told_apart_by_letters_as_printed() -> None:
    def entry(one: str, author: str, raw: str) -> Reference:
        return Reference(one, "", raw, 1, (), (), authors=(author,), year=2016)

    printed = [entry("r1", "Rozsa, A", "Rozsa, A., 2016b. Are"), entry("r2", "Rozsa, A", "Rozsa, A., 2016a. Is")]
    bare = [entry("r3", "Rudd, E", "Rudd E (2016) A"), entry("r4", "Rudd, E", "Rudd E (2016) B")]
    letters = letters_of([*printed, *bare, entry("r5", "Liu, Z", "Liu Z (2016) C")])
    assert letters == {"r1": "b", "r2": "a", "r3": "a", "r4": "b"}
    unequal = [entry("r6", "Ma, Q", "Ma, Q., 2016. A"), entry("r7", "Ma, Q", "Ma, Q., 2016a. B")]
    assert letters_of(unequal) == {"r6": "a", "r7": "b"}, "never the same letter twice"
    names = Names("en", letters=letters)
    one = Work(WorkKind.REFERENCE, "r1", "Are", ("Rozsa, A",), 2016)
    assert (names.told(one), names.noted([one])) == ("Rozsa (2016b)", " (Rozsa, 2016b)")


def test_a_citation_behind_a_name_in_other_letters_is_not_said() -> None:
    assert in_place("Gu¨ndu¨z et al. ⟦OTHER⟧ propose a bat.", [CitedWorks((ABEL,), narrative=True)], EN) == ""
