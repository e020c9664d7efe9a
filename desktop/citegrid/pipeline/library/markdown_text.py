"""Markdown to parts, with markdown-it-py: headings, paragraphs, items, rows of tables; front matter gives title and authors."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from citegrid.core.language.text import join_lines
from citegrid.core.library import Manuscript, TextBlock
from citegrid.pipeline.library import patterns
from citegrid.pipeline.library.plain_text import read_plain
from citegrid.pipeline.library.source_metadata import names_in

#: Letters from which Markdown is read as plain text: the parser needs a second and 60 MB for a million.
MOST_PARSED = 4_000_000
_FRONT = re.compile(r"---\n(.*?)\n(?:---|\.\.\.)\n", re.S)
_FIELD = re.compile(r"^(\w+)\s*:\s*(.*)$")
_ITEM = re.compile(r"\s*-\s+(.*)")
_TAG = re.compile(r"<[^<>]{1,80}>")
#: What an inline token says; those that are not named say nothing (images, tags, marks of emphasis).
_SPOKEN = {"softbreak": "\n", "hardbreak": "\n"}


def read_markdown(text: str) -> Manuscript:
    """Headings by ``#`` or underlining; front matter gives title, authors, year and DOI; marks of emphasis are taken off."""
    fields, text = _front_matter(text)
    if len(text) > MOST_PARSED:
        parts: tuple[TextBlock, ...] = read_plain(text).parts
    else:
        parts = tuple(_parts(MarkdownIt("commonmark").enable("table").parse(text)))
    year = patterns.ANY_YEAR.search(fields.get("year") or fields.get("date") or "")
    authors = names_in(re.sub(r"[\[\]\"']", "", fields.get("author") or fields.get("authors") or ""))
    title = fields.get("title", "").strip("\"'") or next((p.text for p in parts if p.heading), "")
    return Manuscript(parts, title, authors, int(year.group()) if year else None, fields.get("doi", ""))


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields above the text, those of several lines parted by semicolons, and the text below them."""
    found = _FRONT.match(text)
    if not found:
        return _between_pluses(text) if text.startswith("+++\n") else ({}, text)
    fields: dict[str, str] = {}
    last = ""
    for line in found.group(1).split("\n"):
        named, item = _FIELD.match(line), _ITEM.match(line)
        if named:
            last = named.group(1).lower()
            fields[last] = named.group(2).strip()
        elif last and item:
            fields[last] = f"{fields[last]}; {item.group(1)}".strip("; ")
    return fields, text[found.end() :]


def _between_pluses(text: str) -> tuple[dict[str, str], str]:
    """As ``_front_matter``, of what is written in TOML."""
    above, _, below = text.removeprefix("+++\n").partition("\n+++\n")
    try:
        fields = tomllib.loads(above)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}, text
    # A list reads as one of YAML does: [Ann Lee, Bo Chen].
    said = {name.lower(): str(value) for name, value in fields.items()}
    return said, below


def _parts(tokens: Iterable[Token]) -> Iterator[TextBlock]:
    heading = False
    row: list[str] | None = None
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            heading = token.nesting > 0
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield from _part(" | ".join(filter(None, row or ())))
            row = None
        elif row is not None and token.type == "inline":
            row.append(_said(token.children or ()))
        else:
            yield from _part(_text_of(token), heading=heading)


def _text_of(token: Token) -> str:
    """The words of a block: of a paragraph or heading, of code as it stands, of HTML without its tags."""
    if token.type == "inline":
        return _said(token.children or ())
    return _TAG.sub("", token.content)


def _said(children: Sequence[Token]) -> str:
    """The words of a line: without images, tags and marks of emphasis."""
    spoken = (_SPOKEN.get(t.type, t.content if t.type in ("text", "code_inline") else "") for t in children)
    return join_lines("".join(spoken))


def _part(text: str, *, heading: bool = False) -> Iterator[TextBlock]:
    line = join_lines(text)
    if line:
        yield TextBlock(line, heading)
