"""The patterns by which lists of works, their entries and the labels of these are known; the words come from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from citegrid.core.language.lexicon import pattern_of
from citegrid.core.language.script import HAN, YEAR


def _ranges(codes: list[int]) -> str:
    """The characters of ``codes``, as ranges of a character class."""
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0])]
    return "".join(f"\\u{run[0]:04x}-\\u{run[-1]:04x}" for run in runs)


_LETTERS = [*range(0x41, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00)]
#: Capitals of Latin, Greek and Cyrillic, for use inside ``[…]``.
UP = _ranges([c for c in _LETTERS if chr(c).isupper()])
#: Small letters, the mark for a letter that the file does not name, and letters that a font keeps for itself.
LOW = _ranges([c for c in _LETTERS if chr(c).islower()]) + "\ufffd\ue000-\uf8ff"
HANGUL = r"\uac00-\ud7a3"
#: Syllables of Japanese.
KANA = r"\u3041-\u30ff"
OPENS, CLOSES = r"[\[［【〔〖]", r"[\]］】〕〗]"

#: Words of a family name that stand before it or behind the given name, in small letters.
PARTICLES = pattern_of("names", "particles")

# ---- years -------------------------------------------------------------------------------------------------------

_UNDATED = pattern_of("bibliography", "undated_anywhere")
#: A year, or the words that stand for one.
DATED = re.compile(rf"(?<!\d){YEAR}(?!\d)|{_UNDATED}", re.I)

# ---- how entries begin and end -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LabelForm:
    """One form of the label of an entry: group 1 is the label, group 2 its number where the labels count up."""

    name: str
    pattern: re.Pattern[str]
    counts: bool = True

    def number(self, text: str) -> int | None:
        """The number that a line begins with; None where it does not, and for keys."""
        match = self.pattern.match(text) if self.counts else None
        return int(match.group(2)) if match else None

    def numbers(self, texts: Iterable[str]) -> list[int]:
        """The numbers that these lines begin with; none for keys."""
        return [number for text in texts if (number := self.number(text)) is not None]


_KEY = r"[A-Za-zÀ-ÿ][\w+*\-&’' .,]{0,45}\d{2,4}[a-z]?|[A-Z][A-Za-z+*]{1,9}\d{0,4}[a-z]?"
#: A key without brackets, before a colon ("SAU10: Ferdinand …").
_BARE_KEY = r"[A-Z][A-Z+&\-]{1,7}\d{1,2}[a-z]{0,4}"
_OPENING = rf"[{UP}{HAN}“\"]"
#: The forms of labels, strictest first.
LABEL_FORMS = (
    LabelForm("bracket", re.compile(rf"^\s*({OPENS}\s*(\d{{1,4}})\s*{CLOSES})")),
    LabelForm(
        "key", re.compile(rf"^\s*(\[?((?<=\[)(?:{_KEY})(?=\])|(?<!\[){_BARE_KEY}(?=\s?:\s))\s?[\]:])"), counts=False
    ),
    LabelForm("paren", re.compile(r"^\s*([(（]\s*(\d{1,4})\s*[)）])")),
    LabelForm("dot", re.compile(r"^\s*((\d{1,4})\s?[.．、)])(?!\d)")),
    LabelForm("bare", re.compile(rf"^\s*((\d{{1,4}}))(?=\s*(?:{PARTICLES}\s){{0,2}}{_OPENING})")),
)
BRACKET = LABEL_FORMS[0]
#: Any words in the place of a number, where numbers stand beside them: ``[Kivity et al.]``; types of documents (``[J]``) are none.
WORDS = LabelForm(
    "words", re.compile(r"^\s*(\[(?![A-Z]{1,2}(?:/[A-Z]{2})?\])([^\W\d][^\[\]]{0,40})\])\s*(?=\S)"), counts=False
)

_CAPITALISED = rf"[{UP}][\w’'\-]+"
_NO_PARTICLES = pattern_of("names", "no_particles")
_RECENT = r"(?:19|20)\d\d"
_AUTHOR_STARTS = (
    rf"(?:[ÓO] )?{_CAPITALISED}(?: (?:[a-z]{{2,3}} )?{_CAPITALISED})?,\s+[{UP}](?:\.|[{LOW}]+)",  # Smith, J. / Smith, John
    rf"{_CAPITALISED}\s+[A-Z]{{1,3}}(?:\s[A-Z]){{0,2}}\b[,.]",  # Smith JA, SMITH J A,
    rf"(?:[{UP}]\.[\s\-]?){{1,3}}\s*{_CAPITALISED}",  # J. A. Smith
    rf"(?:{_CAPITALISED}\s+){{1,3}}{_CAPITALISED}(?:,|\s+and\s|\s*\.|\s+et al)",  # John Smith, and
    rf"[{HAN}{HANGUL}·]{{2,12}}\s?(?:[,，.．、・]|외\s|[(（]{_RECENT})",  # 张三，
    rf"(?!{_NO_PARTICLES} )(?:[a-z]{{2,3}} ){{1,2}}{_CAPITALISED},?\s",  # van der Berg,
    rf"(?:(?:[—–―_]\s?){{1,6}}|-{{3,}})[.,:]?\s+(?=[{UP}{HAN}“\"„«‘(\[\d])",  # ———. Another work
    rf"{_CAPITALISED}(?:\s(?:[a-z]{{2,3}}\s)?[{UP}&][\w’'\-]*){{0,5}}\.?\s*[(\[]?{_RECENT}",  # OpenAI. 2023
)
#: How a line begins that begins with an author.
AUTHOR_START = re.compile("|".join(_AUTHOR_STARTS))
#: How a line ends that may end an entry.
ENDS_ENTRY = re.compile(r"(?:[.。．)）\]”\"]|\d|https?://\S+|doi\S+|\b10\.\d{4,}/\S+)\s*$", re.I)
#: "———. 2019.", "——, “Title”", "Ders.:": the authors of the entry above.
SAME_AUTHORS = re.compile(
    r"(?:(?:[—–―_]\s?)+|-{3,}|(?:[Ii]dem|[Dd]ers\.|[Dd]ies\.)(?=[,.:\s]))\s*\.?(?=[\s,.:(\[;“])|[—–―](?=\s)"
)

# ---- where lists are ---------------------------------------------------------------------------------------------

_HAN_DIGITS = "一二三四五六七八九十"
_SECTION_NUMBERS = (
    r"(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.)、]?\s+",
    rf"[{_HAN_DIGITS}]{{1,3}}\s*[、.．]\s*",
    rf"第\s*[{_HAN_DIGITS}\d]{{1,3}}\s*章\s*",
)
_SECTION_NUMBER = "(?:" + "|".join(_SECTION_NUMBERS) + ")"
_HEADS, _PARTS, _PARTS_BEHIND = (
    pattern_of("bibliography", table) for table in ("list_heads", "list_parts", "list_parts_behind")
)
#: The head of a list, alone on its line.
LIST_HEAD = re.compile(
    rf"\W*{_SECTION_NUMBER}?(?:{_PARTS}[\s-]*)?{_HEADS}\s*(?:[:：.]|[（(].*[）)]|\[J\]|{_PARTS_BEHIND}.{{0,20}})?\W*$",
    re.I,
)
_AFTER, _AFTER_ALONE = pattern_of("bibliography", "after_list"), pattern_of("bibliography", "after_list_alone")
#: The head of a section that stands behind the list.
AFTER_LIST = re.compile(
    rf"\W*(?:(?:[A-Z]|[IVX]+|\d+(?:\.\d+)*)[.:]?\s+)?(?:{_AFTER}|{_AFTER_ALONE}$)",
    re.I,
)
#: "A. Additional Experiments".
LETTERED_HEAD = re.compile(r"[A-H](?:\.\d+)*\.?\s+[A-Z][a-z]+(?: \w+)*$")
_BACK_MATTER = (
    pattern_of("bibliography", "back_matter"),
    r"©|(?:received|accepted|submitted)\s*:|the (?:use, distribution|author\(?s\)? (?:20|19)\d\d)",
)
#: What journals print behind the list, run in with its text.
BACK_MATTER = re.compile(rf"\W*(?:{'|'.join(_BACK_MATTER)})\b", re.I)
#: The dots of a table of contents.
LEADERS = re.compile(r"[.·]{5}|(?: \.){4}|…{2}")
ADDRESS = re.compile(r"(?:https?\s?:|www\.)\S+", re.I)
#: The rest of an address, alone on its line.
ADDRESS_REST = re.compile(r"(?!https?:|www\.)[\w./?=&%#~+-]+", re.A | re.I)

# ---- lists that no heading announces -----------------------------------------------------------------------------

_KINDS, _CARRIERS = pattern_of("bibliography", "type_marks"), pattern_of("bibliography", "carrier_marks")
#: ``[J]``, ``[EB/OL]``: the mark of the kind of work of GB/T 7714.
TYPE_MARK = rf"[\[［【]\s?{_KINDS}(?:\s?/\s?{_CARRIERS})?(?:[-–]\d\d)?\s?[\]］】]"
#: A type mark behind the words of a title.
MARKED_TITLE = re.compile(rf"(?<=\S)\s?{TYPE_MARK}(?=\s*(?:[.．。,，:：/;；(（]|$))")
NUMBERED = re.compile(rf"^\s*(?P<label>{OPENS}\s*(?P<number>\d{{1,4}})\s*{CLOSES})\s*(?=\S)")
#: The raised number of a footnote, run in with its entry.
RAISED = re.compile(rf"^\s*(?P<label>(?P<number>\d{{1,3}}))(?=[{UP}{HAN}])")
_OWN, _PUBLISHED, _PUBLICATIONS = (
    pattern_of("bibliography", table) for table in ("own_publications", "published_by_the_author", "publications")
)
#: What the author of a thesis has published: no list of works that the text cites.
OWN_PUBLICATIONS = re.compile(rf"{_OWN}|{_PUBLISHED}.{{0,12}}{_PUBLICATIONS}", re.I)
#: Source code, which an entry never holds, and "(a) …" below a part of a figure.
NO_ENTRY = re.compile(r"\\[a-zA-Z]{2,}|[{}]|^\s*[(（][a-z][)）]\s")

# ---- the last words of an entry ----------------------------------------------------------------------------------

_PUBLISHED_WORDS = pattern_of("bibliography", "published_words")
#: Where and on which pages a work appeared.
PUBLISHED = re.compile(rf"\b{_PUBLISHED_WORDS}|\d[–-]\d", re.I)
