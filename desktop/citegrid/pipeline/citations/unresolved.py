"""Citations of works that the reference list does not have: an entry that was lost, or that the authors forgot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citegrid.core.document import Document, Span
from citegrid.core.language.text import join_lines
from citegrid.core.messages import Message
from citegrid.core.reference import Mention, Reference
from citegrid.pipeline.bibliography.consistency import number_of, some
from citegrid.pipeline.citations.numeric import brackets_with_numbers
from citegrid.pipeline.citations.patterns import DIGITS, SEVERAL_AUTHORS, YEARS
from citegrid.pipeline.citations.text_spans import PLAIN, CitingText, citing_texts

#: A number so far above the last of the list is no citation; and fewer mentions say nothing of how a paper cites.
_BEYOND, _FEWEST = 20, 5


def unresolved_citations(document: Document, references: Sequence[Reference]) -> tuple[Message, ...]:
    """A sentence that names citations without an entry, or nothing; ``references`` have their mentions."""
    mentions = [m for r in references for m in r.mentions]
    if len(mentions) < _FEWEST:
        return ()
    find = _names if _cites_by_year(mentions) else _numbers
    resolved = _places(mentions)
    found = dict.fromkeys(
        shown
        for text in citing_texts(document, references)
        for start, end, shown in find(text, references)
        if not _is_own(document, shown) and not _touches(text.flow.spans(start, end), resolved)
    )
    form = "the text cites {labels}, which the reference list lacks."
    return (Message(form, labels=some(list(found))),) if found else ()


def _cites_by_year(mentions: Sequence[Mention]) -> bool:
    return 2 * sum(bool(YEARS.search(m.text)) for m in mentions) > len(mentions)


def _places(mentions: Sequence[Mention]) -> dict[int, list[Span]]:
    """The characters of the mentions, page by page."""
    places: dict[int, list[Span]] = {}
    for mention in mentions:
        for span in mention.spans:
            places.setdefault(span.page, []).append(span)
    return places


def _touches(spans: Sequence[Span], places: dict[int, list[Span]]) -> bool:
    return any(s.overlaps(other) for s in spans for other in places.get(s.page, ()))


def _is_own(document: Document, shown: str) -> bool:
    """Whether this is the paper itself, in its "how to cite" or its running head."""
    first = document.authors[0] if document.authors else ""
    family = first.split(",")[0].split() if "," in first else first.split()[-1:]
    return bool(family) and family[-1] in shown and str(document.year) in shown


def _names(text: CitingText, references: Sequence[Reference]) -> Iterator[tuple[int, int, str]]:
    for match in SEVERAL_AUTHORS.finditer(text.plain):
        yield (
            match.start(),
            match.end(),
            "“" + join_lines(text.flow.text[match.start() : match.end()], text.flow.text) + "”",
        )


def _numbers(text: CitingText, references: Sequence[Reference]) -> Iterator[tuple[int, int, str]]:
    """Numbers in square brackets just above the last label, where the list bears such labels."""
    if any("[" not in r.label.translate(PLAIN) for r in references):
        return
    last = max((number_of(r) or 0 for r in references), default=0)
    for match in brackets_with_numbers(text):
        for number in sorted(set(map(int, DIGITS.findall(match.group(1))))):
            if last < number <= last + _BEYOND:
                yield match.start(), match.end(), f"[{number}]"
