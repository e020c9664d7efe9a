"""Framing: a sentence that names its work, and sentences joined to paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from citegrid.core.review import Sentence, Unit, count
from citegrid.core.table import Status
from citegrid.pipeline.cells.third_person import english_third_person
from citegrid.pipeline.review.phrases import (
    CAPITAL_WORD,
    JOINED,
    KEEPS_CAPITAL,
    NO_NAME,
    SUBJECTS,
    WITHOUT_SUBJECT,
    phrase,
    phrases,
)
from citegrid.pipeline.review.plan import Point

_STOPS = "。.;； "
#: Of so many sentences of a paragraph, those (from 0) that get the joining words of a language.
JOINT_TURNS, JOINED_AT = 4, {"zh": (1, 3), "en": (2,)}

Paragraph = list[Sentence]


def quotation(text: str, point: Point, language: str) -> str:
    """A sentence of the source in its own language, as what it is."""
    return phrase("quotation_own" if point.own else "quotation", language, who=point.who, text=text)


def name_subject(text: str, who: str, language: str, *, own: bool = False, turn: int = 0) -> str:
    """``text`` as a sentence of the review that names its work: ``作者提出…`` → ``Gao等（2023）提出…``."""
    text = text.strip().rstrip(_STOPS)
    stop = phrase("stop", language)
    subject = SUBJECTS[language]
    if language == "en" and own:
        return english_third_person(text) + stop
    if subject.match(text):
        return subject.sub(lambda match: who, text) + stop
    if own:
        return text + stop
    if WITHOUT_SUBJECT.match(text):
        return who + text + stop
    frames = phrases("frames", language)
    return frames[turn % len(frames)].format(who=who, text=_begun_small(text) if language == "en" else text)


def _begun_small(text: str) -> str:
    """An English sentence behind other words: a capital that is no name's becomes small."""
    return text if KEEPS_CAPITAL.match(text) else text[:1].lower() + text[1:]


@dataclass(frozen=True, slots=True)
class Parts:
    """The sentences of a review by part; a theme without a name holds those that belong to no column."""

    opening: tuple[Sentence, ...] = ()
    themes: tuple[tuple[str, tuple[Sentence, ...]], ...] = ()
    compared: tuple[Sentence, ...] = ()
    closing: tuple[Sentence, ...] = ()

    def paragraphs(self, language: str) -> list[Paragraph]:
        """Paragraphs with their connecting sentences."""
        found = [_joined(self.opening, language)] if self.opening else []
        led = 0
        for name, sentences in self.themes:
            lead = _lead(name, led, language) if _needs_lead(name, sentences) else []
            led += len(lead)
            if sentences:
                pair = _contrasted(sentences, language) if name else sentences
                found.append([*lead, *_joined(pair, language)])
        if self.compared:
            found.append(list(self.compared))
        if self.closing:
            found.append([Sentence(phrase("closing", language), Status.LINK), *_joined(self.closing, language)])
        return found


def length_of(paragraphs: Sequence[Sequence[Sentence]], unit: Unit) -> int:
    """How long they are together."""
    return sum(count(s.text, unit) for paragraph in paragraphs for s in paragraph)


def _needs_lead(name: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a connecting sentence opens the paragraph; a theme of one sentence needs none."""
    return bool(name) and len(sentences) > 1


def _lead(name: str, led: int, language: str) -> Paragraph:
    theme = name[0].lower() + name[1:] if CAPITAL_WORD.match(name) else name
    leads = phrases("leads", language)
    return [Sentence(leads[min(led, len(leads) - 1)].format(theme=theme), Status.LINK)]


def _contrasted(sentences: Sequence[Sentence], language: str) -> Sequence[Sentence]:
    """The first two sentences of a theme, about two works, set against each other in one that both prove."""
    if len(sentences) < 2:
        return sentences
    one, other, *rest = sentences
    said = one.text.rstrip(phrase("stop", language))
    text = phrase("contrast", language, one=said, other=_lowered(other.text))
    return [replace(one, text=text, evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence)))), *rest]


def _joined(sentences: Sequence[Sentence], language: str) -> Paragraph:
    """Sentences of a paragraph, joined to the one before where they can be."""
    joints = dict(zip(JOINED_AT[language], phrases("joints", language), strict=True))
    return [_behind(joints.get(i % JOINT_TURNS, ""), s, language) for i, s in enumerate(sentences)]


def _behind(joint: str, sentence: Sentence, language: str) -> Sentence:
    if not joint or not _can_be_joined(sentence.text, language):
        return sentence
    return replace(sentence, text=joint + _lowered(sentence.text))


def _can_be_joined(text: str, language: str) -> bool:
    """Whether a sentence can stand behind a joining word: not one that has its own, nor an English one that begins with
    what may be a name."""
    return bool(NO_NAME.match(text)) if language == "en" else not JOINED.match(text)


def _lowered(text: str) -> str:
    """``text`` behind other words; an English "In" or "This" becomes small, a name does not."""
    return text[0].lower() + text[1:] if NO_NAME.match(text) else text
