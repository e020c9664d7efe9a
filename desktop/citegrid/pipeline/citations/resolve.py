"""The room of in-text citations: where the text cites each entry of the list, in which sentence and why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from enum import Enum
from functools import partial

from citegrid.core.document import Box, Document, Span, boxes_of
from citegrid.core.reference import Mention, Reference
from citegrid.core.text import join_lines, key_text, sentences
from citegrid.pipeline.citations.aliases import with_aliases
from citegrid.pipeline.citations.author_page import by_page
from citegrid.pipeline.citations.author_year import by_name
from citegrid.pipeline.citations.hyperlinks import Hint, hints_of, with_hints
from citegrid.pipeline.citations.intent import intent_of
from citegrid.pipeline.citations.keys import names_of
from citegrid.pipeline.citations.numeric import by_key, in_brackets, in_rounds, labels_of, on_the_line, raised
from citegrid.pipeline.citations.text_spans import Part, Stretch, stretches
from citegrid.ports import Link


class _Way(Enum):
    """How a paper cites; on a tie the earlier is meant."""

    BRACKETS = "[3]"
    KEYS = "[Smi+20]"
    NAMES = "(Smith, 2020)"
    RAISED = "³"
    ROUNDS = "(3)"
    NOTES = "a footnote"
    PAGES = "(Smith 42)"


#: Ways that a paper may mix; superscripts and round brackets beside another way are something else.
_MIXED = (_Way.BRACKETS, _Way.KEYS, _Way.NAMES)
#: A second way of citing is believed when it cites this share of the entries that the first leaves out, and as many.
_SECOND_SHARE, _SECOND_COUNT = 0.2, 3


#: The dots that lead to a page number: a list of figures repeats captions, it does not cite.
_LEADER = re.compile(r"[^\n]{0,80}?(?:\.{5}|(?:\. ){4}|…{2}|·{4})")
_INITIAL = re.compile(r"\b[A-Z]\.")


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
    texts = stretches(document, references)
    found: list[list[Mention]] = [[] for _ in references]
    hints = hints_of(document, references, texts, links)
    by_notes = [list(_in_notes(text, marks)) for text in texts]
    cited = with_aliases(texts, _cited(texts, references, hints, by_notes), references)
    for text, parts in zip(texts, cited, strict=True):
        for index, mention in _mentions(document, references, text, parts):
            found[index].append(mention)
    for mentions in found:
        mentions.sort(key=lambda m: (m.spans[0].page, m.spans[0].start))
    return tuple(replace(r, mentions=tuple(m)) for r, m in zip(references, found, strict=True))


def _in_notes(text: Stretch, marks: Sequence[tuple[Span, Sequence[int]]]) -> Iterator[Part]:
    """The works that the footnotes of a text cite, each at the mark of its note."""
    for span, works in marks:
        start = text.flow.position(span.page, span.start)
        if start is not None:
            end = start + span.end - span.start
            for work in works:
                yield Part(start, end, work, start, end, numbered=True)


def _cited(
    texts: Sequence[Stretch],
    references: Sequence[Reference],
    hints: Sequence[Sequence[Hint]],
    by_notes: list[list[Part]],
) -> list[list[Part]]:
    """The citations of each text in the way this paper cites."""
    labels, names = labels_of(references), names_of(references)

    def by_names(told_apart: Collection[int]) -> list[list[Part]]:
        result = []
        for text, of_text in zip(texts, hints, strict=True):
            hinted = partial(_hinted, of_text)
            result.append(list(by_name(text, names, hinted, told_apart)))
        return result

    named = by_names(())
    with_initials = {
        p.reference
        for text, parts in zip(texts, named, strict=True)
        for p in parts
        if _INITIAL.search(text.plain, p.start, p.end)
    }
    if with_initials:
        named = by_names(with_initials)
    tried: dict[_Way, list[list[Part]]] = {
        _Way.BRACKETS: [list(in_brackets(text, labels)) for text in texts],
        _Way.KEYS: [list(by_key(text, labels)) for text in texts],
        _Way.NAMES: named,
        _Way.NOTES: by_notes,
        _Way.PAGES: [list(by_page(text, names, references)) for text in texts] if not labels.printed else [],
    }
    if labels.printed:  # a superscript or (3) that only counts positions is a footnote or an equation
        lines = [list(on_the_line(text, labels)) for text in texts]
        for way, find in ((_Way.RAISED, raised), (_Way.ROUNDS, in_rounds)):
            tried[way] = [_merged(list(find(t, labels)), line) for t, line in zip(texts, lines, strict=True)]
    if any(by_notes):  # "[3]" that calls a footnote is not entry 3
        for way in (_Way.BRACKETS, _Way.RAISED, _Way.ROUNDS):
            found = tried.get(way, [])
            tried[way] = [
                [p for p in parts if not _beside(p, marks)] for parts, marks in zip(found, by_notes, strict=False)
            ]
    reached = {way: {p.reference for parts in found for p in parts} for way, found in tried.items()}
    order: list[_Way] = (
        [way for way in _Way if way is not _Way.PAGES]
        if labels.printed
        else [_Way.NAMES, _Way.BRACKETS, _Way.KEYS, _Way.NOTES]
    )
    if not labels.printed and len(reached[_Way.PAGES]) >= max(_SECOND_COUNT, _SECOND_SHARE * len(references)):
        order.append(_Way.PAGES)
    if not labels.printed and len(reached[_Way.BRACKETS]) < max(_SECOND_COUNT, 0.3 * len(references)):
        order.remove(_Way.BRACKETS)
    first = max(order, key=lambda way: (len(reached[way]), -order.index(way)))
    chosen = tried[first]
    for second in (w for w in _MIXED if first in _MIXED and w in order and w is not first):
        left = len(references) - len(reached[first])
        if len(reached[second] - reached[first]) >= max(_SECOND_COUNT, _SECOND_SHARE * left):
            chosen = [_merged(a, b) for a, b in zip(chosen, tried[second], strict=True)]
    return [with_hints(t, p, h, references, names) for t, p, h in zip(texts, chosen, hints, strict=True)]


def _beside(part: Part, others: Sequence[Part]) -> bool:
    return any(part.start < other.end and other.start < part.end for other in others)


def _hinted(hints: Sequence[Hint], start: int, end: int) -> set[int]:
    return {h.reference for h in hints if h.start < end and start < h.end}


def _merged(parts: Sequence[Part], more: Sequence[Part]) -> list[Part]:
    kept = [p for p in more if not any(p.start < q.end and q.start < p.end for q in parts)]
    return sorted([*parts, *kept], key=lambda p: p.start)


def _mentions(
    document: Document, references: Sequence[Reference], text: Stretch, parts: Sequence[Part]
) -> Iterator[tuple[int, Mention]]:
    if not parts:
        return
    masked = _masked(text, parts)
    stops = sentences(masked)
    starts = [a for a, _ in stops]
    whole: dict[tuple[int, int], tuple[str, tuple[Span, ...]]] = {}
    beside: dict[int, set[int]] = {}
    for part in parts:
        beside.setdefault(part.group, set()).add(part.reference)
    for part in parts:
        if _LEADER.match(text.plain, part.end) or _cites_itself(document, text.plain, part):
            continue
        if part.numbered and _OWN_WORKS.search(text.flow.section):
            continue  # the numbers of the author's own publications
        if part.numbered and _marks_affiliation(document, text, part):
            continue
        start, end = _with_bracket(text.plain, part, len(beside[part.group]))
        spans = text.flow.spans(start, end)
        if not spans:
            continue
        at = max(0, bisect_right(starts, part.start) - 1)
        low, high = stops[at] if stops else (start, end)
        low, high = min(low, start), max(high, end)
        if (low, high) not in whole:
            whole[low, high] = (join_lines(text.flow.text[low:high]), text.flow.spans(low, high))
        sentence, sentence_spans = whole[low, high]
        printed = join_lines(text.flow.text[start:end])
        place = sentence.rfind(printed, 0, start - low + len(printed) + 1)  # joined lines are never longer
        narrative = part.narrative or (part.numbered and _speaks(text.plain, part, references[part.reference]))
        yield (
            part.reference,
            Mention(
                spans[0].page,
                printed,
                _boxes(document, spans),
                spans,
                sentence,
                sentence_spans,
                text.flow.section,
                len(beside[part.group]) - 1,
                narrative,
                intent_of(sentence, max(place, 0), narrative),
            ),
        )


#: Headings of what the author of a thesis has published, which is numbered as references are.
_OWN_WORKS = re.compile(r"^\W*(?:\d\S*\s+|附录\S*\s*)?(?:攻读|在学|在读|就读).{0,24}(?:成果|论文|科研|情况|专利)", re.I)


def _cites_itself(document: Document, text: str, part: Part) -> bool:
    """Whether this is the paper's own "how to cite": its title follows."""
    title = key_text(document.title)[:24]
    return len(title) >= 12 and not part.numbered and key_text(text[part.end : part.end + 60]).startswith(title)


