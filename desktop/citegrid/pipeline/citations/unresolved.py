"""Citations of works that the reference list does not have: an entry that was lost, or that the authors forgot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from citegrid.core.document import Document
from citegrid.core.reference import Reference
from citegrid.core.text import join_lines
from citegrid.pipeline.bibliography.consistency import number_of, some
from citegrid.pipeline.citations.numeric import bracketed
from citegrid.pipeline.citations.text_spans import Stretch, stretches

_NAME = r"(?:(?:van|von|der|de|den|di|la|le)\s+)*[A-ZÀ-Þ][\w'-]*[a-zà-ÿ][\w'-]*"
#: Works of several authors: of one alone, "(Paris, 2019)", a place or a month cannot be told.
_NAMED = re.compile(
    rf"\b{_NAME}(?:,?\s+et\s+al\.?,?|,?\s+(?:and|&)\s+{_NAME},?)\s+(?:[(\[](?:19|20)\d\d[a-z]?[)\]]|(?:19|20)\d\d[a-z]?\b)"
    r"|[\u3400-\u9fff]{2,3}等(?:人)?\s*[,(]\s*(?:19|20)\d\d[a-z]?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
#: A number so far above the last of the list is no citation; and fewer mentions say nothing of how a paper cites.
_BEYOND, _FEWEST = 20, 5


def unlisted(document: Document, references: Sequence[Reference]) -> tuple[str, ...]:
    """A sentence that names citations without an entry, or nothing; ``references`` have their mentions."""
    mentions = [m for r in references for m in r.mentions]
    if len(mentions) < _FEWEST:
        return ()
    named = sum(bool(_YEAR.search(m.text)) for m in mentions)
    find = _names if 2 * named > len(mentions) else _numbers
    taken: dict[int, list[tuple[int, int]]] = {}
    for mention in mentions:
        for span in mention.spans:
            taken.setdefault(span.page, []).append((span.start, span.end))
    found: dict[str, None] = {}
    for text in stretches(document, references):
        for start, end, shown in find(text, references):
            spans = text.flow.spans(start, end)
            if not _is_own(document, shown) and not any(
                a < s.end and s.start < b for s in spans for a, b in taken.get(s.page, ())
            ):
                found.setdefault(shown)
    return (f"the text cites {some(list(found))}, which the reference list lacks.",) if found else ()


def _is_own(document: Document, shown: str) -> bool:
    """Whether this is the paper itself, in its "how to cite" or its running head."""
    family = document.authors[0].split(",")[0] if document.authors else ""
    words = family.split() if "," in (document.authors or ("",))[0] else family.split()[-1:]
    return bool(words) and words[-1] in shown and str(document.year) in shown


def _names(text: Stretch, references: Sequence[Reference]) -> Iterator[tuple[int, int, str]]:
    for match in _NAMED.finditer(text.plain):
        yield match.start(), match.end(), "“" + join_lines(text.flow.text[match.start() : match.end()]) + "”"


def _numbers(text: Stretch, references: Sequence[Reference]) -> Iterator[tuple[int, int, str]]:
    """Numbers in square brackets just above the last label, where the list bears such labels."""
    if any("[" not in r.label.replace("［", "[").replace("【", "[") for r in references):
        return
    last = max((number_of(r) or 0 for r in references), default=0)
    for match, inner in bracketed(text):
        for number in sorted({int(n) for n in re.findall(r"\d+", inner)}):
            if last < number <= last + _BEYOND:
                yield match.start(), match.end(), f"[{number}]"
