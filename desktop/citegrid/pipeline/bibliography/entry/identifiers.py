"""The DOI, the arXiv id and the web address of an entry, put together again where a line or a space breaks them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from citegrid.pipeline.bibliography.entry.patterns import (
    ARXIV,
    CUT_DOI,
    DOI,
    DOI_PART,
    DOI_PIECE,
    FILE_PIECE,
    LONG_DOI_PART,
    MARKED_PIECE,
    MIXED_PIECE,
    NEW_ARXIV,
    NO_PART,
    PLAIN_PIECE,
    SCHEME,
    URL,
    URL_PIECE,
)

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


def with_whole_addresses(printed: str) -> str:
    """``printed`` with its addresses put together again."""
    text = CUT_DOI.sub(r"\1/", SCHEME.sub(r"\1://", printed))
    kept, at = "", 0
    for match, goes_on in sorted(_addresses(text), key=lambda pair: pair[0].start()):
        if match.start() >= at:
            found, end = _whole(text, match, goes_on)
            kept, at = f"{kept}{text[at : match.start()]}{found}", end
    return kept + text[at:]


def _addresses(text: str) -> Iterator[tuple[re.Match[str], _GoesOn]]:
    yield from ((match, _goes_on_url) for match in URL.finditer(text))
    yield from ((match, _goes_on_doi) for match in DOI.finditer(text))


def arxiv_year(text: str) -> int | None:
    """The year that a new arXiv id begins with; ``None`` if there is none."""
    match = NEW_ARXIV.search(text)
    return 2000 + int(match["year"]) if match else None


def _doi(text: str) -> str:
    text = CUT_DOI.sub(r"\1/", text)
    match = DOI.search(text)
    return _trimmed(_whole(text, match, _goes_on_doi)[0]) if match else ""


def _url(text: str) -> str:
    for match in URL.finditer(text):
        url = _trimmed(_whole(text, match, _goes_on_url)[0])
        if "doi.org" not in url:
            return url
    return ""


def _whole(text: str, match: re.Match[str], goes_on: _GoesOn) -> tuple[str, int]:
    """The match with the pieces that a space or a line's end cut off, and where the last of them ends."""
    found, at = match.group(), match.end()
    while pieces := text[at:].split(maxsplit=1):
        piece, start = pieces[0], text.index(pieces[0], at)
        gap = text[at:start]
        if not gap or found[-1] in ",;)]" or NO_PART.match(piece) or not goes_on(found, "\n" in gap, piece):
            break
        address = URL_PIECE.match(piece)
        found += address.group() if address else ""
        at = start + len(piece)
    return found, at


def _goes_on_url(found: str, broken: bool, piece: str) -> bool:
    """Whether an address goes on with ``piece``; ``broken`` says that a line ends between them."""
    core = piece.rstrip(".,;)]")
    if found.endswith(_OPEN):
        parts = PLAIN_PIECE if broken else MARKED_PIECE
        return parts.fullmatch(core) is not None
    if piece.startswith(_OPEN) and piece[1:2].isalnum():
        return broken or piece.startswith("/")
    if not found.endswith("."):
        return broken and MIXED_PIECE.match(core) is not None
    return (broken and core in _FILE_ENDINGS) or FILE_PIECE.match(core) is not None


def _goes_on_doi(found: str, broken: bool, piece: str) -> bool:
    """Whether a DOI goes on with ``piece``."""
    core = piece.rstrip(".,;)]")
    if found[-1] in "./-_":
        goes_on = DOI_PART if broken or found[-1] != "." else LONG_DOI_PART
        return goes_on.fullmatch(core) is not None
    return broken and DOI_PIECE.match(core) is not None


def _trimmed(found: str) -> str:
    """Without the stop of the sentence and without brackets that were not opened inside."""
    while found and (
        found[-1] in ".,;:'’”\\"
        or any(found[-1] == b and found.count(a) < found.count(b) for a, b in ("()", "[]", "{}"))
    ):
        found = found[:-1]
    return found
