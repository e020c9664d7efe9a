"""A paper's own journal: as it asks to be cited, or as its margins name it; nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.papers import document

from citegrid.core.document import BlockKind
from citegrid.core.reference import Imprint
from citegrid.pipeline.bibliography.own_entry import own_entry

TITLE = "Rivers of the north under a changing climate"
BODY = "We measured rivers in the north. " * 40


def paper(*texts: str | tuple[BlockKind, str], title: str = TITLE):
    made = document([title, "Ada Berg and Bo Dahl", *texts, BODY], title=title)
    return replace(made, authors=("Ada Berg", "Bo Dahl"), year=2019, doi="10.1000/x1")


def test_a_paper_that_asks_to_be_cited_says_where_it_stands():
    asked = f"How to cite this article: Berg, A., & Dahl, B. (2019). {TITLE}. Journal of Hydrology, 12(3), 45–67."
    entry = own_entry(paper(asked), "paper")
    assert (entry.id, entry.doi, entry.venue) == ("paper", "10.1000/x1", "Journal of Hydrology")
    assert entry.imprint == Imprint("12", "3", "45-67")


def test_a_chinese_cover_says_it_behind_its_label():
    title = "气候变化下北方河流水质模型研究"
    cover = f"题目：\n{title}\n作者：\n张伟，李华\n收稿日期：\n2019-05-19\n引用格式：\n张伟，李华．{title}[J]．水利学报，2019，50(3)：45-52."
    entry = own_entry(paper(cover, title=title), "paper")
    assert (entry.venue, entry.imprint) == ("水利学报", Imprint("50", "3", "45-52", mark="J"))


def test_a_margin_names_the_journal():
    entry = own_entry(paper((BlockKind.HEADER, "Journal of Hydrology 191 (2019) 103742")), "paper")
    assert (entry.venue, entry.imprint) == ("Journal of Hydrology", Imprint("191", "", "103742"))


@pytest.mark.parametrize(
    "text",
    [
        "Journal of Hydrology 191 (2018) 103742",
        "Download details: IP Address: 132.174.54 on 3 May 2019",
        "Berg, A. (2019). Lakes of the south. Journal of Hydrology, 12(3), 45–67.",
        "Received 3 March 2019; accepted 4 April 2019",
    ],
)
def test_another_year_or_work_is_not_its_own(text: str):
    entry = own_entry(paper((BlockKind.FOOTER, text)), "paper")
    assert (entry.venue, entry.imprint) == ("", Imprint())


@pytest.mark.parametrize(
    ("above", "imprint"),
    [
        (("第50卷第3 期", "水 利 学 报", "2019年3月", "Vol. 50 No. 3"), Imprint("50", "3", mark="J")),
        (("水利学报", "2019年第3期"), Imprint("", "3", mark="J")),
        (("水利学报", "2018年第3期"), Imprint()),
        (("水利部资助项目", "2019年3月"), Imprint()),
    ],
)
def test_a_chinese_journal_stands_above_its_title(above: tuple[str, ...], imprint: Imprint):
    title = "气候变化下北方河流水质模型研究"
    made = document([*above, (BlockKind.HEADING, title), "张伟 李华", BODY], title=title)
    entry = own_entry(replace(made, authors=("张伟", "李华"), year=2019), "paper")
    assert (entry.venue, entry.imprint) == ("水利学报" if imprint.issue else "", imprint)
