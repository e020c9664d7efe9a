"""Evidence for a row: the sentences of the paper that speak about a work, with the work marked in them.

For a reference these are its mention sentences and the sentences that go on
about it; for the paper itself, its own sentences that answer a column best.
The words are never changed, only shown to the model with ⟦TARGET⟧ and ⟦OTHER⟧
in place of citations: small models otherwise mix up who did what.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from citegrid.core.document import Document, Page, Span
from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.reference import Mention, Reference
from citegrid.core.text import PageKey, join_lines, key_text, sentences
from citegrid.pipeline.document.layout.text_flow import Flow, flows
from citegrid.pipeline.evidence.citation_markers import NAMED_BY, OTHER, TARGET, is_part_of_it

#: Sentences of evidence for one row; more only slows a small model down and confuses it.
MOST_PASSAGES = 9
SHORTEST, LONGEST = 25, 700

_GOES_ON = re.compile(
    r"^(They|Their|It|Its|He|She|This|These|The (?:authors?|method|model|approach|framework|study|system|resulting)|"
    r"In (?:particular|their)|However, (?:it|they|their|this)|Moreover, (?:it|they)|该|其|他们|它|这|此)\b|^(该|其|他们|它们?|这|此)"
)
_OWN = re.compile(
    r"\b(we|our|this (?:paper|study|work|article|survey|review|report|thesis)|in summary|results? (?:show|suggest|indicate))\b"
    r"|本文|本研究|我们|本论文|结果表明|实验表明|研究表明",
    re.I,
)
#: What leans on the sentence before it may speak of the work discussed there.
_LEANS = re.compile(
    r"(?:However, |But |And |Yet |Still, |Thus, )?(?:They|Their|He|She|Its?|Such|Both|These|Those|This|The (?:former|latter|same))\b"
    r"(?! (?:paper|survey|study|review|article|work|report|thesis|research|manuscript|analys))"
    r"|.{0,40}\b(?:of|in|with|to) (?:this|such|these|those) (?:view|approach|method|model|line|idea|kind|case|systems?|works?)\b"
    r"|(?:该|其|他们|它|这一?(?:方法|模型|观点|思路))"
)
#: What is said of a work in such words, nobody understands without the sentence before.
_HANGS = re.compile(
    r"(?:However, |But |And |Yet |Thus, |Moreover, |Furthermore, |Additionally, )?(?:(?:All|Both|Most|Some) (?:of )?(?:this|these|those)|These|Those|"
    r"Th(?:is|ey|eir)(?! (?:paper|survey|study|review|work)\b)|Such|It (?:is|was|has|also|can|may)\b|Its\b|The (?:former|latter|same)\b)"
    r"|.{0,240}\b(?:no|not(?: an?)?|an) exception(?:al)?\b|(?:这|该|此|其|它们?|他们|上述|以上|所有这些)"
)
_TELLING_SECTION = re.compile(
    r"abstract|summary|conclusion|contribution|limitation|摘要|结论|总结|结语|展望",
    re.I,
)
#: Where a paper says in few sentences what it asked, did and found.
_ABSTRACT = re.compile(r"abstract|摘\s*要", re.I)
#: Sentences that point to another place, suppose, or prepare; they say nothing by themselves.
_POINTS = re.compile(
    r"(?:In this (?:section|chapter|appendix)|Suppos\w+|Assum\w+|If we|Let |Note that|Recall|See )\b"
    r"|.{0,60}\b(?:show|shows|shown|list|lists|present|presents|report|reports|plot|plots|give|gives|describe|describes|explain|explains|summari[sz]es?|"
    r"discuss|illustrates?|displays?|depicts?)\b.{0,160}?\b(?:Tables?|Fig(?:ure)?s?\.?|Sections?|Sec\.|Appendix|Appendices|Algorithm)\s*[A-Z]?\d*[.)]*$"
    r"|(?:Tables?|Fig(?:ure)?s?\.?) [A-Z]?\d|(?:如?[图表]\s*\d|本[节章]|假设|设)"
)
#: Where a paper gives account of its own doing and findings, "we" or not.
_ACCOUNT = re.compile(
    r"\b(?:materials?|methods?|methodology|results?|findings?|conclusions?|data (?:collection|analys[ei]s)|experiments?|study design|participants|limitations?)\b"
    r"|方法|材料|结果|实验|数据来源|研究设计|局限",
    re.I,
)
#: What publishers print about a paper is not what the paper says.
_IMPRINT = re.compile(
    r"(?:How to )?cite this|to cite this article|\bwe (?:\w+ ){0,2}(?:thank|acknowledge|are (?:\w+ )?grateful)\b|感谢.{0,30}(?:支持|帮助|资助|指导|建议)|\b(?:received|accepted|published)(?: online)?:? \d|copyright|©|\blicen[cs]e\b|corresponding author|competing interests?"
    r"|conflicts? of interest|\bavailable (?:at|from|on|online|upon)\b|https?://|\bfunding\b|data availability|引用(?:格式|本文)|收稿日期|基金项目|作者简介|通讯作者",
    re.I,
)
#: Who did what of the work is not what the work says: sections about it, and "AB and CD wrote the manuscript".
_CREDITS = re.compile(
    r"^[\d.\s]*(?:(?:author(?:s|s?[’']s?)?|credit author(?:ship)?)\s+(?:contributions?|statement|information)|contributions? of (?:the )?authors?|acknowledg\w+"
    r"|(?:funding|financial support)(?: statement| information| sources?)?|(?:competing|conflicts? of|declaration of) .*interests?"
    r"|data availability(?: statement)?|ethic\w* (?:statement|approval|declaration|considerations?)(?: .*)?|作者贡献.*|致\s*谢|基金项目|利益冲突.*)[\s.:]*$",
    re.I,
)
_CREDIT = re.compile(
    r"(?:[A-Z]{2,4}(?:, | and |, and )?)+ (?:\w+ )?(?:designed|conceived|conceptuali[sz]ed|wrote|drafted|contributed|performed|analy[sz]ed|supervised|reviewed|edited|collected|(?:was|were) (?:in charge|responsible))\b"
    r".{0,80}\b(?:manuscript|paper|article|writing|draft|sections?|data|study|experiments?|figures?|funding)\b"
)
#: Where a figure is from.
_BORROWED = re.compile(
    r"(?:\(\w\) )?(?:Reproduced|Reprinted|Adapted|Modified|Redrawn|Image|Figure|Photo)\b.{0,40}?\b(?:from|by|courtesy)\b"
)
#: Consent and approval had to be got, and are no method.
_FORMALITY = re.compile(
    r"\b(?:informed |written |verbal )?consent\b|\bethic\w*\b|\binstitutional review board\b|知情同意|伦理", re.I
)
_TELLS = re.compile(
    r"\b(?:we|this (?:paper|study|work|article)) (?:\w+ )?(?:propose|present|introduce|show|find|found|demonstrate|conclude|develop|investigate|examine|"
    r"evaluate|compare|report|argue|suggest|aim)|\bresults? (?:\w+ )?(?:show|suggest|indicate|confirm|reveal)|提出|表明|发现|结论|旨在",
    re.I,
)
#: A whole sentence begins with a capital, a figure or an ideograph, not with a section's number, and ends with a stop.
_BEGINS = re.compile(r"(?!\d+(?:\.\d+)+\s)[A-ZÀ-Þ\u3400-\u9fff\d“\"‘'(（《]")
_ENDS = re.compile(r"[.!?。！？；;][”’\"')\]）」』\d,–\-]*$")
#: A name of a method, a tool or a data set: two capitals, or a capital and a figure, in one word ("BLEU", "BertAA", "M2").
_NAME = r"(?=[\w\-]*[A-Z][\w\-]*[A-Z0-9])[A-Z][\w\-]+"
#: An item of a list ("Coding: LiveCodeBench with 8 repetitions.") has a label and no verb.
_LABEL = re.compile(r"[A-Z][\w\- ]{2,40}: ")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|can|may|will|do|does|did|we|it|they|that|which|who|to)\b"
)
_SIMILAR = re.compile(r"(?:Similar|The same|Comparable) (?:findings?|results?|observations?|patterns?|trends?)\b", re.I)
_WORD = re.compile(r"[a-z]{3,}|[\u3400-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class Cited:
    """Every citation of the paper by page, for marking: ``(start, end, reference id)`` in page order; its running text;
    the names by which it calls the works, and the name of what it is itself about ("VESPA: Very large-scale …")."""

    by_page: dict[int, tuple[tuple[int, int, str], ...]]
    running: tuple[Flow, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    itself: str = ""


def citations_of(document: Document, references: Sequence[Reference]) -> Cited:
    """Collect the characters of all mentions, the running text they stand in, and the works' names."""
    pages: dict[int, list[tuple[int, int, str]]] = {}
    for reference in references:
        for mention in reference.mentions:
            for span in mention.spans:
                pages.setdefault(span.page, []).append((span.start, span.end, reference.id))
    by_page = {page: tuple(sorted(spans)) for page, spans in pages.items()}
    titled = re.match(rf"({_NAME}(?: {_NAME})?)(?:\s*[:：]|\s+[–—-]\s)", document.title or "")
    return Cited(by_page, flows(document), _names_of(document, references), titled.group(1) if titled else "")


