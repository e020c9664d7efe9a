"""Labels of covers, in the forms that schools print them."""

from __future__ import annotations

import pytest
from tests.papers import page

from citegrid.pipeline.document.metadata.thesis_cover import cover_authors, cover_title, cover_year


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
    assert cover_title([page(1, [rows])]) == title


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
    assert cover_authors([page(1, [row])]) == authors


def test_dates_in_chinese():
    assert cover_year([page(1, ["二〇二三年六月"])], 2026) == 2023
    assert cover_year([page(1, ["2021 年 5 月 8 日"])], 2026) == 2021
    assert cover_year([page(1, ["2021 年 5 月 8 日"])], 2020) is None
    assert cover_year([page(1, ["GB/T 7714-2015"])], 2026) is None
