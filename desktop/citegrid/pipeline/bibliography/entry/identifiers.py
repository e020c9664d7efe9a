"""The DOI, the arXiv id and the web address of an entry, put together again where a line or a space breaks them."""

from __future__ import annotations

import re
from collections.abc import Callable

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>，。；]+", re.I)
_ARXIV = re.compile(
    r"(?:arxiv(?:\.org/(?:abs|pdf|html)/|\.|\s*(?:e-?prints?|preprints?)?,?\s*(?:arxiv)?\s*[:\s]\s*(?:abs/)?)|\babs/|\bCoRR,?\s+)\s*"
    r"(\d{4}\.\s?\d{4,5}|[a-z\-]+(?:\.[A-Z]{2})?/\d{7})(?!\d)(?:v\d+)?",
    re.I,
)
_URL = re.compile(r"(?:https?://|www\.)[^\s\"<>，。；]+", re.I)
_SCHEME = re.compile(r"\b(https?)\s?:\s?/\s?/\s*", re.I)
#: What may stand after an address without being part of it.
_NO_PART = re.compile(
    r"[\[(（{·|©]|https?:|www\.|doi\b|arxiv|url\b|isbn|issn|pmid|pmcid|pp?\.|(?:last\s+)?(?:accessed|retrieved|visited|available|online|cited|checked|zuletzt|abgerufen|letzter)\b"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|(?:19|20)\d\d\b(?!\.\d)",
    re.I,
)
_OPEN = tuple("/-_=&?%#~")
#: Whether an address goes on: what was found, whether a line ends here, the next piece.
_GoesOn = Callable[[str, bool, str], bool]


def identifiers(printed: str) -> tuple[str, str, str]:
    """``(doi, arxiv, url)`` of an entry with its line breaks; empty where it has none. Addresses of DOIs are no URLs."""
    text = _SCHEME.sub(r"\1://", printed)
    match = _ARXIV.search(text)
    arxiv = re.sub(r"\s", "", match.group(1)) if match else ""
    return _doi(text), arxiv, _url(text)


def without_identifiers(text: str) -> str:
    """``text`` without its addresses and DOIs."""
    return _URL.sub(" ", _DOI.sub(" ", _SCHEME.sub(r"\1://", text)))


def without_arxiv(text: str) -> str:
    """``text`` without its arXiv ids, whose digits are no years."""
    return _ARXIV.sub(" ", text)


def arxiv_year(text: str) -> int | None:
    """The year that a new arXiv id begins with; ``None`` if there is none."""
    match = _ARXIV.search(text)
    dated = re.match(r"(\d\d)(?:0[1-9]|1[0-2])\.", match.group(1)) if match else None
    return 2000 + int(dated.group(1)) if dated else None


def _doi(text: str) -> str:
    text = re.sub(r"(\b10\.\d{4,9}/)\s+", r"\1", re.sub(r"(\b10\.\d{4,9})\s+/\s*", r"\1/", text))
    match = _DOI.search(text)
    return _trimmed(_whole(text, match, _goes_on_doi)) if match else ""


def _url(text: str) -> str:
    for match in _URL.finditer(text):
        url = _trimmed(_whole(text, match, _goes_on_url))
        if "doi.org" not in url:
            return url
    return ""


def _whole(text: str, match: re.Match[str], goes_on: _GoesOn) -> str:
    """The match with the pieces that a space or a line's end cut off."""
    found, at = match.group(), match.end()
    while following := re.match(r"([ \t]*\n[ \t]*|[ \t]+)(\S+)", text[at:]):
        gap, piece = following.groups()
        if found[-1] in ",;)]" or _NO_PART.match(piece) or not goes_on(found, "\n" in gap, piece):
            break
        found += re.split(r"[\"<>，。；]", piece)[0]
        at += following.end()
    return found


def _goes_on_url(found: str, broken: bool, piece: str) -> bool:
    core = piece.rstrip(".,;)]")
    marked = bool(re.search(r"[/_=&?%]|\w\.\w|\d", core[1:])) and not re.search(r"[,;(]", core)
    if found.endswith(_OPEN):
        return marked or (broken and bool(re.fullmatch(r"[\w\-.]+", core)))
    if re.match(r"[/?&=#_%]\w", piece):
        return broken or piece[0] == "/"
    if found.endswith("."):
        return bool(re.match(r"[a-z\d]\S*[/_=]", core)) or (broken and core in ("html", "htm", "pdf", "php", "aspx"))
    return broken and bool(re.match(r"[\w.\-]", core)) and bool(re.search(r"[/_=&?%]|[a-z]\d|\d[a-z]|\w\.\w", core))


def _goes_on_doi(found: str, broken: bool, piece: str) -> bool:
    core = piece.rstrip(".,;)]")
    if not re.search(r"\d", core) or re.search(r"[:;]", core):
        return False
    if found[-1] in "./-_":
        return bool(re.match(r"[\w(]", core)) and (broken or found[-1] != "." or len(core) > 4)
    return broken and (bool(re.match(r"[.\-/_]", core)) or bool(re.match(r"[\w]*\d[\w.\-()/]{4,}$", core)))


def _trimmed(found: str) -> str:
    """Without the stop of the sentence and without brackets that were not opened inside."""
    while found and (
        found[-1] in ".,;:'’”\\"
        or any(found[-1] == b and found.count(a) < found.count(b) for a, b in ("()", "[]", "{}"))
    ):
        found = found[:-1]
    return found
