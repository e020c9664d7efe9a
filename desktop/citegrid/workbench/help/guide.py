"""The pages of the guide, in the order of its index, and which of them speak of what a person looks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from citegrid.core.resources import resource

INDEX = "index.md"


@dataclass(frozen=True, slots=True)
class GuidePage:
    """``name`` is what it is called in the terminal and in links (``checking``), ``text`` its Markdown with the title first."""

    name: str
    title: str
    text: str


def folder_of(language: str) -> Path:
    """Where the pages of a language lie; their links and pictures are relative to it."""
    return resource("guide") / language


@cache
def pages(language: str) -> tuple[GuidePage, ...]:
    """The pages in ``zh`` or ``en``: the index, then those that it names."""
    index = _page(language, INDEX)
    return index, *(_page(language, name) for name in links_of(index.text) if name.endswith(".md"))


def found(wanted: Sequence[GuidePage], words: str) -> list[GuidePage]:
    """The pages that hold every one of ``words``, those with one in the title first, then those that say them most often; all of them where there are none."""
    asked = words.casefold().split()
    held = [page for page in wanted if all(word in page.text.casefold() for word in asked)]
    return sorted(
        held, key=lambda page: (not any(word in page.title.casefold() for word in asked), -_often(page, asked))
    )


def _often(page: GuidePage, asked: Sequence[str]) -> int:
    return sum(page.text.casefold().count(word) for word in asked)


def links_of(text: str) -> list[str]:
    """What a page's links lead to, and its pictures, in their order."""
    return [
        str(token.attrGet("href") or token.attrGet("src"))
        for token in tokens_of(text)
        if token.type in ("link_open", "image")
    ]


def tokens_of(text: str) -> Iterator[Token]:
    """The parts of a page, those within its lines too."""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        yield token
        yield from token.children or ()


def _page(language: str, name: str) -> GuidePage:
    text = (folder_of(language) / name).read_text("utf-8")
    title = text.partition("\n")[0].removeprefix("# ").strip()
    return GuidePage(name.removesuffix(".md"), title, text)
