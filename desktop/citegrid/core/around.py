"""The words around a quote, for a person who wants to see more of the page before deciding."""

from __future__ import annotations

from citegrid.core.document import Document
from citegrid.core.evidence import Evidence, SourceKind
from citegrid.core.text import TextIndex, join_lines

#: Characters shown on each side; the cut is moved to the next end of a word.
WIDE = 420


def around(document: Document, evidence: Evidence, wide: int = WIDE) -> tuple[str, str] | None:
    """The text before and after a quote on its page, lines joined; None where the quote does not stand there."""
    page = evidence.page
    if evidence.kind is not SourceKind.DOCUMENT or page is None or not 1 <= page <= len(document.pages):
        return None
    found = TextIndex(document).find(evidence.quote, pages=[page])
    if found is None:
        return None
    text, span = document.page(page).text, found.spans[0]
    start, end = max(0, span.start - wide), min(len(text), span.end + wide)
    before, after = text[start : span.start], text[span.end : end]
    if start and " " in before:
        before = "… " + before.split(None, 1)[-1]
    if end < len(text) and " " in after:
        after = after.rsplit(None, 1)[0] + " …"
    after = _without_last_mark(join_lines(after).strip(), evidence.quote)
    return join_lines(before).strip(), after


def _without_last_mark(after: str, quote: str) -> str:
    """``after`` without the mark that ends the quote, which was not looked for."""
    return after[1:].strip() if after[:1] and quote.endswith(after[:1]) else after