def of_reference(document: Document, reference: Reference, cited: Cited) -> tuple[Passage, ...]:
    """What the paper says about ``reference``: best sentences first, at most MOST_PASSAGES; its entry comes last."""
    found: dict[tuple[Span, ...], Passage] = {}
    for mention in reference.mentions:
        passage = _passage(document, _on_page(mention), cited, reference.id, mention.section)
        if passage is None or passage.spans in found or not _is_sentence(mention, passage):
            continue
        if _HANGS.match(passage.text) or _BORROWED.match(passage.text) or _tells_of_itself(passage, cited):
            continue
        found[passage.spans] = replace(passage, alone=mention.beside == 0)
        # after a mere note "this approach" is the paper's own, or that of all the works before it
        told = mention.beside == 0 and is_part_of_it(passage.shown)
        following = _following(document, mention, cited) if told else ()
        if following:
            more = _passage(document, following, cited, reference.id, mention.section)
            if more is not None and more.spans not in found:
                found[more.spans] = more
    for passage in _by_name(document, reference, cited):
        found.setdefault(passage.spans, passage)
    ranked = sorted(found.values(), key=lambda p: (not p.alone, OTHER in p.shown, -min(len(p.text), 200)))
    kept = ranked[:MOST_PASSAGES]
    kept.sort(key=lambda p: (p.spans[0].page, p.spans[0].start))
    return tuple(kept)


