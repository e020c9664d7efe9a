"""How statuses and citations look and read: one sign, one colour, one phrase each."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QTextCharFormat

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.outcome.answers import Standing
from citegrid.core.review import Sentence
from citegrid.core.table import Cell, Doubts, Status, Verdict, stretches
from citegrid.gui.i18n import tr
from citegrid.gui.theme import Theme, current

#: What stands in a chip between a source and the place in it.
BETWEEN = " · "
#: Characters of a paper's name in a chip.
SHORT_NAME = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign (for text), its icon, the name of its colour in the theme, and its phrase in English."""

    sign: str
    icon: str
    colour: str
    phrase: str

    def ink(self, theme: Theme) -> str:
        """The colour as ``#rrggbb``."""
        return str(getattr(theme, self.colour))


ACCEPTED = Mark("✔✔", "accept", "supported", "Accepted by you")
EDITED = Mark("✎", "edit", "edited", "Edited by you")
REJECTED = Mark("✕", "close", "unsupported", "Rejected by you")
SUPPORTED = Mark("✓", "check", "supported", "Supported by the source")
FUZZY = Mark("~", "approx", "fuzzy", "Supported; the words were found with small differences")
UNSUPPORTED = Mark("!", "bang", "unsupported", "Not supported by the source")
NOT_STATED = Mark("–", "dash", "not_stated", "The paper does not state it")
FAILED = Mark("!", "bang", "unsupported", "It could not be asked")
WAITING = Mark("…", "dots", "dim", "Not filled yet")
LINK = Mark("", "", "dim", "It claims nothing: a connecting sentence, or the number of a row")
#: Stands beside the sign of a cell or sentence.
TO_CHECK = Mark("?", "to-check", "fuzzy", "Translation to be checked against the original")

#: How a sentence of a person's own text stands.
CONTRADICTED = Mark("✕", "close", "unsupported", "Contradicted by the source")
NOT_FOUND = Mark("–", "dash", "not_stated", "Not found in the sources")

ALL = (SUPPORTED, FUZZY, UNSUPPORTED, NOT_STATED, EDITED, ACCEPTED, REJECTED)


def is_weak(evidence: Sequence[Evidence]) -> bool:
    """Whether no quote was found word for word."""
    return bool(evidence) and all(one.match in (Match.FUZZY, Match.OCR, Match.NOT_FOUND) for one in evidence)


def status_mark(status: Status, evidence: Sequence[Evidence]) -> Mark:
    """What the program found out, without the person's verdict."""
    if status is Status.SUPPORTED:
        return FUZZY if is_weak(evidence) else SUPPORTED
    return {
        Status.UNSUPPORTED: UNSUPPORTED,
        Status.NOT_STATED: NOT_STATED,
        Status.FAILED: FAILED,
        Status.LINK: LINK,
    }.get(status, WAITING)


def standing_mark(standing: Standing) -> Mark:
    """The sign of a sentence that was set against the sources."""
    return {Standing.CONTRADICTED: CONTRADICTED, Standing.NOT_FOUND: NOT_FOUND, Standing.SUPPORTED: SUPPORTED}[standing]


def cell_mark(cell: Cell) -> Mark:
    """The one sign of a cell: the person's verdict before the program's status."""
    verdicts = {Verdict.ACCEPTED: ACCEPTED, Verdict.EDITED: EDITED, Verdict.REJECTED: REJECTED}
    return verdicts.get(cell.verdict) or status_mark(cell.status, cell.evidence)


def sentence_mark(sentence: Sentence) -> Mark:
    """The sign of a sentence of the review."""
    return status_mark(sentence.status, sentence.evidence)


def needs_check(cell: Cell) -> bool:
    """Filled with something that claims anything, and the person has not decided."""
    return cell.status not in (Status.WAITING, Status.LINK) and cell.verdict is Verdict.OPEN


def checked_words(cells: Sequence[Cell]) -> str:
    """How many of the filled cells a person has decided on, and how many translations wait for that; empty for none."""
    filled = [cell for cell in cells if cell.status is not Status.WAITING]
    done, translations = sum(not needs_check(cell) for cell in filled), sum(cell.to_be_checked for cell in filled)
    if not translations:
        return tr("{done} / {total} checked", done=done, total=len(filled)) if filled else ""
    words = "{done} / {total} checked · translations to check: {count}"
    return tr(words, done=done, total=len(filled), count=translations)


