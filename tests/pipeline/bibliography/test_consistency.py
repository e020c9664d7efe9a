"""Nothing that a reference list holds is dropped silently."""

from __future__ import annotations

import json
import re

import pytest
from tests.papers import document, reference

from citegrid.core.document import BlockKind
from citegrid.core.resources import resource
from citegrid.pipeline.bibliography.consistency import warnings_of
from citegrid.pipeline.bibliography.coverage import losses_of
from citegrid.pipeline.bibliography.extract import find_references, mark_entries
from citegrid.pipeline.citations.resolve import find_mentions
from citegrid.pipeline.citations.unresolved import unresolved_citations

BODY = "Nothing is cited here, but the text of the paper is long enough to be one."
HEADING = (BlockKind.HEADING, "References")
FAMILIES = ("Adams", "Baker", "Clark", "Davis", "Evans", "Fisher", "Green", "Harris")
NUMBERED = [f"[{i}] J. {n}, The measurement of many things, 20{i:02d}." for i, n in enumerate(FAMILIES, 1)]


def entries(*labels: str, **more: object):
    return [reference(f"r{i}", label=label, **more) for i, label in enumerate(labels, 1)]


def losses(*parts, pages=()):
    doc = document([BODY, *parts], *pages)
    return losses_of(doc, find_references(doc))


def test_gaps_doubles_and_idle_entries_are_told() -> None:
    doc = document(["Shown [1]."])
    entries = [reference(f"r{i}", label=f"[{n}]") for i, n in enumerate([1, 2, 2, 4])]
    warnings = " ".join(warnings_of(find_mentions(doc, entries, ())))
    assert "lacks [3]." in warnings
    assert "[2] stands at more than one entry" in warnings
    assert "3 of 4 entries are never cited" in warnings


def test_a_sound_list_has_no_warnings() -> None:
    doc = document(["Shown [1, 2]."])
    entries = [reference(f"r{n}", label=f"[{n}]") for n in (1, 2)]
    assert warnings_of(find_mentions(doc, entries, ())) == ()


def test_a_list_that_nothing_cites_is_told_once() -> None:
    assert warnings_of([reference("r1", label="[1]")]) == ("no in-text citation was found.",)


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (["[1]", "[3]"], ["the reference list lacks [2]."]),
        (["[2]", "[3]", "[4]"], ["the reference list lacks [1]."]),
        (["1.", "2.", "9."], ["the reference list lacks [3], [4], [5], [6], [7], [8]."]),
        (["［1］", "［3］"], ["the reference list lacks [2]."]),
        (["[40]", "[41]", "[43]"], ["the reference list begins with [40].", "the reference list lacks [42]."]),
        (["[1]", "[2]", "[1]", "[2]", "[4]"], ["the reference list lacks [3]."]),  # a list for each chapter
        (["[1]", "[1]", "[2]"], ["the number [1] stands at more than one entry."]),
        (["[1]", "[2]", "[1]", "[2]"], []),
        (["[Kn84]", "[La94]"], []),
        (["[1]"], []),
    ],
)
def test_numbers_are_held_against_each_other_list_by_list(labels, told):
    assert list(warnings_of(entries(*labels)))[:-1] == told


def test_an_entry_that_swallowed_the_next_one_is_told():
    found = entries("[1]", "[2]", raw="[2] A. Name. A title. 2001. [3] B. Name. Another title. 2002.")
    assert "entry [2] seems to hold entry [3] too." in warnings_of(found)


@pytest.mark.parametrize(
    "double",
    [
        {"title": "三维矢量散射积分方程中奇异性分析"},
        {"title": "A title of some length"},
        {"title": "", "doi": "10.1000/182"},
    ],
)
def test_a_work_that_stands_twice_is_told_once(double):
    found = [*entries("", "", **double), reference("r9", title="2nd", doi="10.1000/183")]
    assert sum("is listed 2 times." in w for w in warnings_of(found)) == 1


def test_a_paper_without_a_list_says_so():
    assert warnings_of(()) == ("no reference list was found.",)