def _tells_of_itself(passage: Passage, cited: Cited) -> bool:
    """Whether the sentence is about what the paper itself presents, by its name, and only notes the work."""
    named = cited.itself and re.search(rf"(?<!\w){re.escape(cited.itself)}(?!\w)", passage.text)
    return bool(named) and not is_part_of_it(passage.shown)


def of_title(document: Document, reference: Reference) -> Passage | None:
    """The title as the entry prints it, as evidence of what the work is about; None where it is not found there."""
    want = key_text(reference.title)
    for span in reference.spans if len(want) >= 8 else ():
        key = PageKey(document.page(span.page))
        at = key.text.find(want)
        while at >= 0:
            found = key.span(at, at + len(want))
            if span.start <= found.start and found.end <= span.end:
                text = join_lines(document.page(span.page).text[found.start : found.end])
                shown = f"{TARGET} is titled “{text}”."
                return Passage(SourceKind.DOCUMENT, document.name, span.page, text, (found,), shown, entry=True)
            at = key.text.find(want, at + 1)
    return None


def _by_name(document: Document, reference: Reference, cited: Cited) -> Iterator[Passage]:
    """Sentences whose subject is the work's own name, on pages that cite the work: "GLEU computes …".

    The name is what stands before the colon of its title, else before its citation ("GLEU (Napoles et al., 2015)"), when it
    is written as names of methods and data are, and no other work has it.
    """
    names = cited.names.get(reference.id, ())
    pages = {m.page for m in reference.mentions}
    for flow in cited.running if names else ():
        for start, end in sentences(flow.text):
            text = join_lines(flow.text[start:end])
            name = next((n for n in names if re.match(rf"(?:The )?{re.escape(n)}(?:[ ’'](?!\()|s\b)", text)), "")
            spans = flow.spans(start, end)
            if not name or any(s.page not in pages or _cites(s, cited) for s in spans):
                continue
            if not SHORTEST <= len(text) <= LONGEST or not _ENDS.search(text) or _OWN.search(text):
                continue
            shown = text.replace(name, name + NAMED_BY, 1)
            yield Passage(SourceKind.DOCUMENT, document.name, spans[0].page, text, spans, shown, flow.section)


