"""The words that a report adds to what the project says: the catalogue's sentences in the language of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.citation import pages_text
from citegrid.core.evidence import Evidence, Match
from citegrid.core.messages import Message, say
from citegrid.core.review import Sentence
from citegrid.core.table import Cell, Status, Verdict
from citegrid.pipeline.export.plain_text import clean

NOT_STATED = "not stated"
_STATUSES = {
    Status.SUPPORTED: "supported",
    Status.UNSUPPORTED: "unsupported",
    Status.NOT_STATED: NOT_STATED,
    Status.FAILED: "failed",
    Status.WAITING: "waiting",
    Status.LINK: "connecting",
}
_COUNTS = {
    Status.SUPPORTED: "{count} supported",
    Status.UNSUPPORTED: "{count} unsupported",
    Status.NOT_STATED: "{count} not stated",
    Status.FAILED: "{count} failed",
    Status.WAITING: "{count} waiting",
    Status.LINK: "{count} connecting",
}
_MATCHES = {
    Match.EXACT: "word for word",
    Match.NORMALISED: "same after normalising",
    Match.FUZZY: "close ({percent} %)",
    Match.OCR: "read by OCR (a quote)",
    Match.NOT_FOUND: "not found in the source",
}
_HANDS = {True: "the work itself", False: "said by another work"}
#: The longest column name in "row 3 “Method”".
_COLUMN_NAME = 24


@dataclass(frozen=True, slots=True)
class Typography:
    """How the type of a language is set: its tag (BCP 47), what stands between two sentences, its marks (between words of a
    row, between parts of a sentence), its italics."""

    tag: str
    between_sentences: str
    comma: str
    clause: str
    semicolon: str
    colon: str
    stop: str
    parentheses: tuple[str, str]
    italics: bool


_TYPOGRAPHY = {
    "zh": Typography("zh-CN", "", "、", "，", "；", "：", "。", ("（", "）"), italics=False),
    "en": Typography("en-US", " ", ", ", ", ", "; ", ": ", ".", (" (", ")"), italics=True),
}


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The catalogue in one language, ``zh`` or ``en``; calling it says a key with its values."""

    language: str

    def __call__(self, key: str, /, **values: object) -> str:
        return say(Message(key, **values), self.language)

    def form(self, key: str) -> str:
        """The sentence with its ``{names}`` not filled in."""
        return say(key, self.language)

    def sentence(self, sentence: str) -> str:
        """A sentence made below (a check, a reason), on one line."""
        return clean(say(sentence, self.language))

    @property
    def typography(self) -> Typography:
        return _TYPOGRAPHY[self.language]

    def status(self, status: Status) -> str:
        """A status in words."""
        return self(_STATUSES[status])

    def matched(self, evidence: Evidence) -> str:
        """How the quote was found, in words."""
        return self(_MATCHES[evidence.match], percent=round(100 * evidence.ratio))

    def hand(self, evidence: Evidence) -> str:
        """Whether the work itself or another says it."""
        return self(_HANDS[evidence.first_hand])

    def use(self, row: int | None, column: int, columns: Sequence[str]) -> str:
        """Where evidence is used, in words; ``row`` None means the sentence ``column`` (both from 0)."""
        if row is None:
            return self("review sentence {number}", number=column + 1)
        name = clean(columns[column])
        shown = name if len(name) <= _COLUMN_NAME else f"{name[: _COLUMN_NAME - 1]}…"
        return self("row {row} “{column}”", row=row + 1, column=shown)

    def listed(self, parts: Sequence[str]) -> str:
        """Words in a row: ``a, b``, ``甲、乙``."""
        return self.typography.comma.join(parts)

    def named(self, name: str, value: str) -> str:
        """``name: value``."""
        return f"{name}{self.typography.colon}{value}"

    def in_parentheses(self, text: str) -> str:
        """The text in the parentheses of its language, as it stands behind another."""
        before, behind = self.typography.parentheses
        return f"{before}{text}{behind}"

    def with_reason(self, what: str, reason: str) -> str:
        """``what: reason``; ``what`` alone without a reason."""
        reason = self.sentence(reason)
        return self.named(what, reason) if reason else what

    def to_check(self, text: Cell | Sentence) -> str:
        """What stands behind a translation that a person is still to check, in parentheses; empty behind any other text."""
        return self.in_parentheses(self("translation to be checked")) if text.to_be_checked else ""

    def unsupported(self, reason: str) -> str:
        """Why a text is not supported."""
        reason = self.sentence(reason).rstrip("。.")
        return self("no evidence: {reason}", reason=reason) if reason else self("no evidence")

    def not_stated(self, cell: Cell) -> str:
        """``未提及（已查第2-4页）``; in the cell's own words where they name the papers that were searched."""
        pages = pages_text(cell.searched, self.language)
        if pages:
            return self("not stated ({pages} searched)", pages=pages)
        reason = say(cell.reason, self.language)
        return clean(reason) if reason.startswith(self(NOT_STATED)) else self(NOT_STATED)

    def cell(self, cell: Cell) -> str:
        """What a cell says without formatting: its text, or why there is none; the sign tells what is not supported."""
        text = clean(cell.text) + self.to_check(cell)
        if cell.verdict is Verdict.REJECTED:
            return f"{text} ({self('rejected by a person')})".strip()
        match cell.status:
            case Status.SUPPORTED:
                return text + (self.in_parentheses(clean(cell.note)) if cell.note else "")
            case Status.LINK:
                return text
            case Status.FAILED:
                return f"!! {self.with_reason(self('could not be answered'), cell.reason)}"
            case Status.NOT_STATED if not text:
                return f"– {self.not_stated(cell)}"
            case Status.WAITING if not text:
                return self("not filled yet")
        return f"! {text}{self.in_parentheses(self.unsupported(cell.reason))}" if text else f"– {self(NOT_STATED)}"

    def counts(self, statuses: Sequence[Status]) -> str:
        """How many there are in all and of each status."""
        of_each = [self(key, count=statuses.count(status)) for status, key in _COUNTS.items() if status in statuses]
        return self.listed([self("{count} in all", count=len(statuses)), *of_each])


def wording_in(language: str) -> ReportWords:
    """The words of ``language``; English for any but Chinese."""
    return ReportWords(language if language in _TYPOGRAPHY else "en")
