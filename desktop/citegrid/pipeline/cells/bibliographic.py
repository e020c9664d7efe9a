"""Bibliographic columns: filled from the parsed entry, exactly; the model never retypes a name or a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.document import BlockKind, Document, Span
from citegrid.core.evidence import Evidence
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.table import Cell, Status
from citegrid.core.text import TextIndex, key_text
from citegrid.pipeline.evidence import verify
from citegrid.pipeline.evidence.claim_tokens import words_missing

#: Authors that a cell shows by name, and characters of a block of the front page that may stand as one quote.
SHOWN_AUTHORS, LONGEST_QUOTE = 4, 300
_FIELDS = {
    "title": r"代表(?:性)?(?:工作|文献|论文|研究)|文献名称|文献名|文献题目|文献标题|论文题目|论文标题|论文名称|论文名|文章题目|文章标题|题目|题名|篇名|标题|名称|文献|论文|"
    r"(?:paper |article |work |study )?titles?(?: of (?:the )?(?:papers?|articles?|works?|stud(?:y|ies)))?|(?:representative |key )(?:works?|papers?|stud(?:y|ies))|(?:papers?|works?|stud(?:y|ies)|articles?|references?|literature|publications?)",
    "authors": r"(?:第一)?作者(?:姓名)?|研究者|著者|authors?(?: names?)?|first authors?|researchers?",
    "year": r"(?:发表|出版)?(?:年份|年度|年代|时间|日期|年)|(?:pub(?:lication|\.)? )?(?:years?|dates?)(?: of publication| published)?",
    "venue": r"(?:发表)?(?:期刊|会议|刊物|来源|出处|刊名)(?:名称)?|(?:published in )?(?:venues?|journals?|conferences?|sources?)",
    "link": r"链接|网址|doi(?: ?/ ?url)?|urls?|links?|arxiv(?: ?id)?",
}
#: What stands over several such columns in a header of two rows ("Bibliography / Year").
_GROUP = (
    r"书目(?:信息)?|文献信息|基本信息|出版信息|题录(?:信息)?|bibliograph\w*(?: data| details| info\w*)?|metadata|identification"
    r"|(?:publication|reference|source|study|paper|article) (?:data|details|info\w*)"
)
#: Columns for the whole of an entry.
_WHOLE = r"(?:full |bibliographic )?citation|参考文献|引文(?:信息)?|refs?\.?"
_DATED = re.compile(
    r"©|\(c\)|copyright|publish|accepted|received|arxiv|preprint|vol(?:ume|\.)|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|[（(]\s*(?:19|20)\d\d\s*[)）]|年|收稿|发表|出版",
    re.I,
)
_SPLIT = re.compile(r"\s*(?:[/／与和及、,，&+()（）·|]|\band\b)\s*", re.I)


@dataclass(frozen=True, slots=True)
class Source:
    """A work's bibliographic data and the place they are printed at."""

    work: Work
    venue: str = ""
    link: str = ""
    evidence: tuple[Evidence, ...] = ()


def fields_of(column: str) -> tuple[str, ...]:
    """The bibliographic fields a column asks for, in its order; empty when it asks for anything else.

    ``"作者与年份"`` gives ``("authors", "year")``; ``"Authors (year)"`` too.
    """
    column = re.sub(r"[(（]s[)）]", "s", column.strip(), flags=re.I)  # "Author(s)"
    if re.fullmatch(_WHOLE, column, re.I):
        return ("authors", "year", "title")
    found: list[str] = []
    for part in filter(None, _SPLIT.split(column)):
        if re.fullmatch(_GROUP, part.strip(), re.I):
            continue
        name = next((f for f, pattern in _FIELDS.items() if re.fullmatch(pattern, part.strip(), re.I)), None)
        if name is None:
            return ()
        if name not in found:
            found.append(name)
    return tuple(found)


def of_reference(document: Document, work: Work, reference: Reference) -> Source:
    """The data of an entry, proved by the entry."""
    link = reference.doi and f"https://doi.org/{reference.doi}"
    link = link or (reference.arxiv and f"arXiv:{reference.arxiv}") or reference.url
    evidence = tuple(verify.quote_at(document, span, first_hand=False) for span in reference.spans)
    return Source(work, reference.venue, link, evidence)


def of_paper(document: Document, work: Work) -> Source:
    """The paper's own data, proved by its first pages: the blocks that hold its title, authors and year."""
    index = TextIndex(document)
    spans = [index.find(work.title, _front(document))] if work.title else []
    found = [s for f in spans if f is not None for s in f.spans]
    found += [span for author in work.authors[:SHOWN_AUTHORS] if (span := _author_place(document, index, author))]
    found += [span for span in (_year_place(document, work.year),) if span]
    evidence: list[Evidence] = []
    for span in found:
        quote = verify.quote_at(document, span, first_hand=True)
        if quote not in evidence:
            evidence.append(quote)
    return Source(work, evidence=tuple(evidence))


def of_library(work: Work, evidence: Sequence[Evidence], doi: str) -> Source:
    """The data of a background document, proved by its title and its byline."""
    return Source(work, link=f"https://doi.org/{doi}" if doi else "", evidence=tuple(evidence))


