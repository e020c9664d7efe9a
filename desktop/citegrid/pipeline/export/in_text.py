"""Citations in the text in a CSL style: a work and its pages as the style prints them between its brackets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from citegrid.core.errors import InputError
from citegrid.pipeline.export.bibliography_csl import (
    PrintedWork,
    ReferenceList,
    is_chinese,
    printed_list,
    registered,
    unhidden,
)

_LOCALES = {True: "zh-CN", False: "en-US"}
#: The marks of italics: in the text nothing is set in italics.
_ITALICS = str.maketrans("", "", "\ue000\ue001")
_DASH = str.maketrans("-", "–")


class InTextStyle:
    """How ``style`` (the bytes of its file) cites ``works`` (CSL-JSON), and the reference list that belongs to it.

    ``numbered`` styles print a number for each work, ``raised`` ones raise it; ``before``, ``between`` and ``behind`` are
    the style's brackets and what parts two works.  Raises InputError where the style is none.
    """

    def __init__(self, works: Sequence[Mapping[str, Any]], style: bytes) -> None:
        printed = printed_list(works, style)
        self._works, self.numbered = works, printed.numbered
        self._order = [entry.index for entry in printed.entries]
        known = [works[i] for i in self._order]
        locales = {_LOCALES[False], *(_LOCALES[is_chinese(work)] for work in known)}
        self._printers = {locale: registered(known, style, locale) for locale in sorted(locales)}
        layouts = [printer.style.root.find(".//{*}citation/{*}layout") for printer in self._printers.values()]
        if None in layouts:
            raise InputError("The citation style is not a CSL file.", "Choose another .csl file.")
        self.before, self.behind = layouts[0].get("prefix", ""), layouts[0].get("suffix", "")
        self.between = layouts[0].get("delimiter", "; ")
        self.raised = layouts[0].get("vertical-align") == "sup"
        for layout in layouts:
            for name in ("prefix", "suffix", "vertical-align"):
                layout.attrib.pop(name, None)
        self.list = ReferenceList(tuple(map(self._dated, printed.entries)), printed.numbered, printed.label)

    def number(self, place: int) -> int | None:
        """The number in the reference list of the work at ``place``, from 1; None for one that has nothing to print."""
        return self._order.index(place) + 1 if place in self._order else None

    def core(self, place: int, pages: str = "") -> tuple[str, str, str]:
        """The work at ``place`` without brackets, as what stands before its pages, the pages, and what stands behind; where
        the style prints no pages the last two are empty."""
        from citeproc import Citation, CitationItem, Locator

        printer = self._printers[_LOCALES[is_chinese(self._works[place])]]
        located = {"locator": Locator("page", pages)} if pages else {}
        citation = Citation([CitationItem(str(self._order.index(place)), **located)])
        citation.bibliography = printer
        text = unhidden(str(printer.cite(citation, None))).translate(_ITALICS)
        text = text.replace(*self._years.get(place, ("", "")), 1) if place in self._years else text
        before, found, behind = text.rpartition(pages.translate(_DASH)) if pages else ("", "", "")
        return (before, found, behind) if found else (text, "", "")

    @cached_property
    def _years(self) -> dict[int, tuple[str, str]]:
        """Works that the style would print alike, by place: the year of each, and the year with its letter."""
        if self.numbered:
            return {}
        alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place in self._order:
            alike[_said_of(self._works[place])].append(place)
        years: dict[int, tuple[str, str]] = {}
        for (*_, year), places in alike.items():
            if year and len(places) > 1:
                years |= {place: (year, f"{year}{chr(97 + i % 26)}") for i, place in enumerate(places)}
        return years

    def _dated(self, entry: PrintedWork) -> PrintedWork:
        """An entry of the list with the letter of its year."""
        year, lettered = self._years.get(entry.index, ("", ""))
        at = next((i for i, (text, _) in enumerate(entry.pieces) if year and year in text), None)
        if at is None:
            return entry
        text, slanted = entry.pieces[at]
        return replace(
            entry, pieces=(*entry.pieces[:at], (text.replace(year, lettered, 1), slanted), *entry.pieces[at + 1 :])
        )


def families_of(work: Mapping[str, Any]) -> list[str]:
    """The family names of a work's authors."""
    return [str(author.get("family", author.get("literal", ""))) for author in work.get("author", ())]


def year_of(work: Mapping[str, Any]) -> str:
    """The year of a work as printed; empty without one."""
    dates = work.get("issued", {}).get("date-parts", ())
    return str(dates[0][0]) if dates and dates[0] else ""


def _said_of(work: Mapping[str, Any]) -> tuple[str, ...]:
    """What an author–year citation says of a work: the first author, the second where there are two, that there are more."""
    names = families_of(work)
    said = names if len(names) < 3 else [names[0], "…"]
    return (*(said or [str(work.get("title", ""))]), year_of(work))
