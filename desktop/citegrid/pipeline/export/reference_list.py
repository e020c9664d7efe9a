"""The works of the table as a reference list in a CSL style, formatted by citeproc.

A Chinese work is printed with Chinese terms and any other with English ones
(``等`` and ``et al.``), as GB/T 7714 wants it; citeproc itself knows one
language a list, so each language is formatted by a list of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from citegrid.core.errors import InputError
from citegrid.pipeline.export.works import Item, csl_item

#: Private-use characters around what citeproc sets in italics; they are taken out of every text that goes in.
_ON, _OFF = "\ue000", "\ue001"
_NUMBER = re.compile(r"^\[\d+\]\s*")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Printed:
    """A work as printed: its place in the table (from 0) and its text in pieces, each with whether it is italic."""

    index: int
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The text without formatting."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """The entries in the order of the style; ``numbered`` when the style numbers them."""

    entries: tuple[Printed, ...]
    numbered: bool


def reference_list(items: Sequence[Item], style: bytes) -> ReferenceList:
    """The works of a table in a CSL style (the bytes of its file); raises InputError where it is not one.

    Works without any data of their own are left out.
    """
    known = [i for i, item in enumerate(items) if item.title or item.authors]
    texts: dict[int, str] = {}
    numbered = False
    for locale, chinese in (("zh-CN", True), ("en-US", False)):
        chosen = [i for i in known if bool(_HAN.search(items[i].title or " ".join(items[i].authors))) == chinese]
        if not chosen:
            continue
        printed = _formatted([items[i] for i in chosen], style, locale)
        numbered = numbered or any(_NUMBER.match(text) for text in printed)
        texts |= {i: _NUMBER.sub("", text).strip() for i, text in zip(chosen, printed, strict=True)}
    order = known if numbered else sorted(known, key=lambda i: (bool(_HAN.search(texts[i])), texts[i].casefold()))
    return ReferenceList(tuple(Printed(i, _pieces(_once(texts[i], items[i]))) for i in order), numbered)


def _formatted(items: Sequence[Item], style: bytes, locale: str) -> list[str]:
    # imported here: it costs a third of a second, and most files are written without it
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
    from citeproc.source.json import CiteProcJSON
    from lxml.etree import XMLSyntaxError

    data: list[dict[str, Any]] = [{**csl_item(item), "id": str(i)} for i, item in enumerate(items)]
    try:
        made = CitationStylesStyle(BytesIO(style), locale=locale, validate=False)
        if not made.has_bibliography():
            raise InputError("The citation style makes no reference list.", "Choose another .csl file.")
        bibliography = CitationStylesBibliography(made, CiteProcJSON(data), _FORMATTER)
    except (XMLSyntaxError, AttributeError) as fault:
        raise InputError("The citation style is not a CSL file.", "Choose another .csl file.") from fault
    for one in data:
        bibliography.register(Citation([CitationItem(one["id"])]))
    printed = {key: str(text) for key, text in zip(bibliography.keys, bibliography.bibliography(), strict=True)}
    return [printed[one["id"]] for one in data]


def _plain(text: object) -> str:
    return str(text).replace(_ON, "").replace(_OFF, "")


def _italic(text: object) -> str:
    return f"{_ON}{_plain(text)}{_OFF}"


_FORMATTER = SimpleNamespace(
    preformat=_plain, Italic=_italic, Oblique=_italic, Bold=str, Light=str, Underline=str, Superscript=str,
    Subscript=str, SmallCaps=str,
)  # fmt: skip


def _once(text: str, item: Item) -> str:
    """A title that stands in the place of missing authors is not printed a second time (citeproc-py does)."""
    if item.authors or not item.title or text.count(item.title) < 2:
        return text
    at = text.rindex(item.title)
    return f"{text[:at].rstrip(f' .{_ON}')}{text[at + len(item.title) :].lstrip(_OFF)}"


def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    pieces = []
    for i, part in enumerate(re.split(f"[{_ON}{_OFF}]", text)):
        if part:
            pieces.append((part, i % 2 == 1 and not _HAN.search(part)))  # Chinese type has no italics
    return tuple(pieces)
