"""One correction of a translated cell: what term it corrects, and where else it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citegrid.core.edits.columns import merge_cells
from citegrid.core.edits.glossary import (
    Correction,
    changed_stretch,
    correction_of,
    moved,
    remember,
    replaced,
    replacements_of,
    set_glossary,
    stands,
)
from citegrid.core.evidence import Evidence, Match, SourceKind, original_of
from citegrid.core.glossary import Term, joined
from citegrid.core.project import Project, apply
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence, confirmed
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict, Wording, stretches

QUOTE = "They train a policy model for writing."
KNOWN = (Term("policy", "策略"), Term("policy model", "策略模型"), Term("reward model", "奖励模型"))
MADE = Correction("policy model", "政策模型", "策略模型")


def quoted(quote: str) -> tuple[Evidence, ...]:
    return (Evidence(SourceKind.DOCUMENT, "paper.pdf", quote, Match.EXACT, 1),)


def cell(text: str, column: str = "a", quote: str = QUOTE, verdict: Verdict = Verdict.OPEN, **more: object) -> Cell:
    made = Cell(column, text, Status.SUPPORTED, quoted(quote), verdict=verdict, wording=Wording.TO_BE_CHECKED)
    return replace(made, **more)  # type: ignore[arg-type]


def project(*cells: Cell, sentences: tuple[Sentence, ...] = ()) -> Project:
    rows = tuple(Row(Work(WorkKind.REFERENCE, f"r{i}", f"Title {i}"), (one,)) for i, one in enumerate(cells))
    return Project(table=Table((Column("a"),), rows), review=Review(sentences))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("他们训练了用于写作的策略模型。", MADE),  # the longest term of the quote explains it
        ("他们训练了用于写作的模型。", None),  # nothing was put in the place of what went
        ("他们提出了一个完全不同的、用于文本写作的奖励系统框架。", None),  # written anew
        ("他们训练了用于写作的政策模型。", None),  # nothing changed
    ],
)
def test_a_correction_is_one_stretch_that_a_term_of_the_quote_explains(text: str, made: Correction | None) -> None:
    assert correction_of(cell("他们训练了用于写作的政策模型。"), text, KNOWN) == made


def test_the_old_words_may_be_the_known_ones() -> None:
    known = (Term("reproducible", "可以重复使用的"),)
    before = cell("第一个可以重复使用的基准", quote="the first reproducible benchmark")
    assert correction_of(before, "第一个可复现的基准", known) == Correction(
        "reproducible", "可以重复使用的", "可复现的"
    )


def test_what_was_left_in_english_needs_no_known_term() -> None:
    before = cell("本文研究attribution的位置", quote="We study attribution.")
    assert correction_of(before, "本文研究归因的位置", ()) == Correction("attribution", "attribution", "归因")


def test_a_term_that_is_not_in_the_quote_and_a_text_that_is_no_translation_explain_nothing() -> None:
    before = cell("用政策模型。", quote="It uses a reward model.")
    assert correction_of(before, "用策略模型。", KNOWN) is None
    printed = replace(cell("用政策模型。"), wording=Wording.PRINTED)
    assert correction_of(printed, "用策略模型。", KNOWN) is None


def test_two_terms_that_explain_it_differently_are_no_offer() -> None:
    known = (Term("policy", "政策"), Term("writer", "策略"))
    before = cell("政策好", quote="the policy of a writer")
    assert correction_of(before, "策略好", known) is None


def test_a_changed_stretch_needs_words_on_both_sides() -> None:
    assert changed_stretch("甲乙丙", "甲丁丙") == (1, 2, 2)
    assert changed_stretch("甲丙", "甲丁丙") is None
    assert changed_stretch("一样", "一样") is None


@pytest.mark.parametrize(
    ("word", "quote", "there"),
    [
        ("policy model", "two Policy  Models", True),
        ("model", "remodelling", False),
        ("box", "boxes", True),
        ("", "x", False),
    ],
)
def test_a_word_stands_as_a_whole_or_in_the_plural(word: str, quote: str, there: bool) -> None:
    assert stands(word, quote) is there


def test_the_correction_is_offered_wherever_old_words_and_english_stand_together() -> None:
    said = Sentence("政策模型被训练。", Status.SUPPORTED, quoted("The policy models are trained."))
    whole = project(
        cell("一个政策模型"),
        cell("政策模型", quote="the government"),
        cell("政策模型", verdict=Verdict.REJECTED),
        cell("政策模型", verdict=Verdict.ACCEPTED),
        cell("策略模型"),
        sentences=(said, Sentence("别的话。", Status.LINK)),
    )
    found = replacements_of(whole, MADE)
    assert [(one.work_id, one.sentence, one.text, one.decided) for one in found] == [
        ("r0", None, "一个策略模型", False),
        ("r3", None, "策略模型", True),
        ("", 0, "策略模型被训练。", False),
    ]


def test_old_words_within_the_new_ones_are_no_old_words() -> None:
    made = Correction("benchmark", "基准", "评测基准")
    assert replacements_of(project(cell("评测基准", quote="a benchmark")), made) == ()
    assert len(replacements_of(project(cell("一个基准", quote="a benchmark")), made)) == 1


def test_all_of_it_is_undone_in_one_step_and_what_changed_meanwhile_stays() -> None:
    before = project(cell("一个政策模型"), sentences=(Sentence("政策模型。", Status.SUPPORTED, quoted(QUOTE)),))
    chosen = replacements_of(before, MADE)
    after, _, undo = apply(before, replaced(before, chosen))
    assert after.table.rows[0].cells[0].text == "一个策略模型"
    assert after.review is not None and after.review.sentences[0].text == "策略模型。"
    assert apply(after, undo)[0] == before
    later = project(cell("别的"), sentences=(Sentence("也别的。", Status.LINK),))
    assert apply(later, replaced(later, chosen))[0] == later


def test_doubts_move_with_their_words_and_go_with_what_was_replaced() -> None:
    assert moved(((0, 2), (3, 7), (9, 10)), "ab政策模型cd措", "ab新的策略模型cd措") == ((0, 2), (11, 12))


def test_a_remembered_term_takes_the_place_of_the_old_one() -> None:
    known, _, _ = apply(Project(), set_glossary([Term("Policy model", "政策模型"), Term("policy", "策略")]))
    after, changed, _ = apply(known, remember(known, MADE.term("paper")))
    assert [(t.english, t.chinese) for t in after.glossary] == [("policy model", "策略模型"), ("policy", "策略")]
    assert changed.parts


def test_terms_are_joined_once_each_and_only_usable_ones() -> None:
    one = joined(
        [[Term(" a  b ", "甲", "x"), Term("甲", "乙"), Term("", "乙")], [Term("A b", "甲", "y"), Term("a b", "乙")]]
    )
    assert one == (Term("a b", "甲", "x"), Term("a b", "乙"))


def test_a_text_is_cut_at_its_doubts_whatever_their_offsets() -> None:
    assert stretches("abcdef", ((1, 2), (1, 3), (5, 99), (-4, 0))) == [
        ("a", False), ("b", True), ("c", True), ("de", False), ("f", True),
    ]  # fmt: skip
    assert stretches("", ((0, 1),)) == []


def test_a_decision_ends_the_check_of_a_cell_and_of_a_sentence() -> None:
    one = cell("政策", doubts=((0, 2),))
    assert one.to_be_checked and one.open_doubts == ((0, 2),)
    for verdict in (Verdict.ACCEPTED, Verdict.EDITED, Verdict.REJECTED):
        assert not replace(one, verdict=verdict).to_be_checked
        assert replace(one, verdict=verdict).open_doubts == ()
    said = Sentence("政策。", Status.SUPPORTED, wording=Wording.TO_BE_CHECKED)
    assert said.open_doubts == ((0, 3),)
    assert not confirmed(said).to_be_checked and confirmed(said).wording is Wording.TRANSLATED


def test_merged_cells_are_as_sure_as_the_least_sure() -> None:
    made = merge_cells("c", [replace(cell("甲乙"), wording=Wording.PRINTED), cell("丙丁", doubts=((1, 2),))])
    assert made.text == "甲乙；丙丁" and made.wording is Wording.TO_BE_CHECKED and made.doubts == ((4, 5),)


def test_the_original_of_a_text_is_its_quotes() -> None:
    assert original_of((*quoted("One."), *quoted("Two."), *quoted("One."))) == "One. … Two."