def test_an_entry_that_is_too_short_is_told():
    (told,) = losses(HEADING, *NUMBERED[:3], "[4] Ibid.", *NUMBERED[4:])
    assert told == "“[4] Ibid.” on page 1 stands in the reference list but was not read as an entry."


def test_text_above_the_first_label_is_told():
    (told,) = losses(HEADING, "Works on the measurement of all things", *NUMBERED)
    assert "“Works on the measurement of all things” on page 1 stands in the reference list" in told


def test_a_list_that_is_not_believed_beside_a_sound_one_is_told():
    table = [f"[{i}] no {i}" for i in range(1, 9)]
    (told,) = losses((BlockKind.HEADING, "References"), *table, pages=[[HEADING, *NUMBERED]])
    assert told.startswith("“[1] no 1 [2] no 2")
    assert "on page 1 stands in the reference list but was not read as an entry." in told


def test_a_heading_without_entries_is_told():
    doc = document([BODY], [BODY], [HEADING, "See the web site of the project."])
    assert losses_of(doc, ()) == ("no entries were found below “References” on page 3.",)


def test_an_entry_behind_the_list_is_told():
    told = losses(HEADING, *NUMBERED, (BlockKind.HEADING, "Appendix"), "[9] The later things, 2009.")
    assert told == (
        "“[9] The later things, 2009.” on page 1 looks like an entry but stands outside the reference list.",
    )


def test_a_sound_list_and_the_page_numbers_in_it_are_no_loss():
    assert losses(HEADING, *NUMBERED[:4], pages=[["12", *NUMBERED[4:]]]) == ()


def cited(*body: str, listed=NUMBERED):
    doc = document([*body], [HEADING, *listed])
    references = find_references(doc)
    doc = mark_entries(doc, references)
    return unresolved_citations(doc, find_mentions(doc, references, ()))


def test_numbers_above_the_last_entry_are_told():
    told = cited("Shown [1], [2], [3], [4] and [5]; more in [3, 9] and [11].")
    assert told == ("the text cites [9], [11], which the reference list lacks.",)


def test_numbers_that_are_no_citation_are_not_told():
    assert cited("Shown [1], [2], [3], [4] and [5] on a scale of [1, 10], in 1990 [1990], by x[12] = 3.") == ()


NAMED = [f"{n}, J. and Moore, K. (20{i:02d}). The measurement of many things." for i, n in enumerate(FAMILIES, 1)]


def test_names_without_an_entry_are_told():
    told = cited(
        "Shown (Adams and Moore, 2001; Baker and Moore, 2002), by Clark and Moore (2003) and Davis and Moore (2004),",
        "and (Evans and Moore, 2005). But Lost et al. (2011) and (Gone & Moore, 2012a) differ. In Paris (2019) not.",
        listed=NAMED,
    )
    assert told == ("the text cites “Lost et al. (2011)”, “Gone & Moore, 2012a”, which the reference list lacks.",)


def test_every_warning_has_a_chinese_counterpart():
    sentences = json.loads(resource("translations", "zh.json").read_text("utf-8"))
    patterns = [re.sub(r"\\{\w+\\}", ".+", re.escape(key)) for key in sentences]
    numbered = entries("[2]", "[2]", "[40]", title="A title of some length", raw="[40] A. B. C. [41] D.")
    made = [
        *warnings_of(()),
        *warnings_of(numbered),
        *warnings_of(entries("[40]", "[41]")),
        *losses(HEADING, *NUMBERED[:3], "[4] Ibid.", *NUMBERED[4:], "[9] x"),
        *losses(HEADING, *NUMBERED, (BlockKind.HEADING, "Appendix"), "[9] The later things, 2009."),
        *losses_of(document([BODY], [HEADING]), ()),
        *cited("Shown [1], [2], [3], [4] and [5]; more in [9]."),
    ]
    assert len(made) >= 9
    assert [w for w in made if not any(re.fullmatch(p, w) for p in patterns)] == []
