"""Plain text to parts: headings, and paragraphs with their lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citegrid.core.language.text import join_lines
from citegrid.core.library import Manuscript, TextBlock
from citegrid.pipeline.library import patterns


def read_plain(text: str) -> Manuscript:
    """Paragraphs are parted by empty lines, pages by form feeds; a short line of its own is a heading."""
    pages = text.split("\f")
    parts = [part for number, page in enumerate(pages, 1) for part in _plain(page, number if len(pages) > 1 else None)]
    return Manuscript(tuple(parts))


def _plain(text: str, page: int | None) -> Iterator[TextBlock]:
    blocks = list(filter(str.strip, re.split(r"\n[ \t\u3000]*\n", text)))
    for block in blocks:
        lines = [line.strip(" \t\u3000") for line in block.split("\n") if line.strip(" \t\u3000")]
        wide = max(map(len, lines))
        for i, paragraph in enumerate(_paragraphs(lines, wide)):
            line = join_lines(paragraph)
            heading = "\n" not in paragraph and _is_heading(line) and (i == 0 or bool(patterns.NUMBERED.match(line)))
            yield TextBlock(line, heading, page)


def _paragraphs(lines: list[str], wide: int) -> Iterator[str]:
    """Lines broken at a width are one paragraph; lines that end early, or are long, each their own."""
    run: list[str] = []
    for line in lines:
        run.append(line)
        short = (
            len(line) < 0.6 * wide
            or wide > 160
            or (len(run) == 1 and bool(patterns.NUMBERED.match(line)) and _is_heading(line))
        )
        if short:
            yield "\n".join(run)
            run = []
    if run:
        yield "\n".join(run)


def _is_heading(line: str) -> bool:
    if len(line) > 80 or re.search(r"[.。;；,，:：!?！？]$", line):
        return False
    return bool(patterns.NUMBERED.match(line)) or (
        len(line.split()) <= 10 and len(line) <= 60 and not re.match(r"[-*•·>|]", line)
    )
