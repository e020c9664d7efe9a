"""One entry of a reference list, parsed: authors, title, year, venue, DOI, arXiv id and URL.

The authors are read name by name from the start in the form of the first name
(``Smith, J.``, ``J. Smith``, ``Jane Smith``, ``Smith JA``, ``张三``); what
follows is a year, then the title up to its quotes, its stop, its [J], or the
italics of the venue.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from citegrid.pipeline.entry_authors import Names, read_authors

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>，。；]+", re.I)
_ARXIV = re.compile(
    r"(?:arxiv(?:\.org/(?:abs|pdf)/|\s*(?:preprint)?\s*(?:arxiv)?\s*[:\s]\s*(?:abs/)?)|\babs/)\s*(\d{4}\.\s?\d{4,5}|[a-z\-]+/\d{7})(?:v\d+)?",
    re.I,
)
_URL = re.compile(r"(?:https?\s?:\s?//\s?|www\.)[^\s\"<>，。；]+", re.I)
#: "Words: https://…": a link, alone or with what it is called; its last line may stand apart.
_LINK = re.compile(r"(?:([^:：.\n]{2,80}[^:：.\s])\s*[:：]\s*)?(?=https?\s?:|www\.)(?=\S+(?:\s\S+)?\s*$)", re.I)
_ACCENTS = {
    "´": "\u0301",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¨": "\u0308",
    "˘": "\u0306",
    "ˇ": "\u030c",
    "˙": "\u0307",
    "˚": "\u030a",
    "˝": "\u030b",
}
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_BRACKETED_YEAR = re.compile(
    rf"[(（\[]\s*(?:[A-Z][a-z]+\.?\s+)?({_YEAR})[a-z]?(?:\s*[,，/–-][^()\[\]（）]{{0,25}})?\s*[)）\]]"
)
_PLAIN_YEAR = re.compile(rf"(?<![\d./\-–:])({_YEAR})[a-z]?(?![\d/\-–]|\.\d|:\d)")
#: "2018; 7: 1656": the year before the volume, in medical papers.
_BEFORE_VOLUME = re.compile(rf"(?<![\d./\-–:])({_YEAR})(?:\s+[A-Z][a-z]{{2,8}}(?:\s+\d{{1,2}})?)?\s*;\s*\d")
_LEADING_YEAR = re.compile(
    rf"^\W{{0,3}}[(（\[]?\s*({_YEAR}|n\.\s?d\.?|in press|forthcoming|to appear)[a-z]?(?:\s*[,，]\s*[A-Za-z]+\.?(?:\s+\d{{1,2}})?(?:[–-]\d+)?)?\s*[)）\]]?\s*[.,:，。]?\s*",
    re.I,
)
_QUOTED = re.compile(
    r"(?:“|”)(?P<curly>.{6,400}?)[,.?!，。]?”[,.]?\s*"
    r"|[“\"„«‘'`]{1,2}(.{6,400}?)[,.?!，。]?(?:”|\"|“(?=[\s,.])|»|''|’’|’(?=[\s,.]))[,.]?\s*"
)
#: A quoted title after names that could not all be read.
_LATER = re.compile(r"(?<=[,.)])\s*“(.{6,400}?)[,.?!，。]?”[,.]?\s*")
#: Marks of software and of the medium that follow a title.
_MEDIUM = re.compile(
    r"[.,:]?\s*(?:\[(?:Internet|Online|Preprint|Web|Computer software)\]?|R package version\b).*$", re.I
)
_GBT = re.compile(
    r"[\[［【]\s*(?:[JMDCNPSRGZA]|DB|CP|EB|OL|J/OL|EB/OL|M/OL|C/OL|N/OL|D/OL|DB/OL|R/OL|S/OL|P/OL|CP/OL)\s*(?:/\s*OL)?\s*[\]］】]"
)
#: Stops that do not end a title.
_NO_END = re.compile(
    r"(?:\b(?:vs|spp|sp|subsp|var|Dr|St|Mr|Mrs|No|Vol|etc|al|ed|eds|Fig|cf|U\.S|U\.K|e\.g|i\.e|approx|Proc|Int|Conf|Trans|J|Am|Assoc|Natl|Acad|Sci|Rev|Lett|Phys|Ann|Comput|Ling)|(?<![A-Za-z])[A-Z])$"
)
#: A word in small letters after a stop, which no venue begins with.
_GOES_ON = re.compile(
    r"\s+(?!(?:in|doi|url|https?|pp?|vol|edited|eds?|available|accessed|cited|arxiv|biorxiv|medrxiv)\b)[a-z]+(?=[\s,.:;)-])"
)
_VENUE_START = re.compile(
    r"^(?:In[:\s]|in:\s|Proceedings|Proc\.|Journal|Transactions|Trans\.|IEEE|ACM|International|Advances in|Annual|arXiv|CoRR|Nature|Science|PLoS|PLOS|Technical"
    r"|Tech\.|Ph\.?D|Master|Springer|Elsevier|Cambridge|Oxford|MIT Press|Lecture Notes|http|doi|URL|Available|见[:：]|//)",
)


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


def parse_entry(text: str, italic: str = "") -> Fields:
    """Parse an entry without its label; ``italic`` are its first words in italics, if any."""
    text = _composed(text.strip())
    doi, arxiv, url = _doi(text), _arxiv(text), _url(text)
    bare = _URL.sub(" ", _DOI.sub(" ", text))
    if link := _LINK.match(text):
        return Fields((), _clean(link.group(1) or ""), None, "", doi, arxiv, url)
    names = read_authors(text)
    rest = text[names.end :]
    year = _year(bare, rest)
    title, venue = _title(text, names, italic)
    if title.casefold() in ("http", "https"):
        title = ""
    return Fields(names.authors, title, year, venue, doi, arxiv, url)


def _doi(text: str) -> str:
    joined = re.sub(r"(10\.\d{4,9}/)\s+", r"\1", text)
    match = _DOI.search(joined)
    return match.group().rstrip(".,;)]}") if match else ""


def _arxiv(text: str) -> str:
    match = _ARXIV.search(text)
    return re.sub(r"\s", "", match.group(1)) if match else ""


def _url(text: str) -> str:
    for match in _URL.finditer(text):
        url = re.sub(r"\s", "", match.group()).rstrip(".,;)]}")
        if "doi.org" not in url:
            return url
    return ""


def _year(bare: str, rest: str) -> int | None:
    """The year right after the authors, else the last one in brackets, else the last plain one."""
    bare = _ARXIV.sub(" ", bare)
    leading = _LEADING_YEAR.match(rest)
    if leading and leading.group(1).isdigit():
        return int(leading.group(1))
    bracketed = [int(m.group(1)) for m in _BRACKETED_YEAR.finditer(bare)]
    plain = [int(m.group(1)) for m in _PLAIN_YEAR.finditer(bare)]
    if bracketed:
        return bracketed[-1]
    if volume := _BEFORE_VOLUME.search(bare):
        return int(volume.group(1))
    accessed = re.split(r"\b(?:accessed|retrieved|visited|cited)\b|引用日期|访问", bare, flags=re.I)[0]
    before = [int(m.group(1)) for m in _PLAIN_YEAR.finditer(accessed)]
    if before or plain:
        return (before or plain)[-1]
    arxiv = _ARXIV.search(rest)
    if arxiv and re.match(r"(\d\d)(?:0[1-9]|1[0-2])\.", arxiv.group(1)):
        return 2000 + int(arxiv.group(1)[:2])
    loose = re.findall(rf"(?<!\d)({_YEAR})(?!\d)", bare)
    return int(loose[-1]) if loose else None


def _title(text: str, names: Names, italic: str) -> tuple[str, str]:
    """The title and the venue."""
    rest = text[names.end :].lstrip(" .,:;，。：；、")
    leading = _LEADING_YEAR.match(rest)
    if leading:
        rest = rest[leading.end() :]
    rest = rest.lstrip(" .,:;，。：；、")
    quoted = _QUOTED.match(rest) or (_QUOTED.search(rest[:60]) if not names.authors else None)
    if quoted and quoted.start() == 0 and re.match(r"(?:and|or|of|as|from)\b", rest[quoted.end() :]):
        quoted = None  # the title only begins with a quotation
    quoted = quoted or _LATER.search(rest[:500])
    if quoted and quoted.start() < 250:
        found = next(g for g in quoted.groups() if g is not None)
        return _clean(found), _venue(rest[quoted.end() :], italic)
    mark = _GBT.search(rest)
    if mark:
        return _clean(rest[: mark.start()]), _venue(rest[mark.end() :], "")
    at = rest.find(italic) if len(italic) > 5 else -1
    end = _stop(rest)
    if at >= 12 and at <= end + 3 and re.search(r"(?:[.,:;?!”\")]|\b[Ii]n:?)\s*$", rest[:at]):
        return _clean(re.sub(r"[.,]?\s*\b(?:[Ii]n:?)\s*$", "", rest[:at])), _venue(rest[at:], italic)
    whole = re.match(r"\s*(?:[.,;?!”]|\((?:\d|[A-Z]|[Vv]ol)|$)", rest[at + len(italic) :]) or italic[-1:] in (
        ".",
        ",",
        "?",
        "!",
    )
    if 0 <= at < 4 and whole and len(italic) >= 12 and len(italic) <= end + 3:
        return _clean(italic), _venue(rest[at + len(italic) :], "")
    comma = _comma_end(rest, end, names)
    if comma:
        end = comma
    return _clean(rest[:end]), _venue(rest[end:], "" if at < end else italic)


def _stop(text: str) -> int:
    """Where the first sentence of ``text`` ends: before its stop, or after its question mark."""
    for match in re.finditer(r"[.。](?=\s|$|//)|[?!？！](?=\s)|//", text):
        head = text[: match.start()]
        if match.group() == "." and (_NO_END.search(head) and not _VENUE_START.match(text[match.end() :].lstrip())):
            continue
        if len(head.strip()) < 4:
            continue
        if match.group() == "." and _GOES_ON.match(text[match.end() :]):
            continue  # small letters go on with the sentence
        if match.group() in "?!？！":
            return _subtitle(text, match.end())
        return match.start()
    return len(text)


def _subtitle(text: str, at: int) -> int:
    """A question's title goes on when a sentence in small letters follows, and something follows that."""
    match = re.match(r"\s+([A-Z][^.?!]{15,200})[.](?=\s+\S)", text[at:])
    if not match or _VENUE_START.match(match.group(1)) or re.search(r"\d", match.group(1)):
        return at
    small = re.findall(r"(?<![\w-])[a-z]{4,}", match.group(1))
    return at + match.end(1) if len(small) >= 2 else at


