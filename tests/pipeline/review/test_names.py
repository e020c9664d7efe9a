"""Works are named as people cite them, in either language."""

import pytest
from tests.pipeline.review.made_up import PAPER, work

from citegrid.core.reference import Work, WorkKind
from citegrid.pipeline.review.names import Names


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


def test_works_in_brackets_and_in_a_row() -> None:
    works = [work(0), work(1), work(2)]
    assert Names("en").noted(works[:2]) == " (Abel et al., 2020; Berg et al., 2021)"
    assert Names("zh").noted(works[:2]) == "（Abel等，2020；Berg等，2021）"
    assert Names("en").listed(works) == "Abel et al. (2020), Berg et al. (2021), and Cole et al. (2022)"
    assert Names("zh").listed(works[:2]) == "Abel等（2020）和Berg等（2021）"


def test_the_one_main_paper_is_itself_and_one_of_several_is_named() -> None:
    assert Names("zh").told(PAPER) == "本文" and Names("zh").noted([PAPER]) == ""
    assert Names("en", several=True).told(PAPER) == "Own (2025)"
