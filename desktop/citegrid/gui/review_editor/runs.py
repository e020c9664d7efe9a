"""The review as runs of text and marks, and back: what lets a person write freely while citations stay what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from citegrid.core.evidence import Evidence
from citegrid.core.language.text import sentences
from citegrid.core.review import Review, Sentence, Unit, confirmed
from citegrid.core.table import Status
from citegrid.gui.status_style import chips, place_of


@dataclass(frozen=True, slots=True)
class TextRun:
    """Text of sentence ``sentence`` of the review (-1: of none yet), or with ``mark`` >= 0 its citation of that index.

    ``paragraph`` counts from 0.
    """

    paragraph: int
    sentence: int
    text: str = ""
    mark: int = -1


def runs_of(review: Review) -> list[TextRun]:
    """The runs to show, white space between sentences included."""
    space = " " if review.unit is Unit.WORDS else ""
    found: list[TextRun] = []
    for i, one in enumerate(review.sentences):
        first = not found or found[-1].paragraph != one.paragraph
        found.append(TextRun(one.paragraph, i, one.text if first else space + one.text))
        found += [TextRun(one.paragraph, i, mark=number) for _, number in chips(one.evidence)]
    return found


@dataclass(slots=True)
class _SentenceText:
    sentence: int
    text: str
    evidence: list[Evidence]


def review_of(runs: Iterable[TextRun], old: Review) -> Review:
    """The review that the runs say.

    A sentence whose words and marks are as before is the very one of ``old``.  Marks belong to the text before them;
    text of no sentence becomes sentences of its own.  What is new is UNSUPPORTED until it has been judged.
    """
    paragraphs: dict[int, list[_SentenceText]] = {}
    for run in runs:
        _add(run, paragraphs.setdefault(run.paragraph, []), old)
    said: list[Sentence] = []
    kept = [number for number, pieces in sorted(paragraphs.items()) if any(p.text.strip() for p in pieces)]
    for number, paragraph in enumerate(kept):
        for piece in paragraphs[paragraph]:
            said += _sentences(piece, number, old)
    return replace(old, sentences=tuple(said))


def _add(run: TextRun, pieces: list[_SentenceText], old: Review) -> None:
    """Put a run behind the texts of its paragraph; a mark without any text before it falls away."""
    if run.mark >= 0:
        if pieces:
            pieces[-1].evidence += _cited(old, run)
    elif pieces and (pieces[-1].sentence == run.sentence or not run.text.strip()):
        pieces[-1].text += run.text
    else:
        pieces.append(_SentenceText(run.sentence, run.text, []))


def _cited(old: Review, run: TextRun) -> list[Evidence]:
    """All evidence that one mark stands for: the quotes of one place."""
    evidence = old.sentences[run.sentence].evidence
    place = place_of(evidence[run.mark])
    return [one for one in evidence if place_of(one) == place]


def _sentences(piece: _SentenceText, paragraph: int, old: Review) -> list[Sentence]:
    text = " ".join(piece.text.split())
    if not text:
        return []
    evidence = tuple(dict.fromkeys(piece.evidence))
    if piece.sentence >= 0:
        before = old.sentences[piece.sentence]
        if before.text == text and set(before.evidence) == set(evidence):
            return [replace(before, paragraph=paragraph)]
        unread = replace(
            before, text=text, status=Status.UNSUPPORTED, evidence=evidence, paragraph=paragraph, reason=""
        )
        return [unread if before.text == text else confirmed(unread)]
    parts = [text[a:b] for a, b in sentences(text)]
    made = [Sentence(part, Status.UNSUPPORTED, (), paragraph) for part in parts[:-1]]
    return [*made, Sentence(parts[-1], Status.UNSUPPORTED, evidence, paragraph)]
