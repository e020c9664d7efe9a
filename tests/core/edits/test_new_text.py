"""A text of a run beside one that a person edited: laid side by side, taken or left sentence by sentence."""

from __future__ import annotations

from dataclasses import replace

from citegrid.core.edits.new_text import arrived, pairs, taken
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import Project, apply
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Row, Status, Table, Verdict

PROOF = Evidence(SourceKind.DOCUMENT, "paper.pdf", "geese fly in a wedge", Match.EXACT, 2)


def review(*paragraphs: str, edited: bool = False) -> Review:
    """Sentences of one letter, a paragraph each word."""
    said = (Sentence(letter, Status.SUPPORTED, (PROOF,), n) for n, word in enumerate(paragraphs) for letter in word)
    return Review(tuple(said), 100, edited=edited)


def words(shown: Review | None) -> list[str]:
    assert shown is not None
    paragraphs: dict[int, str] = {}
    for sentence in shown.sentences:
        paragraphs[sentence.paragraph] = paragraphs.get(sentence.paragraph, "") + sentence.text
    assert list(paragraphs) == list(range(len(paragraphs)))
    return list(paragraphs.values())


def after(project: Project, review: Review) -> Project:
    return apply(project, arrived(project, review))[0]


def test_a_review_of_the_program_is_replaced_and_a_persons_is_not() -> None:
    mine, new = review("abc"), review("abd")
    assert after(Project(review=mine), new).review == new
    edited = replace(mine, edited=True)
    kept = after(Project(review=edited), new)
    assert kept.review == edited and kept.beside == new
    assert after(kept, review("abc")).beside is None, "the newest run says what the person says"


def test_both_texts_stand_side_by_side() -> None:
    shown = [(p.mine and p.mine.text, p.new and p.new.text, p.same) for p in pairs(review("abcd"), review("xbcdy"))]
    assert shown == [("a", "x", False), ("b", "b", True), ("c", "c", True), ("d", "d", True), (None, "y", False)]


def test_what_is_chosen_is_taken_and_the_rest_left_in_its_paragraph() -> None:
    project = Project(review=review("ab", "cd", edited=True), beside=review("xb", "cdy", "z"))
    at = {(p.new or p.mine).text: i for i, p in enumerate(pairs(project.review, project.beside))}  # type: ignore[union-attr, arg-type]
    for chosen, said in (
        ((), ["ab", "cd"]),
        (("x",), ["xb", "cd"]),
        (("y",), ["ab", "cdy"]),
        (("z",), ["ab", "cd", "z"]),
        (("x", "y", "z"), ["xb", "cdy", "z"]),
    ):
        now = apply(project, taken(project, {at[letter] for letter in chosen}))[0]
        assert words(now.review) == said and now.beside is None
        assert now.review is not None and now.review.edited == (len(chosen) < 3)


def test_a_paragraph_lives_on_where_its_first_sentence_goes() -> None:
    project = Project(review=review("ab", "cde", edited=True), beside=review("ab", "de"))
    assert words(apply(project, taken(project, {2}))[0].review) == ["ab", "de"]


def test_a_new_sentence_of_a_cell_that_was_rejected_meanwhile_comes_marked() -> None:
    cell = Cell("Method", "wedge", Status.SUPPORTED, (PROOF,), verdict=Verdict.REJECTED)
    table = Table((), (Row(Work(WorkKind.PAPER, "paper", "Geese"), (cell,)),))
    project = Project(review=review("a", edited=True), beside=review("x"), table=table)
    now = apply(project, taken(project, {0}))[0].review
    assert now is not None and now.sentences[0].status is Status.UNSUPPORTED
