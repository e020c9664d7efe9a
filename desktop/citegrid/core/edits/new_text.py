"""A new text of the review beside one that a person edited: where they differ, and what of it is taken.

A person's text is never replaced by a run: the run's text lies beside it (``Project.beside``) until it is taken or left,
sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from citegrid.core.edits.review import trusted_as
from citegrid.core.project import Part, Project, SetFields
from citegrid.core.review import Review, Sentence


@dataclass(frozen=True, slots=True)
class SentencePair:
    """What stands in one place of both texts; None where one of them says nothing there."""

    mine: Sentence | None
    new: Sentence | None

    @property
    def same(self) -> bool:
        """Whether both say the same there."""
        return self.mine is not None and self.new is not None and self.mine.text == self.new.text


def arrived(project: Project, review: Review) -> SetFields:
    """The edit that takes the text of a run: in the place of the review, or beside it where a person edited that."""
    mine = project.review
    if mine is None or not mine.edited:
        values: tuple[tuple[str, object], ...] = (("review", review), ("beside", None))
    else:
        differs = [s.text for s in mine.sentences] != [s.text for s in review.sentences]
        values = (("beside", review if differs else None),)
    return SetFields(values, frozenset({Part.REVIEW}))


def pairs(mine: Review, new: Review) -> tuple[SentencePair, ...]:
    """Both texts side by side, in their order."""
    return tuple(pair for pair, _, _ in _side_by_side(mine, new))


def taken(project: Project, chosen: Collection[int]) -> SetFields:
    """The edit that takes the pairs ``chosen`` of the text beside the review and leaves the others; nothing lies beside it
    then.  A sentence whose cell was rejected meanwhile is marked as one that was there before."""
    mine, new = project.review, project.beside
    assert mine is not None
    assert new is not None
    said = tuple(trusted_as(project.table, one) for one in _merged(mine, new, chosen))
    all_new = [s.text for s in said] == [s.text for s in new.sentences]
    review = replace(mine, sentences=said, edited=not all_new)
    return SetFields((("review", review), ("beside", None)), frozenset({Part.REVIEW}))


def _side_by_side(mine: Review, new: Review) -> Iterator[tuple[SentencePair, bool, bool]]:
    """Each pair, and whether a paragraph begins there in the one text and in the other."""
    left, right = _opened(mine), _opened(new)
    old, later = ([sentence.text for sentence, _ in side] for side in (left, right))
    for _, a, b, c, d in SequenceMatcher(None, old, later, autojunk=False).get_opcodes():
        for one, other in zip_longest(left[a:b], right[c:d], fillvalue=(None, False)):
            yield SentencePair(one[0], other[0]), one[1], other[1]


def _opened(review: Review) -> list[tuple[Sentence, bool]]:
    """Each sentence, and whether it begins a paragraph."""
    before = [None, *(s.paragraph for s in review.sentences)]
    return [(s, s.paragraph != last) for s, last in zip(review.sentences, before, strict=False)]


def _merged(mine: Review, new: Review, chosen: Collection[int]) -> Iterator[Sentence]:
    """The sentences of both as chosen; a paragraph begins where the text that is followed begins one, also where the
    sentence that began it was left out."""
    paragraph, begins = -1, False
    for number, (pair, mine_begins, new_begins) in enumerate(_side_by_side(mine, new)):
        follow_new = number in chosen and not pair.same
        sentence = pair.new if follow_new else pair.mine
        begins |= new_begins if follow_new and pair.new is not None else mine_begins
        if sentence is not None:
            paragraph += begins or paragraph < 0
            begins = False
            yield replace(sentence, paragraph=paragraph)
