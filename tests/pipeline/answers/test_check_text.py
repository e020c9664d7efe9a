"""A text of one's own against a paper: planted numbers, units, directions, denials and names, beside what is only said otherwise."""

from __future__ import annotations

import pytest
from tests.papers import document

from citegrid.core.outcome.answers import CheckedSentence, Standing
from citegrid.core.paper import Paper
from citegrid.pipeline.answers.check_text import check_text

#: What the paper says; the sentences between are there to be told apart.
ENGLISH = [
    "The oil of the first cultivar was obtained by steam distillation in the laboratory of the institute.",
    "The survey covered 82 km of road and recorded 26 species of animals in twelve months.",
    "Treated patients had a higher body temperature than those of the control group.",
    "The funders had no role in the design of the study or in the decision to publish.",
    "The sensors were calibrated with the Kolmogorov procedure before each measurement.",
    "Batteries with the new anode lost 9 mA of current after the first week of storage.",
    "Interviews were held with farmers, teachers and nurses in their own villages.",
    "The model was trained on 500K samples of spoken dialogue from public archives.",
]
CHINESE = [
    "本系统采用八路逻辑分析仪显示测试结果，并通过串口输出全部数据。",
    "该架构的查询性能高于集群架构，运维成本低于集群架构。",
    "多数分析型数据库没有实现完全的一致性，因为那会降低写入速度。",
    "实验在三台服务器上重复进行，每台服务器运行相同的操作系统。",
]


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper(document(ENGLISH[:4], ENGLISH[4:], CHINESE), ())


def check(paper: Paper, text: str) -> CheckedSentence:
    (only,) = check_text(text, [paper]).sentences
    return only


@pytest.mark.parametrize(
    ("text", "here", "there"),
    [
        ("The survey recorded 36 species of animals in twelve months.", "36", "26"),
        ("The survey covered 82 m of road and recorded 26 species.", "82 m", "82 km"),
        ("Treated patients had a lower body temperature than the control group.", "lower", "higher"),
        ("The model was trained on 50K samples of spoken dialogue.", "50", "500"),
        ("该架构的查询性能低于集群架构。", "低于", "高于"),
    ],
)
def test_what_was_turned_round_is_contradicted_and_named(paper: Paper, text: str, here: str, there: str) -> None:
    found = check(paper, text)
    assert found.standing is Standing.CONTRADICTED
    assert here in found.reason and there in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "The funders had a role in the design of the study and in the decision to publish.",
        "多数分析型数据库实现了完全的一致性。",
    ],
)
def test_a_denial_that_was_left_out_is_seen(paper: Paper, text: str) -> None:
    found = check(paper, text)
    assert (found.standing, str(found.reason)) == (Standing.CONTRADICTED, "denied in the source, not here")


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("In twelve months 26 species of animals were recorded by the survey.", 1),
        ("The control group had a lower body temperature than treated patients.", 1),
        ("Spoken dialogue, 500,000 samples from public archives, was what the model was trained on.", 2),
        ("测试结果用八路逻辑分析仪显示。", 3),
    ],
)
def test_what_is_only_said_otherwise_is_supported_where_it_stands(paper: Paper, text: str, page: int) -> None:
    found = check(paper, text)
    assert found.standing is Standing.SUPPORTED
    assert found.evidence[0].page == page
    assert found.evidence[0].boxes


@pytest.mark.parametrize(
    "text", ["Elephants crossed the frozen river at night in winter.", "能耗比传统方案降低了百分之四十。"]
)
def test_what_nobody_says_is_not_found(paper: Paper, text: str) -> None:
    assert check(paper, text).standing is Standing.NOT_FOUND


def test_a_name_that_the_source_has_not_is_never_supported(paper: Paper) -> None:
    text = "The sensors were calibrated with the Shapiro procedure before each measurement."
    assert check(paper, text).standing is not Standing.SUPPORTED


def test_the_numbers_of_citations_are_no_claims_and_headings_none(paper: Paper) -> None:
    checked = check_text("Results\n\nThe survey recorded 26 species of animals [99] (Smith, 2024).", [paper])
    assert [one.standing for one in checked.sentences] == [Standing.SUPPORTED]


def test_contradictions_come_first(paper: Paper) -> None:
    text = "The survey recorded 26 species of animals. The survey recorded 36 species of animals."
    checked = check_text(text, [paper])
    assert [one.standing for one in checked.by_standing] == [Standing.CONTRADICTED, Standing.SUPPORTED]
