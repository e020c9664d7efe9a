"""What a person does to the project's terms, and what one correction of a translated cell means for all others.

A correction is one stretch of a cell that was changed; ``english`` is what it translates.  The same correction is offered
wherever the old words stand beside the same English; each gives an edit, so that undo takes all of it back at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from citegrid.core.evidence import original_of
from citegrid.core.glossary import Term, joined
from citegrid.core.language.script import has_han
from citegrid.core.project import Edit, Part, Project, SetCell, SetFields, Several
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Doubts, Verdict, Wording

TRANSLATED = (Wording.TRANSLATED, Wording.TO_BE_CHECKED)
#: Characters on either side of a changed stretch that may belong to the same term: 政[策] → [策]略 is 政策模型 → 策略模型.
REACH = 6
#: Letters of a changed stretch; what is longer was written anew.
LONGEST_STRETCH = 16


def set_glossary(terms: Sequence[Term]) -> SetFields:
    """The edit that makes ``terms`` the project's own."""
    return SetFields((("glossary", joined([terms])),), frozenset({Part.GLOSSARY}))


def remember(project: Project, term: Term) -> SetFields:
    """The edit that puts ``term`` before the project's other terms, in place of what its English was said as so far."""
    others = [one for one in project.glossary if one.english.casefold() != term.english.casefold()]
    return set_glossary((term, *others))


# -- what was corrected --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Correction:
    """``english`` was said as ``was`` and is to be said as ``now``."""

    english: str
    was: str
    now: str

    def term(self, source: str) -> Term:
        """What is to be remembered of it."""
        return Term(self.english, self.now, source)


def correction_of(before: Cell, text: str, known: Iterable[Term]) -> Correction | None:
    """What a person corrected in a translated cell by writing ``text``; None unless it was one term.

    The English side is a term of ``known`` that stands in the cell's quote and is said in the old or in the new words, or,
    where English was left among the Chinese, that very word of the quote.
    """
    changed = changed_stretch(before.text, text) if before.wording in TRANSLATED else None
    if changed is None:
        return None
    quote = original_of(before.evidence)
    return _left_in_english(before.text, text, changed, quote) or _known(before.text, text, changed, quote, known)


#: Where a text was changed: ``(start, end before, end after)``.
Stretch = tuple[int, int, int]


def changed_stretch(before: str, after: str) -> Stretch | None:
    """The one stretch in which two texts differ; None where they are alike, or where too much is new."""
    if before == after:
        return None
    start = _shared(before, after)
    behind = min(_shared(before[::-1], after[::-1]), len(before) - start, len(after) - start)
    end, new_end = len(before) - behind, len(after) - behind
    short = max(end, new_end) - start <= LONGEST_STRETCH
    return (start, end, new_end) if short and end > start and new_end > start else None


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _left_in_english(before: str, after: str, changed: Stretch, quote: str) -> Correction | None:
    start, end, new_end = changed
    english, chinese = before[start:end].strip(), after[start:new_end].strip()
    if not english.isascii() or not has_han(chinese) or not stands(english, quote):
        return None
    term = Term(english, chinese)
    return Correction(english, english, chinese) if term.usable else None


def _known(before: str, after: str, changed: Stretch, quote: str, known: Iterable[Term]) -> Correction | None:
    """The correction as a known term of the quote explains it; None where several would, each in another way."""
    found = {made for term in known if stands(term.english, quote) for made in _explained(before, after, changed, term)}
    longest = max((len(one.english) for one in found), default=0)
    best = [one for one in found if len(one.english) == longest]
    return best[0] if len(best) == 1 else None


def _explained(before: str, after: str, changed: Stretch, term: Term) -> Iterator[Correction]:
    """``term`` was said so before, or is said so now, around the place that was changed."""
    start, end, new_end = changed
    was, now = (_around(before, term.chinese, start, end), _around(after, term.chinese, start, new_end))
    for place, limit in ((was, end), (now, new_end)):
        if place is not None:
            left, right = start - place[0], place[1] - limit
            old, new = before[start - left : end + right], after[start - left : new_end + right]
            if old and new and has_han(new):
                yield Correction(term.english, old, new)