def _names_of(document: Document, references: Sequence[Reference]) -> dict[str, tuple[str, ...]]:
    """The names that stand for each work in the running text; a name that two works share is nobody's."""
    owners: dict[str, set[str]] = {}
    for reference in references:
        titled = re.match(rf"({_NAME}(?: {_NAME})?)\s*[:：]", reference.title)
        found = {titled.group(1)} if titled else set()
        for mention in reference.mentions:
            if mention.beside == 0 and not titled:
                page = document.page(mention.page)
                before = page.text[max(0, mention.spans[0].start - 40) : mention.spans[0].start]
                named = re.search(rf"(?:^|[\s(])({_NAME})\s*[(\[]?$", join_lines(before))
                found |= {named.group(1)} if named else set()
        for name in found:
            owners.setdefault(name, set()).add(reference.id)
    names: dict[str, tuple[str, ...]] = {}
    for name, ids in owners.items():
        if len(ids) == 1:
            (owner,) = ids
            names[owner] = (*names.get(owner, ()), name)
    return names


def of_entry(document: Document, reference: Reference) -> tuple[Passage, ...]:
    """The printed entry of a reference, one passage for each page it stands on."""
    return tuple(
        Passage(
            SourceKind.DOCUMENT,
            document.name,
            span.page,
            join_lines(document.page(span.page).text[span.start : span.end]),
            (span,),
            entry=True,
        )
        for span in reference.spans
    )


def own_sentences(document: Document, cited: Cited) -> tuple[Passage, ...]:
    """The paper's own sentences (running text, no entries), with their sections, in reading order."""
    result = []
    for flow in cited.running:
        for start, end in sentences(flow.text):
            passage = _passage(document, flow.spans(start, end), cited, "", flow.section)
            if passage is not None and _BEGINS.match(passage.text) and _ENDS.search(passage.text):
                result.append(passage)
    return tuple(result)


def about_itself(own: Sequence[Passage]) -> tuple[Passage, ...]:
    """Those of the paper's sentences that speak of the paper: "we", "this study", or abstract, methods, results and
    conclusion; without such sentences all that cite nobody."""
    alone = [p for p in own if OTHER not in p.shown and not _LEANS.match(p.text) and not _POINTS.match(p.text)]
    alone = [p for p in alone if not _IMPRINT.search(p.text) and not _FORMALITY.search(p.text)]
    alone = [p for p in alone if not _CREDITS.search(p.section) and not _CREDIT.match(p.text)]
    told = (_TELLING_SECTION, _ACCOUNT)
    itself = [p for p in alone if _OWN.search(p.text) or any(section.search(p.section) for section in told)]
    return tuple(itself if len(itself) >= 8 else alone)


