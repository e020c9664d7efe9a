"""The works of the table as a reference list in a CSL style, formatted by citeproc.

A Chinese work is printed with Chinese terms and any other with English ones
(``等`` and ``et al.``), as GB/T 7714 wants it; citeproc itself knows one
language a list, so each language is formatted by a list of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from citegrid.core.errors import InputError
from citegrid.core.language.script import has_han
from citegrid.pipeline.export.references import BibliographyItem, printable_item

#: Private-use characters around what citeproc sets in italics; they are taken out of every text that goes in.
_ON, _OFF = "\ue000", "\ue001"
_NUMBER = re.compile(r"^[\[(]?\d+[\])]?\.?\s*")
#: The private-use plane where small letters are hidden from citeproc.
_HIDE = 0xF0000
_HIDDEN = re.compile(f"[{chr(_HIDE)}-{chr(_HIDE + 0xFFFD)}]")
#: How authors that are left out are named, in English and Chinese.
_OTHERS = ("et al.", "等")
_TWO_STOPS = re.compile(f"([?!]{_OFF}?)(?:\\.(?=\\s|”|$)|,(?=”))")


@dataclass(frozen=True, slots=True)
class PrintedWork:
    """A work as printed: its place in the table (from 0) and its text in pieces, each with whether it is italic."""

    index: int
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The text without formatting."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """The entries in the order of the style; ``numbered`` when the style numbers them, and then ``label`` is how it writes a
    number (``[{}]``, ``{}.``)."""

    entries: tuple[PrintedWork, ...]
    numbered: bool
    label: str = "[{}]"


def reference_list(items: Sequence[BibliographyItem], style: bytes) -> ReferenceList:
    """The works of a table in a CSL style (the bytes of its file); raises InputError where it is not one.

    Works without any data of their own are left out.
    """
    return printed_list(list(map(printable_item, items)), style)


def printed_list(works: Sequence[Mapping[str, Any]], style: bytes) -> ReferenceList:
    """Works given as CSL-JSON, as ``reference_list`` prints them; one with an entry under ``custom`` as that entry stands."""
    printed = _printed_by_language(works, style)
    numbered = b"citation-number" in style and any(map(_NUMBER.match, printed.values()))
    texts = {i: _NUMBER.sub("", text).strip() if numbered else text.strip() for i, text in printed.items()}
    texts = {i: _own(works[i]).get("verbatim", text) for i, text in texts.items()}
    order = sorted(texts) if numbered else sorted(texts, key=lambda i: (has_han(texts[i]), texts[i].casefold()))
    entries = tuple(PrintedWork(i, _pieces(_mended(texts[i], works[i]))) for i in order)
    return ReferenceList(entries, numbered, next(map(_label, printed.values()), "") if numbered else "")


def _label(printed: str) -> str:
    """The number before an entry with a gap for its digits."""
    found = _NUMBER.match(printed)
    number = found[0].strip() if found else "[1]"
    return number.replace("".join(filter(str.isdigit, number)), "{}")


def _printed_by_language(works: Sequence[Mapping[str, Any]], style: bytes) -> dict[int, str]:
    """Each work that has data of its own, printed in its language, by its place."""
    printed: dict[int, str] = {}
    known = [i for i, work in enumerate(works) if work.get("title") or work.get("author")]
    for locale, chinese in (("zh-CN", True), ("en-US", False)):
        chosen = [i for i in known if is_chinese(works[i]) == chinese]
        if chosen:
            printed |= zip(chosen, _formatted([works[i] for i in chosen], style, locale), strict=True)
    return printed


def is_chinese(work: Mapping[str, Any]) -> bool:
    names = (part for name in work.get("author", ()) for part in name.values())
    return has_han(work.get("title") or " ".join(names))


def _formatted(works: Sequence[Mapping[str, Any]], style: bytes, locale: str) -> list[str]:
    bibliography = registered(works, style, locale)
    if not bibliography.style.has_bibliography():
        raise InputError("The citation style makes no reference list.", "Choose another .csl file.")
    printed = zip(bibliography.keys, bibliography.bibliography(), strict=True)
    texts = {key: unhidden(str(text)) for key, text in printed}
    return [texts[str(i)] for i in range(len(works))]


def registered(works: Sequence[Mapping[str, Any]], style: bytes, locale: str) -> Any:
    """A ``CitationStylesBibliography`` of works in their order, whose keys are their places; raises InputError for a style
    that is none.  What it prints goes through ``unhidden``."""
    # imported here: it costs a third of a second, and most files are written without it
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
    from citeproc.source.json import CiteProcJSON
    from lxml.etree import XMLSyntaxError

    data: list[dict[str, Any]] = [{**_prepared(work), "id": str(i)} for i, work in enumerate(works)]
    try:
        made = CitationStylesStyle(BytesIO(style), locale=locale, validate=False)
        made.has_bibliography()
        bibliography = CitationStylesBibliography(made, CiteProcJSON(data), _FORMATTER)
    except (XMLSyntaxError, AttributeError) as fault:
        raise InputError("The citation style is not a CSL file.", "Choose another .csl file.") from fault
    for one in data:
        bibliography.register(Citation([CitationItem(one["id"])]))
    return bibliography


def unhidden(text: str) -> str:
    """What citeproc printed, with the small letters that were hidden from it, and without what it sets before or behind others."""
    text = _HIDDEN.sub(_shown, text)
    for others in _OTHERS:
        text = text.replace(f"& {others}", others).replace(f"and {others}", others)
    return text.replace("et al..", "et al.")


def _prepared(work: Mapping[str, Any]) -> dict[str, Any]:
    """The work without our marks of italics, and with the small letters of names in one piece hidden.

    A style may put surnames in capitals (GB/T 7714 does), and citeproc takes the name of an organisation for one.
    """
    data: dict[str, Any] = {}
    for name, value in _with_others(work).items():
        if isinstance(value, list):
            value = [{part: _hidden(t) if part == "literal" else _plain(t) for part, t in n.items()} for n in value]
        data[name] = _plain(value) if isinstance(value, str) else value
    return data


def _own(work: Mapping[str, Any]) -> Mapping[str, Any]:
    return work.get("custom") or {}


def _with_others(work: Mapping[str, Any]) -> dict[str, Any]:
    """The work as styles read it; authors that its entry leaves out are the last of them."""
    data = {name: value for name, value in work.items() if name != "custom"}
    if _own(work).get("others") and data.get("author"):
        data["author"] = [*data["author"], {"literal": _OTHERS[is_chinese(work)]}]
    return data


def _hidden(name: str) -> str:
    return "".join(chr(ord(c) + _HIDE) if c.islower() and c < "\ufffe" else c for c in _plain(name))


def _shown(found: re.Match[str]) -> str:
    letter = chr(ord(found[0]) - _HIDE)
    return letter if letter.islower() else found[0]  # a paper's own fonts may have signs there


def _plain(text: object) -> str:
    return str(text).replace(_ON, "").replace(_OFF, "")


def _italic(text: object) -> str:
    return f"{_ON}{_plain(text)}{_OFF}"


_FORMATTER = SimpleNamespace(
    preformat=_plain, Italic=_italic, Oblique=_italic, Bold=str, Light=str, Underline=str, Superscript=str,
    Subscript=str, SmallCaps=str,
)  # fmt: skip


def _mended(text: str, work: Mapping[str, Any]) -> str:
    """The text without what citeproc-py prints twice.

    That is the full stop or comma behind a title that ends in ``?`` or ``!``, and a title that already stands in the
    place of missing authors.
    """
    text = _TWO_STOPS.sub(r"\1", text)
    title = work.get("title")
    if work.get("author") or not title or text.count(title) < 2:
        return text
    at = text.rindex(title)
    return f"{text[:at].rstrip(f' .{_ON}')}{text[at + len(title) :].lstrip(_OFF)}"


def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    pieces = []
    for i, part in enumerate(re.split(f"[{_ON}{_OFF}]", text)):
        if part:
            pieces.append((part, i % 2 == 1 and not has_han(part)))  # Chinese type has no italics
    return tuple(pieces)
