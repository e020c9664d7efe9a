"""The front of a paper: its title, authors and year, from the first page and the file's own data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from citegrid.core.document import Block, BlockKind, Page
from citegrid.core.text import join_lines, key_text

_NO_TITLE = re.compile(
    r"^(untitled|microsoft word|.*\.(docx?|tex|pdf|dvi|indd|qxd)\b|doi:|arxiv:|\d+\.\d+/|pii|main|paper|manuscript$)",
    re.I,
)
_NOT_AUTHORS = re.compile(
    r"abstract|universit|department|institute|school|laborator|college|hospital|@|https?:|doi|received|accepted|correspond"
    r"|keywords|摘要|大学|学院|研究所|introduction|copyright|licen[cs]e|published|volume|journal",
    re.I,
)
_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ](?:[\w'’.-]*)(?:\s+(?:van|von|de|der|den|del|della|di|da|la|le|bin|al)){0,2}\s+){1,4}[A-ZÀ-ÖØ-Þ][\w'’-]+"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def title_of(pages: Sequence[Page], metadata: Mapping[str, str]) -> str:
    """The title: the file's own when the first pages print it, else the largest type in the upper part of page 1."""
    said = " ".join(metadata.get("title", "").split())
    printed = _largest(pages[0]) if pages else ""
    if said and len(said) > 8 and not _NO_TITLE.match(said):
        key = key_text(said)[:60]
        if any(key in key_text(page.text) for page in pages[:2]):
            return said
    return printed or (said if not _NO_TITLE.match(said) else "")


def _largest(page: Page) -> str:
    best: tuple[float, list[Block]] | None = None
    for block in page.blocks:
        if (
            block.kind in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.LINE_NUMBER)
            or block.box.y0 > 0.6 * page.height
        ):
            continue
        text = join_lines(page.text[block.start : block.end])
        letters = sum(c.isalpha() for c in text)
        if letters < 6 or len(text) > 320:
            continue
        size = max(w.size for w in page.words if block.start <= w.start < block.end)
        if best is None or size > best[0] + 0.5:
            best = (size, [block])
        elif abs(size - best[0]) <= 0.5 and block.index == best[1][-1].index + 1:
            best[1].append(block)
    if best is None:
        return ""
    return " ".join(join_lines(page.text[b.start : b.end]) for b in best[1])[:320]


def authors_of(pages: Sequence[Page], title: str, metadata: Mapping[str, str]) -> tuple[str, ...]:
    """The authors as printed below the title, else as the file says; empty when neither is sure."""
    if pages and title:
        page = pages[0]
        key = key_text(title)
        after = False
        for block in page.blocks:
            text = page.text[block.start : block.end]
            if key_text(text) and (key_text(text) in key or key[:40] in key_text(text)):
                after = True
                continue
            if after and block.kind in (BlockKind.BODY, BlockKind.HEADING):
                plain = join_lines(text)
                if len(plain) > 600 or re.match(r"abstract|摘\s*要", plain, re.I):
                    break
                names = _names(plain)
                if names:
                    return names
    said = metadata.get("author", "")
    parts = [" ".join(p.split()) for p in re.split(r"[;,]|\band\b", said)]
    return tuple(p for p in parts if 2 < len(p) < 60 and not _NOT_AUTHORS.search(p))[:30]


def _names(text: str) -> tuple[str, ...]:
    first = re.split(r"\n|\b(?:Department|University|Institute|School|Faculty)\b", text)[0]
    if _NOT_AUTHORS.search(first[:30]):
        return ()
    chinese = re.fullmatch(r"(?:[\u4e00-\u9fff·]{2,4}[\s,，、;；\d*]*){1,12}", first)
    if chinese:
        return tuple(re.findall(r"[\u4e00-\u9fff·]{2,4}", first))
    cleaned = re.sub(r"[\d*†‡§¶#∗]+", " ", first)
    names = []
    for part in re.split(r",|;|\band\b|&|·|•", cleaned):
        part = " ".join(part.split())
        if not part:
            continue
        if _NAME.fullmatch(part) and len(part.split()) <= 6:
            names.append(part)
        elif not names:
            return ()
    return tuple(names[:40])


def year_of(pages: Sequence[Page], metadata: Mapping[str, str]) -> int | None:
    """The year printed on the first page's edges or near its "published"; None when no year is sure."""
    if not pages:
        return None
    page = pages[0]
    edges = " ".join(
        page.text[b.start : b.end]
        for b in page.blocks
        if b.kind in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE)
    )
    years = [int(y) for y in _YEAR.findall(edges)]
    if years:
        return max(years)
    match = re.search(
        r"(?:published|accepted|©|copyright|\(c\)|出版|收稿)[^\n]{0,40}?" + _YEAR.pattern, page.text, re.I
    )
    return int(match.group(1)) if match else None