def _marks_affiliation(document: Document, text: Stretch, part: Part) -> bool:
    """Whether a raised number stands behind the name of one of the paper's own authors on its first page."""
    if not text.plain[part.group].isdigit() or text.flow.spans(part.group, part.end)[0].page > 1:
        return False
    before = key_text(text.plain[max(0, part.group - 60) : part.group])
    families = (a.split(",")[0].split()[-1:] for a in document.authors)
    return any(family and before.endswith(key_text(family[0])) for family in families)


def _with_bracket(text: str, part: Part, cited: int) -> tuple[int, int]:
    """The part with its bracket when it stands there alone."""
    if cited > 1 or part.group_end <= part.end:
        return part.start, part.end
    if part.narrative:
        return (
            (part.start, part.group_end)
            if not text[part.end : part.group_end].strip(" \n)]")
            else (part.start, part.end)
        )
    inside = text[part.group : part.start] + text[part.end : part.group_end]
    return (part.group, part.group_end) if not inside.strip(" \n()[]") else (part.start, part.end)


def _masked(text: Stretch, parts: Sequence[Part]) -> str:
    """The text in which citations that follow a stop count as its closing bracket: ``shown.¹² Next`` ends at ¹²."""
    chars = [c if p != "\n" else p for c, p in zip(text.flow.text, text.plain, strict=True)]
    for low, high, numbered in {(p.group, p.group_end, p.numbered) for p in parts}:
        for i in range(low, min(high, len(chars))):  # "[1, chap. 2]" is no end of a sentence
            if chars[i] in ".!?。":
                chars[i] = ","
        head = text.plain[max(0, low - 2) : low].rstrip()
        if numbered and head.endswith((".", "。", "!", "?", "！", "？")):
            for i in range(max(0, text.plain.rfind(head[-1], 0, low) + 1), high):
                chars[i] = ")"
    return "".join(chars)


#: What stands before a number that is part of the sentence: "in [3]", "文献[3]".
_SPEAKS = re.compile(
    r"(?:\b(?:in|by|of|from|to|see|with|following|refs?\.?|references?|and|that|than|unlike|like|work)|文献|参考|见|由|在|与|据)\s*$",
    re.I,
)


def _speaks(text: str, part: Part, reference: Reference) -> bool:
    """Whether a numbered citation is part of its sentence: its author or a preposition stands before it."""
    before = text[max(0, part.group - 60) : part.group].rstrip()
    if _SPEAKS.search(before) or re.search(r"\bet\.?\s*al\.?$|等$", before):
        return True
    family = key_text(reference.authors[0].split(",")[0]) if reference.authors else ""
    return bool(family) and key_text(before).endswith(family)


def _boxes(document: Document, spans: Sequence[Span]) -> tuple[Box, ...]:
    return tuple(b for s in spans for b in boxes_of(document.page(s.page), s.start, s.end))
