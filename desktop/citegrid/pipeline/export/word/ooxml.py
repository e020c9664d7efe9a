"""Small pieces of WordprocessingML that python-docx does not offer: links, bookmarks, fields, cells.

Elements are made in the order that the schema wants.  Text is freed of the
characters that XML forbids.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from citegrid.pipeline.export.plain_text import allowed, clean

#: An lxml element; python-docx ships no types for it.
Element = Any


def el(tag: str, *children: Element, **attributes: object) -> Element:
    """The element ``w:tag``; attributes are in the same namespace, a trailing underscore is dropped (``type_``)."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name.rstrip('_')}"), str(value))
    element.extend(children)
    return element


def run(text: str, style: str = "", *, keep_spaces: bool = True) -> Element:
    """A run of text in a character style (by its id)."""
    made = el("r")
    if style:
        made.append(el("rPr", el("rStyle", val=style)))
    inside = el("t")
    inside.text = allowed(text)
    if keep_spaces:
        inside.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(inside)
    return made


def tab() -> Element:
    """A run that holds a tab."""
    return el("r", el("tab"))


def paragraph(style: str, *children: Element, **properties: Element) -> Element:
    """A paragraph in a style (by its id)."""
    return el("p", el("pPr", el("pStyle", val=style)), *children)


def link(anchor: str, *runs: Element, tip: str = "") -> Element:
    """A link to a bookmark of the same file."""
    made = el("hyperlink", *runs, anchor=anchor, history="1")
    if tip:
        made.set(qn("w:tooltip"), clean(tip)[:250])
    return made


def outer_link(part: Any, target: str, *runs: Element) -> Element:
    """A link to a file or address."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    made = el("hyperlink", *runs, history="1")
    made.set(qn("r:id"), part.relate_to(target, kind, is_external=True))
    return made


def field(code: str, shown: str, style: str = "") -> Element:
    """A field and what it showed when it was last counted."""
    return el("fldSimple", run(shown, style), instr=f" {code} ")


class Bookmarks:
    """Bookmarks with names and ids that are unique in the file."""

    def __init__(self, taken: Iterable[int] = ()) -> None:
        self._next = max(taken, default=0)
        self.names: set[str] = set()

    def around(self, name: str, *inside: Element) -> list[Element]:
        """``inside`` between the start and the end of the bookmark ``name``."""
        if name in self.names:
            raise ValueError(f"bookmark {name} twice")
        self.names.add(name)
        number = self.number()
        return [el("bookmarkStart", id=number, name=name), *inside, el("bookmarkEnd", id=number)]

    def number(self) -> int:
        """A number that no bookmark or tracked change has."""
        self._next += 1
        return self._next


def text_of(*elements: Element) -> str:
    """All text within ``elements``, as it stands."""
    return "".join(text.text or "" for element in elements for text in element.iter(qn("w:t")))


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)
