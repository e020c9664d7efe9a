"""The room of in-text citations: where the text cites each entry of the list, in which sentence and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import starmap

from citegrid.core.document import Document, Span
from citegrid.core.reference import Mention, Reference
from citegrid.pipeline.citations.aliases import with_ibid, with_short_names
from citegrid.pipeline.citations.citing_style import citations_of
from citegrid.pipeline.citations.hyperlinks import hints_of
from citegrid.pipeline.citations.mentions import MentionsOfText
from citegrid.pipeline.citations.misprints import corrected
from citegrid.pipeline.citations.text_spans import CitingText, InTextCitation, citing_texts
from citegrid.ports import Link


def find_mentions(
    document: Document,
    references: Sequence[Reference],
    links: Sequence[Link],
    marks: Sequence[tuple[Span, Sequence[int]]] = (),
) -> tuple[Reference, ...]:
    """``references`` with their mentions in reading order.

    ``links`` are the hyperlinks of the PDF, ``marks`` the marks of footnotes and the entries that each means.
    """
    if not references:
        return ()
    texts = citing_texts(document, references)
    hints = hints_of(document, references, texts, links)
    by_notes = [list(_by_notes(text, marks)) for text in texts]
    cited = list(starmap(with_ibid, zip(texts, citations_of(texts, references, hints, by_notes), strict=True)))
    cited = with_short_names(texts, cited, references)
    found: list[list[Mention]] = [[] for _ in references]
    for text, citations in zip(texts, cited, strict=True):
        for index, mention in MentionsOfText(document, references, text, citations).mentions():
            found[index].append(mention)
    return corrected([replace(r, mentions=tuple(m)) for r, m in zip(references, found, strict=True)])


def _by_notes(text: CitingText, marks: Sequence[tuple[Span, Sequence[int]]]) -> Iterator[InTextCitation]:
    """The works that the footnotes of a text cite, each at the mark of its note."""
    for span, works in marks:
        start = text.flow.position(span.page, span.start)
        if start is not None:
            end = start + span.end - span.start
            for work in works:
                yield InTextCitation(start, end, work, start, end, numbered=True)
