"""The answers and checked texts that a project keeps, the newest first: they are no work of the person, and no step of undo."""

from __future__ import annotations

from citegrid.core.outcome.answers import CheckedText, Found, QuestionAnswered
from citegrid.core.project import Part, Project, SetFields

#: What is kept at most: so many of them, with so many sentences in all (a book has 10,000).
MOST, MOST_SENTENCES = 20, 10_000


def keep(project: Project, found: Found) -> SetFields:
    """The edit that keeps ``found`` as the newest, in the place of an earlier one to the same question or of the same text; what is
    too much is left, the oldest first."""
    kept: list[Found] = []
    for one in (found, *(old for old in project.answers if not is_same(old, found))):
        if len(kept) < MOST and sum(len(known.sentences) for known in (*kept, one)) <= MOST_SENTENCES:
            kept.append(one)
    return SetFields((("answers", tuple(kept)),), frozenset({Part.ANSWERS}))


def renew(project: Project, found: Found) -> SetFields:
    """The edit that puts ``found`` in the place of an earlier one to the same question, wherever that stands by now."""
    answers = tuple(found if is_same(old, found) else old for old in project.answers)
    return SetFields((("answers", answers),), frozenset({Part.ANSWERS}))


def forget_all() -> SetFields:
    """The edit that keeps none of them."""
    return SetFields((("answers", ()),), frozenset({Part.ANSWERS}))


def is_same(one: Found, other: Found) -> bool:
    """Whether two of them are to one question, or of one text."""
    if isinstance(one, QuestionAnswered) and isinstance(other, QuestionAnswered):
        return one.question == other.question
    both = isinstance(one, CheckedText) and isinstance(other, CheckedText)
    return both and [s.text for s in one.sentences] == [s.text for s in other.sentences]
