"""A saved web page to parts, with libxml2's parser as a stream: its article without menus, scripts and link lists.

No tree is built: a page of many small elements would take thirty times its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from citegrid.core.library import Manuscript, TextBlock
from citegrid.pipeline.library import patterns

_SKIPPED = frozenset(
    ("script", "style", "noscript", "nav", "footer", "aside", "svg", "template", "select", "button", "iframe")
)
_BLOCKS = frozenset(
    ("p", "div", "li", "td", "th", "blockquote", "pre", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6",
     "figcaption", "dd", "dt", "br", "tr", "table", "ul", "ol", "body")
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: What an element makes of the text within it.
_KINDS = {**dict.fromkeys(_SKIPPED, "skipped"), "main": "main", "article": "main", "title": "title", "a": "a"}
_NAMED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
#: What a page says of itself, the more exact first: Highwire Press tags, Dublin Core, Open Graph.
_TITLES = ("citation_title", "dc.title", "og:title")
_AUTHORS = ("citation_author", "dc.creator", "author")
_DATES = ("citation_publication_date", "citation_date", "article:published_time", "date", "dc.date")
_DOIS = ("citation_doi", "dc.identifier")
#: Share of a block's letters inside links from which it is a menu, and letters from which a marked article is the page's text.
MOST_LINKED, LEAST_ARTICLE = 0.6, 200
#: Bytes that are handed to the parser at once.
_PIECE = 2**20


def charset_of(data: bytes) -> str:
    """The encoding that the page itself names; empty when it names none."""
    found = _NAMED.search(data[:4096])
    name = found.group(1).decode("ascii").lower() if found else ""
    return "gb18030" if name in ("gb2312", "gbk") else name


def read_web_page(text: str) -> Manuscript:
    """Title, authors, year and DOI from the page's own data; its blocks, those of its ``main`` or ``article`` where it
    marks one."""
    page = _parsed(text)
    parts = page.parts()
    year = patterns.ANY_YEAR.search(" ".join(page.first((name,)) for name in _DATES))
    doi = page.first(_DOIS).removeprefix("https://doi.org/").removeprefix("doi:").lower()
    return Manuscript(
        parts,
        page.first(_TITLES) or _title(page.title, parts),
        next((tuple(page.meta[name]) for name in _AUTHORS if name in page.meta), ()),
        int(year.group()) if year else None,
        doi if doi.startswith("10.") else "",
    )


def _title(title: str, parts: Sequence[TextBlock]) -> str:
    """The first heading where the page's title repeats it, with the name of the site; else that title."""
    top = next((p.text for p in parts if p.heading), "")
    return top if top and top in title else title or top


def _parsed(text: str) -> _PageTarget:
    """What a parser finds in ``text``; nothing where it is no page at all."""
    target, data = _PageTarget(), text.encode("utf-8", "replace")
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        for at in range(0, len(data), _PIECE):
            parser.feed(data[at : at + _PIECE])
        parser.close()
    except (etree.ParserError, etree.XMLSyntaxError):  # an empty page, or one with nothing but a comment
        pass
    target.end_block()
    return target


class _PageTarget:
    """Takes a parser's events; gathers ``blocks``: each part, and whether it stands in ``main`` or ``article``."""

    def __init__(self) -> None:
        self.title = ""
        self.meta: dict[str, list[str]] = {}
        self.blocks: list[tuple[TextBlock, bool]] = []
        self._text: list[str] = []
        self._linked = 0
        self._open = dict.fromkeys(_KINDS.values(), 0)
        self._heading = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._count(tag, 1)
        if tag == "meta":
            self._note(attributes)
        if tag in _BLOCKS:
            self.end_block()
            self._heading = tag in _HEADINGS

    def end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
            self._heading = False
        self._count(tag, -1)

    def data(self, text: str) -> None:
        if self._open["skipped"]:
            return
        if self._open["title"]:
            self.title = " ".join((self.title + text).split())
            return
        self._text.append(text)
        self._linked += len(text.strip()) if self._open["a"] else 0

    def close(self) -> None:
        """The parser has come to the end."""

    def _count(self, tag: str, by: int) -> None:
        kind = _KINDS.get(tag)
        if kind is not None:
            self._open[kind] = max(0, self._open[kind] + by)

    def _note(self, attributes: Mapping[str, str]) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        content = " ".join(attributes.get("content", "").split())
        if name and content:
            self.meta.setdefault(name, []).append(content)

    def end_block(self) -> None:
        """A block ends here: keep its text unless it is empty or a row of links."""
        text = " ".join("".join(self._text).split())
        if text and (self._linked <= MOST_LINKED * len(text) or self._heading):
            self.blocks.append((TextBlock(text, self._heading), self._open["main"] > 0))
        self._text.clear()
        self._linked = 0

    def parts(self) -> tuple[TextBlock, ...]:
        """The blocks of the marked article; all of them where there is none, or hardly any text in it."""
        inside = tuple(part for part, in_main in self.blocks if in_main)
        if sum(len(part.text) for part in inside) > LEAST_ARTICLE:
            return inside
        return tuple(part for part, _ in self.blocks)

    def first(self, names: Sequence[str]) -> str:
        """The first value that the page gives under any of ``names``."""
        return next((self.meta[name][0] for name in names if name in self.meta), "")