def shown_text(cell: Cell) -> str:
    """What stands in the table; a phrase where the cell has no text of its own."""
    if cell.text:
        return cell.text
    if cell.status is Status.NOT_STATED:
        return tr("not stated")
    return tr("could not be asked") if cell.status is Status.FAILED else ""


def as_doubtful(look: QTextCharFormat) -> QTextCharFormat:
    """``look`` with the line under words that a person should compare with the original."""
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    look.setUnderlineColor(QColor(TO_CHECK.ink(current())))
    return look


def units(text: str) -> int:
    """How long ``text`` is for Qt, which counts a character beyond the first plane twice."""
    return len(text) + sum(char > "\uffff" for char in text)


def underlined(text: str, doubts: Doubts) -> str:
    """``text`` as HTML, its doubtful places underlined."""
    return "".join(
        f"<u>{html.escape(t)}</u>" if doubtful else html.escape(t) for t, doubtful in stretches(text, doubts)
    )


#: Characters of a title in a chip.
TITLE = 22


def chip_label(evidence: Evidence, named: bool = False) -> str:
    """The few characters of a citation chip; ``named`` where there are several papers: with the name of this one."""
    if evidence.kind is SourceKind.LIBRARY:
        name = short_title(evidence.source)
        return f"{name}{BETWEEN}§ {evidence.chunk}" if evidence.chunk is not None else name
    page = tr("p. {page}", page=evidence.page or "?")
    return f"{short_paper(evidence.source)}{BETWEEN}{page}" if named else page


def short_title(title: str) -> str:
    """The first words of a document's title for a chip; no word is broken, but for a very long one."""
    if len(title) <= TITLE:
        return title
    return f"{title[:TITLE].rsplit(' ', 1)[0][:TITLE].rstrip(',.:;-')}…"


def short_paper(name: str) -> str:
    """A paper's name for a chip: without ``.pdf``, its beginning and its end, for names of papers differ there."""
    stem = name[:-4] if name.casefold().endswith(".pdf") else name
    return stem if len(stem) <= SHORT_NAME else f"{stem[: SHORT_NAME - 7]}…{stem[-6:]}"


def place_of(evidence: Evidence) -> tuple[object, ...]:
    """What one chip stands for: a page of a paper, or a chunk of a background document."""
    if evidence.kind is SourceKind.LIBRARY:
        return evidence.kind, evidence.source, evidence.chunk
    return evidence.kind, evidence.source, evidence.page


def chips(evidence: Sequence[Evidence], named: bool = False) -> list[tuple[str, int]]:
    """``(label, index of its first evidence)`` for each place cited, in order, each place once; ``named`` as for
    ``chip_label``."""
    found: dict[tuple[object, ...], int] = {}
    for index, one in enumerate(evidence):
        found.setdefault(place_of(one), index)
    return [(chip_label(evidence[index], named), index) for index in found.values()]


def printed_label(evidence: Evidence) -> str:
    """The page number as printed on the page, in brackets, where it differs from its position; else empty."""
    label = evidence.page_label
    if not label or label == str(evidence.page):
        return ""
    return tr(" (printed {label})", label=label)


def match_phrase(match: Match) -> str:
    """How well a quote was found, in words."""
    return {
        Match.EXACT: tr("word for word"),
        Match.NORMALISED: tr("word for word, line ends and ligatures aside"),
        Match.FUZZY: tr("with small differences"),
        Match.OCR: tr("in text read from a picture"),
        Match.NOT_FOUND: tr("not found in the source"),
    }[match]


def rich_text(text: str, citation: str, space: str) -> str:
    """``text`` with its citation behind it as HTML for the clipboard: the citation small and blue, as in the report."""
    mark = f'{space}<span style="font-size:small;color:#1f5c7a">{html.escape(citation)}</span>' if citation else ""
    return f"{html.escape(text)}{mark}"
