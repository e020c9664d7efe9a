"""From a citation of a text to a mention: its place, its sentence, and whether it is narrative and why it is made."""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from citegrid.core.document import Document, Span
from citegrid.core.language.text import RAISED_END, join_lines, key_text, sentences
from citegrid.core.reference import Mention, Reference
from citegrid.pipeline.bibliography.patterns import LEADERS
from citegrid.pipeline.citations.intent import intent_of
from citegrid.pipeline.citations.patterns import NARRATIVE_BEFORE, OWN_PUBLICATIONS
from citegrid.pipeline.citations.text_spans import CitingText, InTextCitation, boxes_of_spans

#: Characters before a citation in which its author stands.
_REACH = 60
#: So far behind a citation begin the dots that lead to a page number: a list of figures repeats captions, it does not cite.
_DOTS = 90
#: Letters of the paper's own title by which its "how to cite" is told, and the fewest that tell.
_OWN_TITLE, _TELLING = 24, 12
_STOPS = (".", "。", "!", "?", "！", "？")
_NO_STOPS = str.maketrans(dict.fromkeys(".!?。", ","))


class MentionsOfText:
    """The citations of one text, to be made mentions of."""

    def __init__(
        self,
        document: Document,
        references: Sequence[Reference],
        text: CitingText,
        citations: Sequence[InTextCitation],
    ) -> None:
        self.document = document
        self.references = references
        self.text = text
        self.citations = citations
        self._sentences = sentences(masked(text, citations)) if citations else []
        self._companies: dict[int, set[int]] = {}
        for citation in citations:
            self._companies.setdefault(citation.group, set()).add(citation.reference)
        self._read: dict[tuple[int, int], tuple[str, tuple[Span, ...]]] = {}

    def mentions(self) -> Iterator[tuple[int, Mention]]:
        """``(entry, mention)`` of each citation that is one of the running text, in its order."""
        for citation in self.citations:
            if not self._cites_nothing(citation):
                start, end = with_bracket(self.text.plain, citation, len(self._companies[citation.group]))
                spans = self.text.flow.spans(start, end)
                if spans:
                    yield citation.reference, self._mention(citation, start, end, spans)

    def _mention(self, citation: InTextCitation, start: int, end: int, spans: tuple[Span, ...]) -> Mention:
        low, high = self._sentence_around(citation.start, start, end)
        if (low, high) not in self._read:
            self._read[low, high] = (join_lines(self.text.flow.text[low:high]), self.text.flow.spans(low, high))
        sentence, sentence_spans = self._read[low, high]
        printed = join_lines(self.text.flow.text[start:end])
        place = sentence.rfind(printed, 0, start - low + len(printed) + 1)  # joined lines are never longer
        narrative = citation.narrative or (citation.numbered and self._is_narrative(citation))
        return Mention(
            spans[0].page, printed, boxes_of_spans(self.document, spans), spans, sentence, sentence_spans, self.text.flow.section,
            len(self._companies[citation.group]) - 1, narrative, intent_of(sentence, max(place, 0), narrative),
        )  # fmt: skip

    def _sentence_around(self, at: int, start: int, end: int) -> tuple[int, int]:
        """The characters of the sentence that stands at ``at``; at least those from ``start`` to ``end``."""
        n = bisect_right(self._sentences, at, key=operator.itemgetter(0)) - 1
        low, high = self._sentences[max(0, n)] if self._sentences else (start, end)
        return min(low, start), max(high, end)

    def _cites_nothing(self, citation: InTextCitation) -> bool:
        """Whether it is in a list of figures, is the paper itself, or a number of something else than an entry."""
        if LEADERS.search(self.text.plain[citation.end : citation.end + _DOTS].split("\n")[0]):
            return True
        if not citation.numbered:
            return self._is_the_paper(citation)
        return bool(OWN_PUBLICATIONS.search(self.text.flow.section)) or self._marks_affiliation(citation)

    def _is_the_paper(self, citation: InTextCitation) -> bool:
        """Whether this is the paper's own "how to cite": its title follows."""
        title = key_text(self.document.title)[:_OWN_TITLE]
        behind = key_text(self.text.plain[citation.end : citation.end + _REACH])
        return len(title) >= _TELLING and behind.startswith(title)

    def _marks_affiliation(self, citation: InTextCitation) -> bool:
        """Whether a raised number stands behind the whole name of one of the paper's own authors on its first page."""
        text = self.text
        if not text.plain[citation.group].isdigit() or text.flow.spans(citation.group, citation.end)[0].page > 1:
            return False
        before = key_text(text.plain[max(0, citation.group - _REACH) : citation.group])
        names = (key_text("".join(reversed(author.split(",", 1)))) for author in self.document.authors)
        return any(name and before.endswith(name) for name in names)

    def _is_narrative(self, citation: InTextCitation) -> bool:
        """Whether a numbered citation is part of its sentence: its author or a preposition stands before it."""
        before = self.text.plain[max(0, citation.group - _REACH) : citation.group].rstrip()
        family = key_text(self.references[citation.reference].first_author.split(",")[0])
        return bool(NARRATIVE_BEFORE.search(before)) or (bool(family) and key_text(before).endswith(family))


def with_bracket(text: str, citation: InTextCitation, cited: int) -> tuple[int, int]:
    """The characters of a citation with its bracket when it is the only one of the ``cited`` works there."""
    alone = (citation.start, citation.end)
    if cited > 1 or citation.group_end <= citation.end:
        return alone
    behind = text[citation.end : citation.group_end]
    if citation.narrative:
        return alone if behind.strip(" \n)]") else (citation.start, citation.group_end)
    inside = text[citation.group : citation.start] + behind
    return alone if inside.strip(" \n()[]") else (citation.group, citation.group_end)


def masked(text: CitingText, citations: Sequence[InTextCitation]) -> str:
    """The text in which citations that follow a stop count as its closing bracket: ``shown.¹² Next`` ends at ¹²."""
    chars = [c if p != "\n" else p for c, p in zip(text.flow.text, text.plain, strict=True)]
    for low, high, numbered in {(c.group, c.group_end, c.numbered) for c in citations}:
        inner = "".join(chars[low:high])
        chars[low : low + len(inner)] = inner.translate(_NO_STOPS)  # "[1, chap. 2]" is no end of a sentence
        head = text.plain[max(0, low - 2) : low].rstrip()
        if numbered and head.endswith(_STOPS) and not RAISED_END.match(text.plain, low):
            first = text.plain.rfind(head[-1], 0, low) + 1
            chars[first:high] = ")" * (high - first)
    return "".join(chars)