def most_telling(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """``passages``, those first that say what the paper does or finds, above all in its abstract and conclusion."""
    return tuple(
        sorted(passages, key=lambda p: -2 * bool(_TELLS.search(p.text)) - bool(_TELLING_SECTION.search(p.section)))
    )


def best(
    passages: Sequence[Passage],
    queries: Sequence[str],
    per_query: int = 3,
    sections: Sequence[re.Pattern[str] | None] = (),
) -> tuple[Passage, ...]:
    """The passages that answer the queries best, in reading order: BM25 with a bonus for the paper speaking of itself, and
    for the sections in which a query's answer is to be expected (one pattern, or None, for each query).

    BM25 is that of SQLite's full-text index.  Two-character pieces stand for Chinese words.
    """
    chosen: set[int] = set()
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute("CREATE VIRTUAL TABLE said USING fts5(words)")
        words = ((i, " ".join(_WORD.findall(p.text.casefold()))) for i, p in enumerate(passages))
        index.executemany("INSERT INTO said(rowid, words) VALUES (?, ?)", words)
        for query, expected in zip_longest(queries, sections[: len(queries)]):
            asked = " OR ".join(dict.fromkeys(_WORD.findall(query.casefold())))
            match = index.execute("SELECT rowid, -bm25(said) FROM said WHERE said MATCH ?", (asked,)) if asked else ()
            found: dict[int, float] = dict(match)
            scores = ((-found.get(i, 0.0) - _bonus(p, expected), i) for i, p in enumerate(passages))
            chosen.update(i for _, i in sorted(scores)[:per_query])
    return tuple(passages[i] for i in sorted(chosen))


def _bonus(passage: Passage, expected: re.Pattern[str] | None) -> float:
    bonus = 1.5 * bool(_OWN.search(passage.text)) + 1.0 * bool(_TELLING_SECTION.search(passage.section))
    bonus += 1.5 * bool(_ABSTRACT.search(passage.section) and OTHER not in passage.shown)
    return bonus + 1.5 * bool(expected and expected.search(passage.section)) - 1.5 * (OTHER in passage.shown)


def _passage(document: Document, spans: Sequence[Span], cited: Cited, target: str, section: str) -> Passage | None:
    """A passage of ``spans`` with its marks; None when it is too short or too long to be one statement."""
    text = join_lines("\n".join(document.page(s.page).text[s.start : s.end].strip() for s in spans))
    if not SHORTEST <= len(text) <= LONGEST or (_LABEL.match(text) and not _VERB.search(text)):
        return None
    shown = join_lines("\n".join(_marked(document.page(s.page), s, cited, target) for s in spans))
    return Passage(SourceKind.DOCUMENT, document.name, spans[0].page, text, tuple(spans), shown, section)


def _marked(page: Page, span: Span, cited: Cited, target: str) -> str:
    parts: list[str] = []
    at = span.start
    groups: list[tuple[int, int, set[str]]] = []
    for start, end, reference in cited.by_page.get(page.number, ()):
        if end <= span.start or start >= span.end:
            continue
        if groups and start < groups[-1][1]:
            last = groups[-1]
            groups[-1] = (last[0], max(end, last[1]), last[2] | {reference})
        else:
            groups.append((start, end, {reference}))
    for start, end, names in groups:
        parts.append(page.text[at : max(start, at)])
        mark = TARGET if target and target in names else OTHER
        if not parts[-1].strip(" ,;，；\n") and parts[:-1] and parts[-2] == f" {mark} ":
            parts.pop()
        else:
            parts.append(f" {mark} ")
        at = end
    parts.append(page.text[at : span.end])
    text = join_lines("".join(parts))
    text = re.sub(r"\s+", " ", text)
    text = re.sub(rf"[(\[（]\s*((?:{TARGET}|{OTHER})(?:[\s,;，；]*(?:{TARGET}|{OTHER}))*)\s*[)\]）]", r"\1", text)
    return re.sub(r"\s+([,.;:)，。；：）])", r"\1", text).strip()


def _is_sentence(mention: Mention, passage: Passage) -> bool:
    """Whether a mention stands in a sentence about few works, not in a row of a table or a list of names; most of the
    sentence must be on the mention's page."""
    others = passage.shown.count(OTHER)
    whole = len(passage.text) >= 0.6 * len(mention.sentence)
    return (
        whole
        and not _SIMILAR.match(passage.text)  # similar to what, only the sentence before would tell
        and len(passage.spans) <= 3
        and others <= 2
        and bool(_BEGINS.match(passage.text) and _ENDS.search(mention.sentence))
    )


def _on_page(mention: Mention) -> tuple[Span, ...]:
    """The sentence of a mention, as far as it stands on the mention's page: a citation names the page it is found on."""
    return tuple(s for s in mention.sentence_spans if s.page == mention.page)


def _following(document: Document, mention: Mention, cited: Cited) -> tuple[Span, ...]:
    """The next sentence, on the same page, when it goes on about the same work and cites nobody else."""
    last = mention.sentence_spans[-1]
    for flow in cited.running:
        at = flow.position(last.page, last.end - 1)
        if at is None:
            continue
        rest = flow.text[at + 1 :]
        for start, end in sentences(rest)[:1]:
            spans = flow.spans(at + 1 + start, at + 1 + end)
            if _GOES_ON.match(rest[start:end]) and all(s.page == mention.page and not _cites(s, cited) for s in spans):
                return spans
    return ()


def _cites(span: Span, cited: Cited) -> bool:
    return any(start < span.end and end > span.start for start, end, _ in cited.by_page.get(span.page, ()))
