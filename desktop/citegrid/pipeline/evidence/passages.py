"""Stretches of a paper as passages: the words as they stand, and the same words with citations marked.

The words are never changed, only shown to the model with ⟦TARGET⟧ and ⟦OTHER⟧ in place of citations: small models otherwise
mix up who did what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from citegrid.core.document import Document, Page, Span
from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.language.script import count_han
from citegrid.core.language.text import PageKey, join_lines, key_text, matched, sentences
from citegrid.core.reference import Mention, Reference
from citegrid.pipeline.document.layout.text_chain import chained
from citegrid.pipeline.document.layout.text_flow import Flow
from citegrid.pipeline.evidence import patterns
from citegrid.pipeline.evidence.instructions import speaks_to_the_program
from citegrid.pipeline.evidence.patterns import OTHER, TARGET
from citegrid.pipeline.evidence.run_in import without_heading

#: Letters of a statement.
SHORTEST, LONGEST = 25, 700
#: Letters from which a title is found in its entry without chance.
SHORTEST_TITLE = 8
#: Characters before a citation in which the name of what it is for stands.
NAME_BEFORE = 40
#: How often a paper speaks of what it presents by its name.
OFTEN = 8
#: What follows the name of a first author where a sentence tells of a work of several.
AND_OTHERS = (" et al", " and colleagues", " 等", "等", " 团队", "团队")


@dataclass(frozen=True, slots=True)
class Cited:
    """Every citation of the paper by page, for marking: ``(start, end, reference id)`` in page order; its running text;
    the names by which it calls the works, the name of what it is itself about ("VESPA: Very large-scale …"), how each work's first author
    is named as one of several, and the works of the paper's own authors."""

    by_page: dict[int, tuple[tuple[int, int, str], ...]]
    running: tuple[Flow, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    itself: str = ""
    authors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    earlier: frozenset[str] = frozenset()

    def cites(self, span: Span) -> bool:
        """Whether any work is cited within ``span``."""
        return any(start < span.end and end > span.start for start, end, _ in self.by_page.get(span.page, ()))

    def is_named(self, work: str, text: str) -> bool:
        """Whether ``text`` names the first author of a work as the one of whom it tells ("Shi 等构建了…", "Johnson et al. …")."""
        return any(name in text.casefold() for name in self.authors.get(work, ()))

    def names_another(self, work: str, text: str) -> bool:
        """Whether ``text`` so names the first author of another work."""
        others = (one for one, names in self.authors.items() if names != self.authors.get(work))
        return any(map(text.__contains__, AND_OTHERS)) and any(self.is_named(one, text) for one in others)

    def groups(self, page: int, span: Span) -> list[tuple[int, int, frozenset[str]]]:
        """The citations within ``span``; those that overlap are one, of several works."""
        groups: list[tuple[int, int, frozenset[str]]] = []
        for start, end, work in self.by_page.get(page, ()):
            if end <= span.start or start >= span.end:
                continue
            if groups and start < groups[-1][1]:
                first, last, works = groups.pop()
                groups.append((first, max(end, last), works | {work}))
            else:
                groups.append((start, end, frozenset((work,))))
        return groups


def citations_of(document: Document, references: Sequence[Reference]) -> Cited:
    """Collect the characters of all mentions, the running text they stand in, and the works' names."""
    pages: dict[int, list[tuple[int, int, str]]] = {}
    for reference in references:
        for span in (s for mention in reference.mentions for s in mention.spans):
            pages.setdefault(span.page, []).append((span.start, span.end, reference.id))
    by_page = {page: tuple(sorted(spans)) for page, spans in pages.items()}
    running = tuple(chained(document))
    authors = {r.id: _named_with_others(r.first_author) for r in references}
    own = set(map(_signature, document.authors))
    earlier = frozenset(r.id for r in references if own.intersection(map(_signature, r.authors)))
    called = _itself(document.title or "", running)
    return Cited(by_page, running, _names_of(document, references), called, authors, earlier)


def _named_with_others(author: str) -> tuple[str, ...]:
    """How a text names an author with others, in small letters; nothing for a name of one letter."""
    family = author.partition(",")[0].strip().casefold()
    return tuple(family + others for others in AND_OTHERS) if len(family) > 1 else ()


def _signature(author: str) -> tuple[str, str]:
    """An author's family name and first letter, however the two are set ("Basan, M", "Markus Basan")."""
    family, comma, given = author.casefold().partition(",")
    *first, last = family.split() or [""]
    return (family, given.strip()[:1]) if comma else (last, "".join(first)[:1])


def _itself(title: str, running: Sequence[Flow]) -> str:
    """What a paper calls itself by: the name before the colon of its title, any word there that its text speaks of often."""
    called, colon, _ = title.partition(":")
    often = colon and " " not in called and sum(flow.text.count(called) for flow in running) >= OFTEN
    return called if often else _name_in(title)


def _names_of(document: Document, references: Sequence[Reference]) -> dict[str, tuple[str, ...]]:
    """The names that stand for each work in the running text; a name that two works share is nobody's, and so is one that no title has
    and that is first printed beside another work ("the SVZ (Lois, 1994) … in the SVZ (Arvidsson, 2002)")."""
    owners: dict[str, list[Reference]] = {}
    for reference in references:
        for name in _names_for(document, reference):
            owners.setdefault(name, []).append(reference)
    its: dict[str, tuple[str, ...]] = {}
    for name, (owner, *others) in owners.items():
        if not others and (name in owner.title or owner.id in _beside_first(name, references)):
            its[owner.id] = (*its.get(owner.id, ()), name)
    return its


def _beside_first(name: str, references: Sequence[Reference]) -> set[str]:
    """The works that are cited in the first sentence that prints a name and cites any."""
    beside = sorted((_place(m), one.id) for one in references for m in one.mentions if name in m.sentence)
    return {work for place, work in beside if place == beside[0][0]}


def _place(mention: Mention) -> tuple[int, int]:
    """Where the sentence of a mention begins: its page and character."""
    first = mention.sentence_spans[0]
    return first.page, first.start


def _names_for(document: Document, reference: Reference) -> list[str]:
    """The name before the colon of the work's title, else those before its citations ("GLEU (Napoles et al., 2015)")."""
    titled = _name_in(reference.title)
    if titled:
        return [titled]
    found = (_name_before(document, m, reference.title) for m in reference.mentions if m.beside == 0)
    return list(filter(None, dict.fromkeys(found)))


def _name_in(title: str) -> str:
    return matched(patterns.NAME_IN_TITLE.match(title), 1)


def _name_before(document: Document, mention: Mention, title: str) -> str:
    """The name right before a citation; one that Chinese words run into is believed where the work's title has it."""
    at = mention.spans[0].start
    named = patterns.NAME_BEFORE.search(join_lines(document.page(mention.page).text[max(0, at - NAME_BEFORE) : at]))
    if named is None or (count_han(named.group()) and named.group(1).casefold() not in title.casefold()):
        return ""
    return named.group(1)


def passage_of(document: Document, spans: Sequence[Span], cited: Cited, target: str, section: str) -> Passage | None:
    """A passage of ``spans`` with its marks; None when it is too short or too long to be one statement, or speaks to
    the program instead; without a heading that is set into its line."""
    spans = without_heading(document, spans)
    text = join_lines(
        "\n".join(document.page(s.page).text[s.start : s.end].strip() for s in spans), _within(document, spans)
    )
    if not SHORTEST <= len(text) <= LONGEST or (patterns.LABEL.match(text) and not patterns.FINITE.search(text)):
        return None
    if speaks_to_the_program(text):
        return None
    shown = marked_text(document, spans, cited, target)
    return Passage(SourceKind.DOCUMENT, document.name, spans[0].page, text, tuple(spans), shown, section)


def marked_text(document: Document, spans: Sequence[Span], cited: Cited, target: str) -> str:
    """The words of ``spans`` in one line, with a mark for each citation."""
    return join_lines(
        "\n".join(_marked(document.page(s.page), s, cited, target) for s in spans), _within(document, spans)
    )


def _within(document: Document, spans: Sequence[Span]) -> str:
    """The text whose own spelling tells which hyphens belong to words: that of the page where ``spans`` begin."""
    return document.page(spans[0].page).text if spans else ""


def _marked(page: Page, span: Span, cited: Cited, target: str) -> str:
    """The words of ``span`` with a mark for each citation; one mark for neighbours of the same kind."""
    text, at, last = "", span.start, ""
    for start, end, works in cited.groups(page.number, span):
        between, comma = _without_comma(page.text[at : max(start, at)], page.text[start : start + 1])
        mark = TARGET if target and target in works else OTHER
        if mark != last or between.strip(" ,;，；\n"):
            text += f"{between} {mark}{comma} "
        at, last = end - _is_closed_in(page.text, start, end), mark
    text = " ".join(join_lines(text + page.text[at : span.end]).split())
    text = patterns.BRACKETED_MARKS.sub(r"\1", text)
    return re.sub(r"\s+([,.;:)，。；：）])", r"\1", text).strip()


def _is_closed_in(text: str, start: int, end: int) -> bool:
    """Whether a citation ends with the bracket of what stands before it ("(vs. placebo; Gao, 2014)"): that bracket stays."""
    cited = text[start:end]
    return cited.endswith(")") and cited.count(")") > cited.count("(")


def _without_comma(between: str, cited: str) -> tuple[str, str]:
    """The words before a citation without the comma behind which its raised number stands ("Hover,7 Bircher"), and that comma."""
    raised = cited.isdigit() and between[-1:] in (",", ";")
    return (between[:-1], between[-1]) if raised else (between, "")


def own_sentences(document: Document, cited: Cited) -> tuple[Passage, ...]:
    """The paper's own sentences (running text, no entries), with their sections, in reading order."""
    made = (passage_of(document, spans, cited, "", section) for spans, section in _sentences(cited))
    return tuple(p for p in made if p is not None and _is_whole(p.text))


def _is_whole(text: str) -> bool:
    """Whether a text is a whole sentence, behind what its page's layout put before it."""
    return bool(patterns.BEGINS.match(patterns.GLUED.sub("", text)) and patterns.ENDS.search(text))


def sentences_at(document: Document, place: Sequence[Span], cited: Cited, target: str) -> tuple[Passage, ...]:
    """The sentences of running text that share words with ``place``, the work ``target`` marked in them, in reading order."""
    near = (one for one in _sentences(cited) if any(s.overlaps(p) for s in one[0] for p in place))
    made = (passage_of(document, spans, cited, target, section) for spans, section in near)
    return tuple(filter(None, made))


def _sentences(cited: Cited) -> Iterator[tuple[tuple[Span, ...], str]]:
    for flow in cited.running:
        yield from ((flow.spans(start, end), flow.section) for start, end in sentences(flow.text))


def of_entry(document: Document, reference: Reference) -> tuple[Passage, ...]:
    """The printed entry of a reference, one passage for each page it stands on."""
    texts = ((s, join_lines(document.page(s.page).text[s.start : s.end])) for s in reference.spans)
    return tuple(Passage(SourceKind.DOCUMENT, document.name, s.page, text, (s,), entry=True) for s, text in texts)


def of_title(document: Document, reference: Reference) -> Passage | None:
    """The title as the entry prints it, as evidence of what the work is about; None where it is not found there."""
    want = key_text(reference.title)
    if len(want) < SHORTEST_TITLE:
        return None
    found = next((at for span in reference.spans for at in _places(document.page(span.page), want, span)), None)
    if found is None:
        return None
    text = join_lines(document.page(found.page).text[found.start : found.end])
    shown = f"{TARGET} is titled “{text}”."
    return Passage(SourceKind.DOCUMENT, document.name, found.page, text, (found,), shown, entry=True)


def _places(page: Page, key: str, within: Span) -> Iterator[Span]:
    """Where the key text stands on the page within ``within``."""
    index = PageKey(page)
    at = index.text.find(key)
    while at >= 0:
        found = index.span(at, at + len(key))
        if within.start <= found.start and found.end <= within.end:
            yield found
        at = index.text.find(key, at + 1)
