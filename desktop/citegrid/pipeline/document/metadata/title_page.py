"""The front of a paper: its title, authors and year, from the first page and the file's own data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from citegrid.core.document import Block, BlockKind, Page, TextFrom
from citegrid.core.text import join_lines, key_text, weight
from citegrid.pipeline.document.metadata.authors import joined, organisation, rows_of
from citegrid.pipeline.document.metadata.thesis_cover import cover_authors, cover_title, cover_year

_NO_TITLE = re.compile(
    r"^(untitled|microsoft word|.*\.(docx?|tex|pdf|dvi|indd|qxd)\b|doi:|arxiv:|\d+\.\d+/|pii|main|paper|manuscript$)",
    re.I,
)
_NOT_AUTHORS = re.compile(
    r"abstract|universit|department|institute|school|laborator|college|hospital|@|https?:|doi|received|accepted|correspond"
    r"|keywords|摘要|大学|学院|研究所|introduction|article|thesis|论文|学位|报告|copyright|licen[cs]e|published|volume|journal",
    re.I,
)
#: What comes after the authors.
_OPENS = re.compile(r"(?:abstract|summary|摘\s*要|introduction|1\s+introduction)\b", re.I)
#: Where the authors work.
_PLACE = re.compile(
    r"\b(?:Universit|College|Institut|Station|Center|Centre|Academy|Corporation|Inc\b|Research\b|Academia|Netherlands|India|China|USA)"
)
_ORCID = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b")
#: Points below the first authors within which others may begin.
_NEAR = 26
_NAME = re.compile(
    r"(?!(?:The|This|These|In|On|By|For|From|With)\s)(?:[A-ZÀ-ÖØ-Þ](?:[\w'’.-]*)(?:\s+(?:van|von|de|der|den|del|della|di|da|la|le|bin|al)){0,2}\s+){1,4}[A-ZÀ-ÖØ-Þ][\w'’-]+"
)
#: "arXiv:2501.12948v1 [cs.CL] 22 Jan 2025", in the margin of page 1.
_STAMP = re.compile(r"arXiv:\d{4}\.\d{4,5}v\d+\s+\[[\w.\-]+\]\s+\d{1,2}\s+[A-Z][a-z]{2}\s+(20\d\d)")
_PUBLISHED = re.compile(
    r"(?:(?:published(?: online)?|©|copyright|\(c\))(?:[^\n\d]|\d{1,2}(?!\d)){0,40}?|出版(?:日期|时间|年月|于)?[\s:：]*)((?:19|20)\d\d)(?!\d)",
    re.I,
)
#: A date on a line of its own, or behind the number of a version.
_DATE_LINE = re.compile(
    r"^\s*(?:(?:版本|version).{0,16}\s)?(?:((?:19|20)\d\d)[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]((?:19|20)\d\d))\s*$",
    re.I | re.M,
)
#: Running heads and labels set in large type: no titles.
_BANNER = re.compile(
    r"www\.|https?:|\bISSN\b|^(?:review|research|original|short|full)(?: research)? (?:article|paper|communication)s?$|^open access$"
    r"|^(?:[\w&-]+ ){0,4}Journal(?: of)?(?: (?:the|and|of|[A-Z][\w-]+)){0,6}$|^(?:master|bachelor|doctoral)['’]?s?(?: thesis| dissertation)$"
    r"|^\W*(?:硕士|博士|学士|本科|专业)*(?:研究生)?(?:学位|毕业)(?:论文|设计)\W*$",
    re.I,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
#: A year at the edge of a page that dates it: in a date, in brackets, before a volume, at a meeting; not "AIME 2024".
_EDGE_YEAR = re.compile(
    rf"(?:[(（]\s*|©\s*|{_MONTH}[ ,]+(?:\d{{1,2}},? )?|(?:Proceedings|Conference|Workshop|Symposium|Meeting|Journal|Vol)\b[^\n]{{0,90}}?)((?:19|20)\d\d)(?!\d)"
    r"|(?<!\d)((?:19|20)\d\d)(?=\s*[,;:]\s*\d|\s*年|-\d\d)"
)


#: A block that is nothing but a date, below the authors.
_DATE_ALONE = re.compile(
    rf"(?:\d{{1,2}}\.?\s+)?{_MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?((?:19|20)\d\d)|((?:19|20)\d\d)(?:[-/.]\d\d?){{2}}|((?:19|20)\d\d)\s*年.{{0,8}}"
)
#: A name of a school alone on its line.
_SCHOOL = re.compile(
    r"^[\u4e00-\u9fff\s]{2,18}(?:大学|学院|研究院|研究所|中学|公司)\W*$|^(?:the )?(?:[A-Z]\w+ )*universit(?:y|é|ät)(?: of(?: \w+){1,8})?$",
    re.I,
)
#: Letters (see ``weight``) from which on a line is no journal's sign.
_LOGO = 16
#: Marks of footnotes behind a title.
_MARKS = " *∗†‡§¶#"


def title_of(pages: Sequence[Page], metadata: Mapping[str, str]) -> str:
    """The title: the file's own when the first pages print it, else the largest type in the upper part of page 1."""
    said = " ".join(metadata.get("title", "").split())
    printed = _largest(pages[0]) if pages else ""
    if said and len(said) > 8 and not _NO_TITLE.match(said):
        key = key_text(said)[:60]
        if any(key in key_text(page.text) for page in pages[:2]):
            return said
    if labelled := cover_title(pages[:2]):
        return labelled
    return printed or (said if not _NO_TITLE.match(said) else "")


