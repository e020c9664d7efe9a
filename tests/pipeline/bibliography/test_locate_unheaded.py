"""Lists that only the marks of GB/T 7714 announce."""

from __future__ import annotations

from tests.papers import document

from citegrid.pipeline.bibliography.extract import find_references

LISTED = "[1] 余敏. 出版研究[M]. 北京: 书籍出版社, 2001.\n[2] PARSONS J D. Radio channels[M]. Hoboken: Wiley, 2000.\n[3] 贾泽, 等. 腐蚀研究[J]. 机械工程, 2006, 28(1): 117-119."


def raws(*parts: str) -> list[tuple[str, str]]:
    return [
        (r.label, r.title)
        for r in find_references(document(["正文说明如下。", *parts, "正文在这里继续，与文献无关。"]))
    ]


def test_examples_in_the_body_are_a_list_each() -> None:
    found = raws(LISTED, "(a) 第一种样式", LISTED)
    assert found == [("[1]", "出版研究"), ("[2]", "Radio channels"), ("[3]", "腐蚀研究")] * 2


def test_footnotes_that_are_entries_are_a_list() -> None:
    notes = "1SUNSTEIN C R. Social norms and social roles[J]. Columbia law review, 1996, 96: 903.\n2罗杰斯. 西方文明史[M]. 潘惠霞, 译. 大连: 东北财经大学出版社, 2011: 15-16."
    assert raws(notes) == [("1", "Social norms and social roles"), ("2", "西方文明史")]
    assert raws("1本文得到资助[M]. 2011\n2通信作者 zhang[J], 2012") == []


def test_a_single_entry_with_its_number_is_a_list() -> None:
    assert raws("[1] 马欢. 人类活动影响下海河流域典型区水循环变化分析[D/OL]. 北京: 清华大学, 2011.") == [
        ("[1]", "人类活动影响下海河流域典型区水循环变化分析")
    ]
    assert raws("[3] 马欢. 人类活动影响下海河流域典型区水循环变化分析[D/OL]. 北京: 清华大学, 2011.") == []


def test_own_publications_are_no_list_of_references() -> None:
    assert raws("攻读硕士学位期间取得的成果", LISTED) == []


def test_one_marked_sentence_and_source_code_are_no_list() -> None:
    assert raws("余敏, 出版研究[M]. 北京: 书籍出版社, 2001.") == []
    code = (
        LISTED.replace("余敏.", "\\\\cite{余敏}.").replace("PARSONS", "\\\\cite{P}").replace("贾泽", "\\\\cite{贾泽}")
    )
    assert raws(code) == []


def test_the_last_word_of_a_sentence_is_no_heading() -> None:
    lines = "\n".join(
        f"20{n}-05-17 date of update: 20{n}-05-17 to version v1.{n} of the style files" for n in range(10, 22)
    )
    assert find_references(document(["Use it at the begin of the", "bibliography.", lines])) == ()
