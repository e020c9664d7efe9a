"""What cells and sentences share in JSON: evidence, wording and reasons; and the review that is made of sentences.

``…_to_json`` gives the fields that the contract of the command line fixes, ``…_from_json`` reads them back.
"""

from __future__ import annotations

from typing import Any

from citegrid.core.citation import cite_all
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.messages import Message, as_message, say
from citegrid.core.messages import from_json as message_from_json
from citegrid.core.messages import to_json as message_to_json
from citegrid.core.outcome.answers import AnswerSentence
from citegrid.core.review import Review, Sentence, Unit, count
from citegrid.core.serialisation.fields import Field
from citegrid.core.table import Cell, Doubts, Status, Wording

#: What stands between two sentences, and between a sentence and its mark.
_BETWEEN = {"zh": "", "en": " "}


def review_text(review: Review, language: str) -> str:
    """The review as printed: paragraphs with an empty line between them, citation marks after each sentence."""
    between = _BETWEEN.get(language, " ")
    paragraphs: dict[int, list[str]] = {}
    for sentence in review.sentences:
        mark = cite_all(sentence.evidence, language)
        paragraphs.setdefault(sentence.paragraph, []).append(
            (between if mark else "").join((sentence.text.strip(), mark))
        )
    return "\n\n".join(between.join(parts) for _, parts in sorted(paragraphs.items()))


def said_to_json(name: str, sentence: str, language: str) -> dict[str, Any]:
    """A sentence as a reader of the file sees it, and beside it, where that is another one, its key and values."""
    said, key = say(sentence, language), message_to_json(sentence)
    return {name: said} if key == said else {name: said, f"{name}_message": key}


def heard(part: Field, name: str, *missing: str) -> str:
    """What ``said_to_json`` wrote; files of older versions hold the sentence alone."""
    message = part.get(f"{name}_message")
    return part.text(name, *missing) if message.missing else as_message(message_from_json(message.value))


def wording_to_json(text: Cell | Sentence | AnswerSentence) -> dict[str, Any]:
    """How a text came from its quote, and its doubtful places."""
    return {"wording": text.wording.value, "doubts": [list(place) for place in text.doubts]}


def wording_from_json(text: Field) -> tuple[Wording, Doubts]:
    """How a text came from its quote, and its doubtful places; files of older versions do not say."""
    places = (place.whole_numbers() for place in text.items("doubts"))
    doubts = tuple((numbers[0], numbers[1]) for numbers in places if len(numbers) == 2)
    return text.choice("wording", Wording, Wording.PRINTED), doubts


def evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    """A citation of the contract."""
    return {
        "kind": evidence.kind.value,
        "source": evidence.source,
        "page": evidence.page,
        "page_label": evidence.page_label,
        "chunk": evidence.chunk,
        "quote": evidence.quote,
        "boxes": [b.as_list() for b in evidence.boxes],
        "match": evidence.match.value,
        "ratio": evidence.ratio,
        "first_hand": evidence.first_hand,
        **({"sha256": evidence.sha256} if evidence.sha256 else {}),
    }


def evidence_from_json(evidence: Field) -> Evidence:
    """The citation that ``evidence_to_json`` wrote; raises InputError naming the field that is wrong."""
    page = evidence.get("page")
    number = None if page.missing else page.as_whole()
    if number is not None and number < 1:
        raise evidence.fault("page", Message("is {number}; pages count from 1", number=number))
    chunk = evidence.get("chunk")
    return Evidence(
        evidence.choice("kind", SourceKind),
        evidence.text("source"),
        evidence.text("quote", ""),
        evidence.choice("match", Match),
        number,
        evidence.text("page_label", ""),
        tuple(b.as_box() for b in evidence.items("boxes")),
        None if chunk.missing else chunk.as_whole(),
        evidence.number("ratio", 1.0),
        evidence.flag("first_hand", True),
        evidence.text("sha256", ""),
    )


def review_to_json(review: Review, language: str) -> dict[str, Any]:
    """The review of the contract, with its text as printed."""
    text = review_text(review, language)
    return {
        "text": text,
        "target": review.target,
        "count": count(text, review.unit),
        "unit": review.unit.value,
        **({"edited": True} if review.edited else {}),
        "sentences": [
            {
                "text": s.text,
                "status": s.status.value,
                "citations": [evidence_to_json(e) for e in s.evidence],
                "paragraph": s.paragraph,
                **said_to_json("reason", s.reason, language),
                **wording_to_json(s),
                "works": list(s.works),
            }
            for s in review.sentences
        ],
    }


def review_from_json(review: Field) -> Review:
    """The review that ``review_to_json`` wrote."""
    return Review(
        tuple(
            Sentence(
                s.text("text"),
                s.choice("status", Status),
                tuple(evidence_from_json(e) for e in s.items("citations")),
                s.whole("paragraph", 0),
                heard(s, "reason", ""),
                *wording_from_json(s),
                tuple(work.as_text() for work in s.items("works")),
            )
            for s in review.items("sentences", needed=True)
        ),
        review.whole("target", 0),
        review.choice("unit", Unit, Unit.CHARACTERS),
        review.flag("edited", False),
    )