def _largest(page: Page) -> str:
    groups: list[tuple[float, list[Block]]] = []
    for block in page.blocks:
        if (
            block.kind in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.LINE_NUMBER)
            or block.box.y0 > 0.6 * page.height
        ):
            continue
        text = join_lines(page.text[block.start : block.end])
        letters = sum(c.isalpha() for c in text)
        if letters < 6 or len(text) > 320 or _BANNER.search(text.strip()) or _SCHOOL.match(text.strip()):
            continue
        size = max(w.size for w in page.words if block.start <= w.start < block.end)
        if groups and abs(size - groups[-1][0]) <= 0.5 and block.index == groups[-1][1][-1].index + 1:
            groups[-1][1].append(block)
        else:
            groups.append((size, [block]))
    texts = [(size, " ".join(join_lines(page.text[b.start : b.end]) for b in blocks)) for size, blocks in groups]
    size, title = _first_of_largest(texts)
    if page.text_from is TextFrom.OCR and weight(title) < _LOGO:  # where OCR reads, it reads the journal's sign too
        longer = [(s, text) for s, text in texts if s >= 0.6 * size and weight(text) >= _LOGO]
        title = _first_of_largest(longer)[1] or title
    return title[:320].rstrip(_MARKS)


def _first_of_largest(texts: Sequence[tuple[float, str]]) -> tuple[float, str]:
    best = (0.0, "")
    for size, text in texts:
        if size > best[0] + 0.5:
            best = (size, text)
    return best


def authors_of(pages: Sequence[Page], title: str, metadata: Mapping[str, str]) -> tuple[str, ...]:
    """The authors as printed below the title, else as the file says; empty when neither is sure."""
    labelled = cover_authors(pages[:2])
    if labelled is not None:
        return labelled
    if pages and title:
        page = pages[0]
        key = key_text(title)
        after = False
        for i, block in enumerate(page.blocks):
            text = page.text[block.start : block.end]
            if key_text(text) and (key_text(text) in key or key[:40] in key_text(text)):
                after = True
                continue
            if after and block.kind in (BlockKind.BODY, BlockKind.HEADING):
                if _OPENS.match(text.strip()):
                    break
                if names := _names(text):
                    return _as_seen(page, block, (*names, *_beside(page, page.blocks[i + 1 :], block, names))[:40])
                below = [page.text[b.start : b.end] for b in page.blocks[i + 1 : i + 2]]
                if name := organisation(text, "\n".join((text, *below))):
                    return (name,)
    said = metadata.get("author", "")
    parts = [" ".join(p.split()) for p in re.split(r"[;,]|\band\b", said)]
    return tuple(p for p in parts if 2 < len(p) < 60 and not _NOT_AUTHORS.search(p))[:30]


def _as_seen(page: Page, first: Block, names: tuple[str, ...]) -> tuple[str, ...]:
    """``names`` as the rows of the byline complete them; the rows must hold all of them."""
    found: list[str] = []
    rows: list[str] = []
    top = min((b.box.y0 for b in page.blocks if _OPENS.match(page.text[b.start : b.end].strip())), default=page.height)
    for row in rows_of(page, first, top):
        if not _line_of_names(joined([*rows[-1:], row])) or _NOT_AUTHORS.search(row) or _PLACE.search(row):
            break
        rows.append(row)
        found = _line_of_names(joined(rows))
    whole = all(any(other.startswith(name) for other in found) for name in names)
    return tuple(dict.fromkeys(found))[:40] if whole and len(found) >= len(names) else names


