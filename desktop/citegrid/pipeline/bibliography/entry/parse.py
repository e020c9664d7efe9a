"""One entry of a reference list, parsed: authors, title, year, venue, DOI, arXiv id and URL.

The authors are read name by name from the start in the form of the first name
(``entry.authors``); what follows is a year, then the title up to its quotes,
its stop, its [J], or the italics of the venue (``entry.title``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from citegrid.core.text import join_lines
from citegrid.pipeline.bibliography.entry.authors import read_authors
from citegrid.pipeline.bibliography.entry.identifiers import identifiers
from citegrid.pipeline.bibliography.entry.title import clean, title_and_venue
from citegrid.pipeline.bibliography.entry.year import year_of_entry

#: "Words: https://…": a link, alone or with what it is called; its last line may stand apart.
_LINK = re.compile(r"(?:([^:：.\n]{2,80}[^:：.\s])\s*[:：]\s*)?(?=https?\s?:|www\.)(?=\S+(?:\s\S+)?\s*$)", re.I)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_ACCENTS = {
    "´": "\u0301",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¨": "\u0308",
    "¯": "\u0304",
    "˘": "\u0306",
    "ˇ": "\u030c",
    "˙": "\u0307",
    "˚": "\u030a",
    "˝": "\u030b",
    "¸": "\u0327",
    "˛": "\u0328",
}
_MARKS = "".join(_ACCENTS)
#: "MollerAP, Vagasi CI,": initials that ran into the family, in a list of such names; "OpenAI, Smith JA" is a firm.
_GLUED = re.compile(
    r"(?:(?<=^)|(?<=, ))([A-ZÀ-Þ][a-zà-ÿ-]*[a-zà-ÿ]{2})((?!AI\b|UK\b|US\b)[A-Z]{1,3})(?=, [A-ZÀ-Þ][\w’'-]+ [A-Z]{1,3}[,.])"
)


#: "[美]", "（英）" before a foreign author in Chinese lists.
_NATION = re.compile(r"^\s*[\[［【〔(（]\s*[\u3400-\u9fff]{1,4}\s*[\]］】〕)）]\s*(?=[\u3400-\u9fff])")


#: "… 12, 34 (2020); B. Other, ibid. 13, 2 (2021).", "(a) …, 12, 34; (b) …": where the second work of an entry begins.
_SECOND = re.compile(
    r"(?<=\d\))\s*;\s+(?=(?:(?:see also|and|also) )?(?:[A-ZÀ-Þ]\.[\s\-]?(?:[A-ZÀ-Þ]\.[\s\-]?)*(?:[a-z]+ )*[A-ZÀ-Þ]|ibid\b))"
)
_LETTER, _NEXT_LETTER = re.compile(r"\s*\(a\)\s+"), re.compile(r"[;.]\s*(?:and\s+)?(?=\(b\)\s)")


@dataclass(frozen=True, slots=True)
class Fields:
    """What an entry names; empty where it does not. Authors are ``"Family, Given"``."""

    authors: tuple[str, ...] = ()
    title: str = ""
    year: int | None = None
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""


def parse_entry(printed: str, italic: str = "") -> Fields:
    """Parse an entry without its label; ``italic`` are its first words in italics, if any.

    The line breaks of ``printed`` say where an address goes on; it may also be one line.
    """
    doi, arxiv, url = identifiers(printed.strip())
    text = _first_work(_composed(join_lines(printed)))
    if link := _LINK.match(text):
        return Fields((), clean(link.group(1) or ""), None, "", doi, arxiv, url)
    names = read_authors(text, _composed(italic))
    title, venue = title_and_venue(text, names, _composed(italic))
    year = year_of_entry(text[names.end :], title)
    if year and text.count(str(year)) == 1:  # "Title, 2024a. URL …"
        title = re.sub(rf"(?<=\w{{3}})(?:[,.] {_MONTH}| ?[,.])? \(?{year}[a-z]?\)?$", "", title)
    return Fields(names.authors, title, year, venue, doi, arxiv, url)


def _first_work(text: str) -> str:
    """``text`` up to the second of several works that share an entry; what names the entry is the first."""
    letter = _LETTER.match(text)
    second = _NEXT_LETTER.search(text, letter.end()) if letter else _SECOND.search(text)
    if letter and second:
        return text[letter.end() : second.start()] + "."
    return text[: second.start()] + "." if second and second.start() > 20 else text


def _composed(text: str) -> str:
    """Accents that were set beside their letters, back on them: ``Abru˜na`` is Abruña, ``Rezus¸`` is Rezuş."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"([ŁłØø]) (?=[a-z])", r"\1", text)
    text = _GLUED.sub(r"\1 \2", text)
    text = _NATION.sub("", text)
    text = re.sub(r"(?<=\b[A-Z]) +(?=[,.，．] )", "", text)  # "Thusoo A , Jain N ." of Chinese databases
    if not any(mark in text for mark in _MARKS):
        return text
    pairs = re.findall(rf"([A-Za-z])([{_MARKS}])([A-Za-zı])", text)
    behind = [bool(_on(a, mark)) for a, mark, b in pairs if bool(_on(a, mark)) != bool(_on(b, mark))]
    if behind and all(behind):  # "Marusˇić": here an accent stands behind its letter
        text = re.sub(rf"([A-Za-z])([{_MARKS}])", lambda m: _on(m[1], m[2]) or m[0], text)
    text = re.sub(rf"([A-Za-z])([{_MARKS}])(?:\s?([A-Za-zı]))?", _beside, text)
    return re.sub(rf"([{_MARKS}])\s?([A-Za-zı])", lambda m: _on(m[2], m[1]) or m[0], text)


def _beside(match: re.Match[str]) -> str:
    """The accent goes to the letter behind it, as TeX sets it, or to the one before where only that can bear it."""
    before, mark, after = match.groups()
    if after and _on(after, mark):
        return match.group().replace(mark + match.group()[2:], _on(after, mark))
    accented = _on(before, mark)
    return accented + match.group()[2:] if accented else match.group()


def _on(letter: str, mark: str) -> str:
    """``letter`` with ``mark`` as one character; empty where there is none that a name would have."""
    found = unicodedata.normalize("NFC", letter.replace("ı", "i") + _ACCENTS[mark])
    return found if len(found) == 1 and not (mark == "ˇ" and letter in "aeghijkouAGHIJKOU") else ""