def _around(text: str, words: str, start: int, end: int) -> tuple[int, int] | None:
    """Where ``words`` stand in ``text`` so that they cover ``start`` to ``end``, at most REACH beyond."""
    first = max(0, start - REACH)
    at = text.find(words, first, end + REACH)
    while at >= 0:
        if at <= start and at + len(words) >= end:
            return at, at + len(words)
        at = text.find(words, at + 1, end + REACH)
    return None


def stands(english: str, quote: str) -> bool:
    """Whether an English word or phrase stands in ``quote``, as a whole; in the plural, too."""
    term = _latin_words(english)
    if not term or term[0] not in quote.casefold():  # most of a term base is not there: told quickly
        return False
    said, count = _latin_words(quote), len(term)
    forms = {term[-1], f"{term[-1]}s", f"{term[-1]}es"}
    ends = (i for i, word in enumerate(said) if word in forms and i + 1 >= count)
    return any(said[i + 1 - count : i] == term[:-1] for i in ends)


def _latin_words(text: str) -> list[str]:
    """The words of ``text`` in small letters, without its signs and ideographs."""
    return "".join(c if c.isalnum() and not has_han(c) else " " for c in text.casefold()).split()


# -- the same elsewhere --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Replacement:
    """A cell (``work_id`` and ``column``) or a sentence (``sentence``, from 0) and what it would say.

    ``decided`` where a person has accepted or edited the cell.
    """

    was: str
    text: str
    work_id: str = ""
    column: str = ""
    sentence: int | None = None
    decided: bool = False


def replacements_of(project: Project, correction: Correction) -> tuple[Replacement, ...]:
    """Every other cell and sentence in which the old words stand for the same English; rejected cells are left alone."""
    return (*_in_cells(project, correction), *_in_sentences(project.review, correction))


def _in_cells(project: Project, correction: Correction) -> Iterator[Replacement]:
    for row in project.table.rows:
        for cell in row.cells:
            if cell.verdict is not Verdict.REJECTED and _holds(cell, correction):
                text = cell.text.replace(correction.was, correction.now)
                decided = cell.verdict is not Verdict.OPEN
                yield Replacement(cell.text, text, row.work.id, cell.column, decided=decided)


def _in_sentences(review: Review | None, correction: Correction) -> Iterator[Replacement]:
    for i, sentence in enumerate(review.sentences if review else ()):
        if _holds(sentence, correction):
            text = sentence.text.replace(correction.was, correction.now)
            yield Replacement(sentence.text, text, sentence=i)


def _holds(said: Cell | Sentence, correction: Correction) -> bool:
    """Whether the old words stand there, as more than a part of the new ones, and the English in a quote of it."""
    bare = said.text.replace(correction.now, "")
    return correction.was in bare and stands(correction.english, original_of(said.evidence))


def replaced(project: Project, chosen: Sequence[Replacement]) -> Several:
    """The edit that makes ``chosen`` say their new texts; what no longer says the old one is left alone."""
    edits: list[Edit] = []
    by_place = {(one.work_id, one.column): one for one in chosen if one.sentence is None}
    for row in project.table.rows:
        for cell in row.cells:
            one = by_place.get((row.work.id, cell.column))
            if one is not None and cell.text == one.was:
                doubts = moved(cell.doubts, cell.text, one.text)
                edits.append(SetCell(row.work.id, replace(cell, text=one.text, doubts=doubts), by_person=True))
    by_number = {one.sentence: one for one in chosen if one.sentence is not None}
    if by_number and project.review is not None:
        said = tuple(_said_anew(s, by_number.get(i)) for i, s in enumerate(project.review.sentences))
        edits.append(SetFields((("review", replace(project.review, sentences=said)),), frozenset({Part.REVIEW})))
    return Several(tuple(edits))


def _said_anew(sentence: Sentence, one: Replacement | None) -> Sentence:
    if one is None or sentence.text != one.was:
        return sentence
    return replace(sentence, text=one.text, doubts=moved(sentence.doubts, sentence.text, one.text))


def moved(doubts: Doubts, before: str, after: str) -> Doubts:
    """``doubts`` of ``before`` as places of ``after``: what was changed is in doubt no longer, what follows moves along."""
    start = _shared(before, after)
    behind = min(_shared(before[::-1], after[::-1]), len(before) - start, len(after) - start)
    end, by = len(before) - behind, len(after) - len(before)
    kept = [(a, b) for a, b in doubts if b <= start] + [(a + by, b + by) for a, b in doubts if a >= end]
    return tuple(sorted(kept))