def _beside(page: Page, blocks: Sequence[Block], first: Block, names: Sequence[str]) -> list[str]:
    """Authors who stand in blocks of their own: beside the first ones, right below them, or each with an ORCID."""
    texts = [page.text[b.start : b.end].strip() for b in blocks]
    top = min((b.box.y0 for b, text in zip(blocks, texts, strict=True) if _OPENS.match(text)), default=page.height)
    before = page.text[first.start : first.end].strip()
    found: list[str] = []
    grid = False
    for block, text in zip(blocks, texts, strict=True):
        if block.kind not in (BlockKind.BODY, BlockKind.HEADING) or not first.box.y0 - 3 <= block.box.y0 < top:
            continue
        level = block.box.y0 <= first.box.y0 + 3
        near = block.box.y0 <= first.box.y1 + _NEAR
        goes_on = bool(re.match(r"(?:and\b|&|,)", text) or re.search(r"(?:[,&·]|\band)[\s\d,*†‡§]*$", before))
        if level or (near and (goes_on or (grid and re.search(r"\d", text)))) or _ORCID.search(text):
            more = [n for n in _names(text) if n not in names and n not in found]
            grid = grid or (level and bool(more))
            before = text if more else before
            found += more
    return found


def _names(text: str) -> tuple[str, ...]:
    """The names that ``text`` begins with; a line that is no list of names ends them. Empty when it does not begin with one."""
    lines = text.strip().split("\n")
    plain = join_lines(text)
    chinese = re.fullmatch(r"(?:[\u4e00-\u9fff·]{2,4}[\s,，、;；\d*]*){1,12}", plain)
    if chinese and not _NOT_AUTHORS.search(plain[:30]):
        return tuple(re.findall(r"[\u4e00-\u9fff·]{2,4}", plain))
    names: list[str] = []
    for i, line in enumerate(lines):
        open_end = i == 0 or bool(re.search(r"(?:[,&·]|\band)[\s\d,*†‡§]*$", lines[i - 1]))
        if re.fullmatch(r"DRAFT|[\d\s*†‡§¶#∗,]*", line):
            continue
        found = _line_of_names(line)
        new = not open_end and "," not in line and not re.match(r"(?:and|&|,|\d[\d,∗*]* ?(?:,|and))\s", line)
        if not found or (names and new):
            break
        names += found
    return tuple(names[:40])


def _line_of_names(line: str) -> list[str]:
    if _NOT_AUTHORS.search(line[:30]) or _PLACE.search(line):
        return []
    cleaned = re.sub(r"(?<=[a-zà-ÿ])ID(?=[\d,;\s]|$)|[\d*†‡§¶#∗]+(?:[,.]\d+)*|\bID\b|[⚄✉]", " ; ", line)
    names: list[str] = []
    for part in re.split(r",|;|\band\b|&|·|•", cleaned):
        part = " ".join(part.split())
        if not part or (len(part) == 1 and names):
            continue
        if _NAME.fullmatch(part) and len(part.split()) <= 6:
            names.append(part)
        elif not names:
            return []
    return names


def year_of(pages: Sequence[Page], metadata: Mapping[str, str]) -> int | None:
    """The year the paper came out: by its arXiv stamp, its "published", the edges of page 1, at last the file's own date.

    No year later than the file was made is taken from a page, nor one that stands in a chart without a word.
    """
    made = re.match(r"(?:D:)?((?:19|20)\d\d)", metadata.get("creationDate", ""))
    latest = int(made.group(1)) + 1 if made else date.today().year
    if pages:
        page = pages[0]
        edges = " ".join(
            text
            for b in page.blocks
            if b.kind in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE)
            and len(re.findall(r"[^\W\d_]", text := page.text[b.start : b.end])) >= 3
        )
        cover = cover_year(pages[:2], latest)
        at_edge = ["".join(groups) for groups in _EDGE_YEAR.findall(edges)]
        alone = (_DATE_ALONE.fullmatch(page.text[b.start : b.end].strip()) for b in page.blocks)
        dated = [next(filter(None, match.groups())) for match in alone if match]
        dated = [str(cover)] if cover else dated or [a or b for a, b in _DATE_LINE.findall(page.text)]
        for found in (_STAMP.findall(page.text), dated, _PUBLISHED.findall(page.text), at_edge):
            years = [int(y) for y in found if 1900 <= int(y) <= latest]
            if years:
                return max(years)
    return int(made.group(1)) if made else None