def _comma_end(text: str, end: int, names: Names) -> int:
    """Where a title ends at a comma because a venue follows it (``J. Smith, Title, Journal 12 (2020) 3–4``)."""
    for match in re.finditer(r",\s+", text[:end]):
        after = text[match.end() :]
        if match.start() < 15:
            continue
        if _VENUE_START.match(after) or (names.comma_style and re.match(rf"{_YEAR}[,.]", after)):
            return match.start()
        if names.comma_style and re.match(
            r"(?:[A-Z][\w.&\-]*\s+|of |and |for |in |on |the |de |& )+(?:vol\.\s*)?\d+\s*(?:\(|,|:)", after
        ):
            return match.start()
    return 0


def _venue(text: str, italic: str) -> str:
    if len(italic) > 5 and italic in text:
        return _clean(italic)
    text = _URL.sub("", _DOI.sub("", text)).lstrip(" .,:;，。：；、/")
    text = re.sub(r"^[Ii]n:?\s+", "", text)
    match = re.match(
        r"(.+?)(?:[.。]\s|[,，]\s*(?:vol|pp|pages|\d|[A-Z][a-z]+ \d{4})|\s\d+\s*[(:,]|\(\d{4}\)|;|$)", text
    )
    found = _clean(match.group(1)) if match else ""
    return re.sub(rf"[,，.]?\s*\(?{_YEAR}[a-z]?\)?$", "", found).strip(" ,.，") if len(found) < 200 else ""


def _composed(text: str) -> str:
    """Accents that TeX set before their letters, back on them: ``Abru˜na`` is Abruña."""
    text = re.sub(r"([ŁłØø]) (?=[a-z])", r"\1", text)
    text = re.sub(r"(?<=\b[A-Z]) +(?=[,.，．] )", "", text)  # "Thusoo A , Jain N ." of Chinese databases
    return re.sub(
        f"([{''.join(_ACCENTS)}])\\s?([A-Za-zı])",
        lambda m: unicodedata.normalize("NFC", m.group(2).replace("ı", "i") + _ACCENTS[m.group(1)]),
        text,
    )


def _clean(text: str) -> str:
    text = _MEDIUM.sub("", text) if _MEDIUM.search(text, 8) else text
    return " ".join(text.split()).strip(" .,;:，。；：、*")
