"""The year of an entry: beside its authors, in brackets, before a volume, or the last one printed."""

from __future__ import annotations

import re

from citegrid.pipeline.bibliography.entry.identifiers import arxiv_year, without_arxiv, without_identifiers

YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_DATE = r"(?:\d{1,2}\.?\s+)?[A-Z][a-z]+\.?\s+(?:\d{1,2}\s*,?\s+)?"
#: The year right after the authors, with a date and with the year of the first edition: "(2019a, May 12).", "1962/2012."
LEADING = re.compile(
    rf"^\W{{0,3}}?(?P<open>[(（\[])?\s*(?:c(?:a\.)?\s?)?(?:{YEAR}/|\[{YEAR}\]\s*)?({YEAR}|n\.\s?d\.?|s\.\s?d\.|o\.\s?J\.|in press|in preparation|submitted|forthcoming|to appear)[–\-]?[a-z]?(?![\w])(?:\s*\[{YEAR}\])?"
    r"(?(open)(?:\s*[,，]\s*[^()\[\]]{0,30})?\s*[)）\]])\s*[.,:，。]?\s*",
    re.I,
)
_BRACKETED = re.compile(rf"[(（\[]\s*(?:{_DATE})?({YEAR})[a-z]?(?:\s*[,，/–-][^()\[\]（）]{{0,25}})?\s*[)）\]]")
_PUBLISHER = re.compile(rf"[(（][^()]{{3,80}},\s*({YEAR})\s*[)）]")
_PLAIN = re.compile(
    rf"(?<![\d./\-–:])(?<!\bp\. )(?<!\bpp\. )(?<!\bvol\. )(?<!\bno\. )(?<!\bS\. )c?({YEAR})[a-z]?(?![\d/\-–]|\.\d|:\d)"
)
#: "2018; 7: 1656": the year before the volume, in medical papers; but "Policies 2015; 2019." names a series before its year.
_BEFORE_VOLUME = re.compile(
    rf"(?<![\d./\-–:])(?:(?<=[.,] )|(?!{YEAR}\s*;\s*{YEAR}\.?\s*$))({YEAR})(?:\s+[A-Z][a-z]{{2,8}}(?:[\s-]+\w{{1,8}}){{0,2}})?\s*;\s*\d"
)
_ISO = re.compile(rf"(?<![\d./\-–:])({YEAR})[-/]\d\d(?:[-/]\d\d)?(?![\d\-/])")
#: The day somebody looked at a web page.
_LOOKED = re.compile(
    rf"(?:\b(?:accessed|retrieved|visited|viewed|cited|checked|abgerufen|geprüft|besucht|Zugriff|Stand|consult[ée]e?|dernier accès)\b|引用日期|访问)[^()\[\]]{{0,30}}?(?:{YEAR}(?:[-/]\d\d){{0,2}}|\d\d/\d\d/\d{{4}})",
    re.I,
)
#: "2011: 27[2013-10-14]": the day of citing in GB/T 7714, the year only where no other is printed.
_CITED = re.compile(rf"[\[［]\s*{YEAR}-\d\d?-\d\d?\s*[\]］]")
#: What follows the last entry on its page: the licence of the paper itself.
_LICENCE = re.compile(r"(?:©|\(c\))\s*(?:19|20)\d\d\b.{0,80}\b(?:by the|licen|rights|open access).*$", re.I | re.S)


def year_of_entry(rest: str, title: str) -> int | None:
    """The year of an entry from ``rest``, its text after the authors; a year of its title counts only as a last resort.

    ``None`` when none is printed, and for works that are in press or undated.
    """
    leading = LEADING.match(rest)
    if leading:
        return int(leading.group(2)) if leading.group(2).isdigit() else None
    rest = _LOOKED.sub(" ", _LICENCE.sub("", rest))
    bare = without_arxiv(without_identifiers(rest))
    cited = _CITED.sub(" ", bare)
    for text in (cited.replace(title, " ", 1), bare.replace(title, " ", 1), bare) if title else (cited, bare):
        found = _printed(text)
        if found is not None:
            return found
    if (year := arxiv_year(rest)) is not None:
        return year
    loose = re.findall(rf"(?<!\d)({YEAR})(?!\d)", bare)
    return int(loose[-1]) if loose else None


def _printed(text: str) -> int | None:
    for pattern, at in ((_BRACKETED, -1), (_BEFORE_VOLUME, 0), (_PUBLISHER, -1), (_PLAIN, -1), (_ISO, -1)):
        found = pattern.findall(text)
        if found:
            return int(found[at])
    return None
