"""A saved web page to parts, with the standard library's parser: its article without menus, scripts and link lists."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from citegrid.core.library import Manuscript, Part

_SKIPPED = frozenset(
    ("script", "style", "noscript", "nav", "footer", "aside", "svg", "template", "select", "button", "iframe")
)
_BLOCKS = frozenset(
    ("p", "div", "li", "td", "th", "blockquote", "pre", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6",
     "figcaption", "dd", "dt", "br", "tr", "table", "ul", "ol", "body")
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NAMED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
#: Share of a block's letters inside links from which it is a menu.
MOST_LINKED = 0.6


def charset_of(data: bytes) -> str:
    """The encoding that the page itself names; empty when it names none."""
    found = _NAMED.search(data[:4096])
    name = found.group(1).decode("ascii").lower() if found else ""
    return "gb18030" if name in ("gb2312", "gbk") else name


def read_web_page(text: str) -> Manuscript:
    """Title, authors, year and DOI from the page's own data; its blocks, those of its ``main`` or ``article`` where it
    marks one."""
    page = _Page()
    page.feed(text)
    page.close()
    page.end_block()
    meta = page.meta
    inside = [b for b in page.blocks if b[1]]
    blocks = inside if sum(len(b[0].text) for b in inside) > 200 else page.blocks
    parts = tuple(part for part, _ in blocks)
    top = next((p.text for p in parts if p.heading), "")
    title = _first(meta, "citation_title", "dc.title", "og:title") or (
        top if top and top in page.title else page.title or top
    )
    authors = tuple(meta.get("citation_author") or meta.get("dc.creator") or meta.get("author") or ())
    dates = " ".join(
        _first(meta, n)
        for n in ("citation_publication_date", "citation_date", "article:published_time", "date", "dc.date")
    )
    year = re.search(r"(?:19|20)\d\d", dates)
    doi = _first(meta, "citation_doi", "dc.identifier").removeprefix("https://doi.org/").removeprefix("doi:").lower()
    return Manuscript(parts, title, authors, int(year.group()) if year else None, doi if doi.startswith("10.") else "")


def _first(meta: dict[str, list[str]], *names: str) -> str:
    return next((meta[n][0] for n in names if meta.get(n)), "")


class _Page(HTMLParser):
    """Gathers ``blocks``: each part, and whether it stands in ``main`` or ``article``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.meta: dict[str, list[str]] = {}
        self.blocks: list[tuple[Part, bool]] = []
        self._text: list[str] = []
        self._linked = 0
        self._skipping: list[str] = []
        self._heading = self._in_title = self._in_link = False
        self._main = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {k: v or "" for k, v in attrs}
        if tag == "meta":
            name = (known.get("name") or known.get("property") or "").lower()
            if name and known.get("content", "").strip():
                self.meta.setdefault(name, []).append(" ".join(known["content"].split()))
        elif tag in _SKIPPED:
            self._skipping.append(tag)
        elif tag == "title":
            self._in_title = not self.title
        elif tag == "a":
            self._in_link = True
        if tag in _BLOCKS:
            self.end_block()
            self._heading = tag in _HEADINGS
            self._main += tag in ("main", "article")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED and tag in self._skipping:
            del self._skipping[self._skipping.index(tag) :]
        elif tag == "title":
            self._in_title = False
        elif tag == "a":
            self._in_link = False
        if tag in _BLOCKS:
            self.end_block()
            self._heading = False
            self._main -= tag in ("main", "article") and self._main > 0

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title = " ".join((self.title + data).split())
        elif not self._skipping:
            self._text.append(data)
            self._linked += len(data.strip()) if self._in_link else 0

    def end_block(self) -> None:
        """A block ends here: keep its text unless it is empty or a row of links."""
        text = " ".join("".join(self._text).split())
        if text and (self._linked <= MOST_LINKED * len(text) or self._heading):
            self.blocks.append((Part(text, self._heading), self._main > 0))
        self._text.clear()
        self._linked = 0
