"""Plain text and Markdown to parts: headings, and paragraphs with their lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citegrid.core.library import Manuscript, Part
from citegrid.core.text import join_lines
from citegrid.pipeline.library.source_metadata import names_in

_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+\S|第[一二三四五六七八九十\d]+[章节部]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十][)）])"
)
_FIELD = re.compile(r"^(\w+)\s*:\s*(.*)$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+")


def read_plain(text: str) -> Manuscript:
    """Paragraphs are parted by empty lines, pages by form feeds; a short line of its own is a heading."""
    pages = text.split("\f")
    parts = [part for number, page in enumerate(pages, 1) for part in _plain(page, number if len(pages) > 1 else None)]
    return Manuscript(tuple(parts))


def _plain(text: str, page: int | None) -> Iterator[Part]:
    blocks = [b for b in re.split(r"\n[ \t\u3000]*\n", text) if b.strip()]
    for block in blocks:
        lines = [line.strip(" \t\u3000") for line in block.split("\n") if line.strip(" \t\u3000")]
        wide = max(map(len, lines))
        for i, paragraph in enumerate(_paragraphs(lines, wide)):
            line = join_lines(paragraph)
            heading = "\n" not in paragraph and _is_heading(line) and (i == 0 or bool(_NUMBERED.match(line)))
            yield Part(line, heading, page)


def _paragraphs(lines: list[str], wide: int) -> Iterator[str]:
    """Lines broken at a width are one paragraph; lines that end early, or are long, each their own."""
    run: list[str] = []
    for line in lines:
        run.append(line)
        short = (
            len(line) < 0.6 * wide
            or wide > 160
            or (len(run) == 1 and bool(_NUMBERED.match(line)) and _is_heading(line))
        )
        if short:
            yield "\n".join(run)
            run = []
    if run:
        yield "\n".join(run)


def _is_heading(line: str) -> bool:
    if len(line) > 80 or re.search(r"[.。;；,，:：!?！？]$", line):
        return False
    return bool(_NUMBERED.match(line)) or (
        len(line.split()) <= 10 and len(line) <= 60 and not re.match(r"[-*•·>|]", line)
    )


def read_markdown(text: str) -> Manuscript:
    """Headings by ``#`` or underlining; front matter gives title, authors and year; marks of emphasis are taken off."""
    fields, text = _front_matter(text)
    parts = tuple(_markdown(text))
    first = next((p.text for p in parts if p.heading), "")
    year = re.search(r"(?:19|20)\d\d", fields.get("year") or fields.get("date") or "")
    authors = names_in(re.sub(r"[\[\]\"']", "", fields.get("author") or fields.get("authors") or ""))
    title = fields.get("title", "").strip("\"'") or first
    return Manuscript(parts, title, authors, int(year.group()) if year else None, fields.get("doi", ""))


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    found = re.match(r"---\n(.*?)\n(?:---|\.\.\.)\n", text, re.S)
    if not found:
        return {}, text
    fields: dict[str, str] = {}
    last = ""
    for line in found.group(1).split("\n"):
        named = _FIELD.match(line)
        if named:
            last = named.group(1).lower()
            fields[last] = named.group(2).strip()
        elif last and re.match(r"\s*-\s+", line):
            fields[last] = (fields[last] + "; " + re.sub(r"^\s*-\s+", "", line)).strip("; ")
    return fields, text[found.end() :]


def _markdown(text: str) -> Iterator[Part]:
    run: list[str] = []
    fenced = False

    def paragraph() -> Iterator[Part]:
        line = _bare(join_lines("\n".join(run)))
        run.clear()
        if line:
            yield Part(line)

    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
            yield from paragraph()
            continue
        heading = None if fenced else _HEADING.match(line)
        if heading:
            yield from paragraph()
            yield Part(_bare(heading.group(2)), heading=True)
        elif run and not fenced and re.match(r"^ {0,3}(=+|-{3,})\s*$", line):
            title = _bare(" ".join(run))
            run.clear()
            yield Part(title, heading=True)
        elif not line.strip() or (_ITEM.match(line) and not fenced):
            yield from paragraph()
            if line.strip():
                run.append(_ITEM.sub("", line))
        else:
            run.append(re.sub(r"^\s*>\s?", "", line))
    yield from paragraph()


def _bare(text: str) -> str:
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    return re.sub(r"<[^<>]{1,80}>", "", text).strip()
