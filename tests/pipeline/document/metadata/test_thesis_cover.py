"""Labels of covers, in the forms that schools print them."""

from __future__ import annotations

import pytest
from tests.papers import page

from citegrid.pipeline.document.metadata.front import authors_of, year_of
from citegrid.pipeline.document.metadata.thesis_cover import titles


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            "某某大学\n硕士学位论文\n论文题目：图神经网络的\n若干理论问题\n作者姓名：李雷\n指导教师：韩梅梅",
            "图神经网络的若干理论问题",
        ),
        ("题 目 面向边缘计算的任务调度\n学 院 计算机学院", "面向边缘计算的任务调度"),
        ("Title: A Study of Rivers\nAuthor: Jane Smith", "A Study of Rivers"),
        ("某某大学\n面向边缘计算的任务调度", ""),
    ],
)
def test_a_title_behind_its_label_runs_to_the_next_label(rows, title):
    assert [found.value for found in titles([page(1, [rows])])] == ([title] if title else [])


@pytest.mark.parametrize(
    ("row", "authors"),
    [
        ("作者姓名：李雷", ("李雷",)),
        ("研 究 生 李 雷", ("李雷",)),
        ("作者：李雷、韩梅梅", ("李雷", "韩梅梅")),
        ("Candidate: Jane Smith", ("Jane Smith",)),
        ("学位申请人：XX", ()),
        ("指导教师：韩梅梅", None),
    ],
)
def test_authors_behind_their_label(row, authors):
    found = authors_of([page(1, [row])], "", {"author": "Ann Roth"})
    assert found == (("Ann Roth",) if authors is None else authors), "the file counts where no label stands"


def test_dates_in_chinese():
    assert year_of([page(1, ["二〇二三年六月"])], {}) == 2023
    assert year_of([page(1, ["2021 年 5 月 8 日"])], {}) == 2021
    assert year_of([page(1, ["2021 年 5 月 8 日"])], {"creationDate": "D:2019"}) == 2019
    assert year_of([page(1, ["GB/T 7714-2015"])], {}) is None