def fill(column: str, fields: Sequence[str], source: Source, language: str) -> Cell:
    """The cell of a bibliographic column; not stated when the entry does not print what it asks for."""
    work = source.work
    zh = language == "zh"
    values = {
        "title": work.title,
        "authors": _authors(work.authors, zh),
        "year": str(work.year or ""),
        "venue": source.venue,
        "link": source.link,
    }
    texts = [values[f] for f in fields if values[f]]
    searched = tuple(sorted({e.page for e in source.evidence if e.page}))
    if not texts:
        reason = "文献条目没有给出" if zh else "the entry does not print it"
        return Cell(column, "", Status.NOT_STATED, reason=reason, searched=searched)
    text = ("，" if zh else ", ").join(texts)
    evidence = source.evidence
    if work.kind is WorkKind.PAPER:
        evidence = _needed(evidence, values, fields)
    entry = () if work.kind is WorkKind.PAPER else (*work.authors, work.title, str(work.year or ""))
    missing = words_missing(text, [*(e.quote for e in evidence), *entry])
    if not evidence or missing:
        reason = "没有找到原文位置" if zh else "its place in the source was not found"
        return Cell(column, text, Status.UNSUPPORTED, evidence, reason, searched, draft=text)
    return Cell(column, text, Status.SUPPORTED, evidence, searched=searched, draft=text)


def short_authors(work: Work, zh: bool) -> str:
    """``Gao等``, ``Gao et al.``, ``Gao and Liu``: how a sentence names a work's authors; empty without authors."""
    families = [_family(a) for a in work.authors if a]
    if not families:
        return ""
    if len(families) == 1:
        return families[0]
    if len(families) == 2:
        return f"{families[0]}和{families[1]}" if zh else f"{families[0]} and {families[1]}"
    return f"{families[0]}等" if zh else f"{families[0]} et al."


def _authors(authors: Sequence[str], zh: bool) -> str:
    names = [" ".join(reversed([p.strip() for p in a.split(",", 1)])) if "," in a else a for a in authors if a]
    if len(names) > 4:
        return f"{'、'.join(names[:3]) if zh else ', '.join(names[:3])}{'等' if zh else ' et al.'}"
    return ("、" if zh else ", ").join(names)


def _family(author: str) -> str:
    return author.split(",", 1)[0].strip() if "," in author else author.split()[-1] if author.split() else author


def _needed(evidence: Sequence[Evidence], values: dict[str, str], fields: Sequence[str]) -> tuple[Evidence, ...]:
    """The quotes that hold the values of ``fields``: all of a title or a year, any name of the authors."""
    kept = []
    for e in evidence:
        quote = key_text(e.quote)
        title = key_text(values["title"])
        holds = {
            "title": bool(title) and title in quote,
            "year": bool(values["year"]) and values["year"] in e.quote,
            "authors": any(
                len(n) > 1 and key_text(n) in quote for n in re.split(r"[、,，]|等|et al", values["authors"])
            ),
        }
        if any(holds.get(f, False) for f in fields):
            kept.append(e)
    return tuple(kept)


def _author_place(document: Document, index: TextIndex, author: str) -> Span | None:
    """The block of the front pages that names ``author``, or the name alone where the block is long."""
    forms = [author]
    if "," in author:
        family, given = author.split(",", 1)
        forms.append(f"{given.strip()} {family}")
    for form in forms:
        found = index.find(form, _front(document))
        if found is not None:
            return _widened(document, found.spans[0])
    return None


def _year_place(document: Document, year: int | None) -> Span | None:
    """Where the front pages print ``year`` as a number of its own."""
    if not year:
        return None
    pattern = re.compile(rf"(?<![\d\-–]){year}(?![\d\-–])")
    found = [
        Span(number, block.start + match.start(), block.start + match.end())
        for number in _front(document)
        for block in document.page(number).blocks
        if block.kind not in (BlockKind.ENTRY, BlockKind.LINE_NUMBER)
        for match in pattern.finditer(document.page(number).text[block.start : block.end])
    ]
    return _widened(document, min(found, key=lambda s: not _is_dated(document, s))) if found else None


def _is_dated(document: Document, span: Span) -> bool:
    """Whether the words beside a year are those of a date, a copyright line or a running head."""
    text = document.page(span.page).text
    return bool(_DATED.search(text[max(0, span.start - 40) : span.end + 12].replace("\n", " ")))


def _widened(document: Document, span: Span) -> Span:
    """The block of ``span`` when it is short enough to quote, else its line."""
    page = document.page(span.page)
    block = next((b for b in page.blocks if b.start <= span.start < b.end), None)
    if block is not None and block.end - block.start <= LONGEST_QUOTE:
        return Span(span.page, block.start, block.end)
    start = page.text.rfind("\n", 0, span.start) + 1
    end = page.text.find("\n", span.end)
    return Span(span.page, start, end if end >= 0 else len(page.text))


def _front(document: Document) -> range:
    return range(1, min(2, len(document.pages)) + 1)
