"""The DOI, the arXiv id and the web address of an entry, put together again where a line or a space breaks them."""

from __future__ import annotations

import re
from collections.abc import Callable

from citegrid.pipeline.bibliography.entry.patterns import (
    ARXIV,
    CUT_DOI,
    DOI,
    DOI_PIECE,
    FILE_PIECE,
    MIXED_PIECE,
    NO_PART,
    SCHEME,
    URL,
    URL_PIECE,
)

#: Signs of an address within words.
_SIGNS = "/_=&?%."
_OPEN = tuple("/-_=&?%#~")
_FILE_ENDINGS = ("html", "htm", "pdf", "php", "aspx")
#: Whether an address goes on: what was found, whether a line ends here, the next piece.
_GoesOn = Callable[[str, bool, str], bool]


def identifiers(printed: str) -> tuple[str, str, str]:
    """``(doi, arxiv, url)`` of an entry with its line breaks; empty where it has none. Addresses of DOIs are no URLs."""
    text = SCHEME.sub(r"\1://", printed)
    match = ARXIV.search(text)
    arxiv = "".join(match[1].split()) if match else ""
    return _doi(text), arxiv, _url(text)


def without_identifiers(text: str) -> str:
    """``text`` without its addresses and DOIs."""
    return URL.sub(" ", DOI.sub(" ", SCHEME.sub(r"\1://", text)))


def without_arxiv(text: str) -> str:
    """``text`` without its arXiv ids, whose digits are no years."""
    return ARXIV.sub(" ", text)


def arxiv_year(text: str) -> int | None:
    """The year that a new arXiv id begins with; ``None`` if there is none."""
    match = ARXIV.search(text)
    year, month = (match[1][:2], match[1][2:4]) if match and match[1][4:5] == "." else ("", "")
    return 2000 + int(year) if month and 1 <= int(month) <= 12 else None


def _doi(text: str) -> str:
    text = CUT_DOI.sub(r"\1/", text)
    match = DOI.search(text)
    return _trimmed(_whole(text, match, _goes_on_doi)) if match else ""


def _url(text: str) -> str:
    for match in URL.finditer(text):
        url = _trimmed(_whole(text, match, _goes_on_url))
        if "doi.org" not in url:
            return url
    return ""


def _whole(text: str, match: re.Match[str], goes_on: _GoesOn) -> str:
    """The match with the pieces that a space or a line's end cut off."""
    found, at = match.group(), match.end()
    while pieces := text[at:].split(maxsplit=1):
        piece, start = pieces[0], text.index(pieces[0], at)
        gap = text[at:start]
        if not gap or found[-1] in ",;)]" or NO_PART.match(piece) or not goes_on(found, "\n" in gap, piece):
            break
        address = URL_PIECE.match(piece)
        found += address.group() if address else ""
        at = start + len(piece)
    return found


def _goes_on_url(found: str, broken: bool, piece: str) -> bool:
    """Whether an address goes on with ``piece``; ``broken`` says that a line ends between them."""
    core = piece.rstrip(".,;)]")
    if found.endswith(_OPEN):
        return _is_marked(core) or (broken and _is_plain(core))
    if piece.startswith(_OPEN) and piece[1:2].isalnum():
        return broken or piece.startswith("/")
    if not found.endswith("."):
        return broken and MIXED_PIECE.match(core) is not None
    return (broken and core in _FILE_ENDINGS) or FILE_PIECE.match(core) is not None


def _is_plain(core: str) -> bool:
    return all(char.isalnum() or char in "_-." for char in core)


def _is_marked(core: str) -> bool:
    """Whether a piece bears signs of an address behind its first character, and none of a sentence."""
    signs = any(char in _SIGNS or char.isdigit() for char in core[1:])
    return signs and not any(char in ",;(" for char in core)


def _goes_on_doi(found: str, broken: bool, piece: str) -> bool:
    """Whether a DOI goes on with ``piece``."""
    core = piece.rstrip(".,;)]")
    if not any(map(str.isdigit, core)) or ":" in core or ";" in core:
        return False
    if found[-1] in "./-_":
        return (core[0] in "_(" or core[0].isalnum()) and (broken or found[-1] != "." or len(core) > 4)
    return broken and DOI_PIECE.match(core) is not None


def _trimmed(found: str) -> str:
    """Without the stop of the sentence and without brackets that were not opened inside."""
    while found and (
        found[-1] in ".,;:'’”\\"
        or any(found[-1] == b and found.count(a) < found.count(b) for a, b in ("()", "[]", "{}"))
    ):
        found = found[:-1]
    return found
