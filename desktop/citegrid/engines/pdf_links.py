"""The hyperlinks inside a PDF, walked in time that grows with their number and not with its square.

``Page.get_links`` looks through all annotations of the page for each link, which takes hours for a page that was made to
have tens of thousands.  Its parts, without that, take a second; and a page and a document give only so many.
"""

from __future__ import annotations

import contextlib
import itertools
from typing import Any

from pymupdf.utils import getLinkDict

from citegrid.ports import MOST_LINKS, Link

#: Links that are walked, whatever they lead to: of a page, and of all pages.  A page of a bibliography has a few hundred.
MOST_WALKED, MOST_WALKED_IN_ALL = 40_000, 200_000
#: Links that are given of all pages.
MOST_IN_ALL = 30_000


def links_of(document: Any) -> list[Link]:
    """The links of PyMuPDF's ``document`` that lead to a place in it, at most MOST_LINKS of a page; call it with the lock
    of MuPDF held."""
    try:
        names = document.resolve_names()
    except Exception:
        names = {}
    found: list[Link] = []
    heights: dict[int, float] = {}
    walked = 0
    for number in range(1, document.page_count + 1):
        try:
            page = document.load_page(number - 1)
            raws = _raw_links(page, min(MOST_WALKED, MOST_WALKED_IN_ALL - walked))
        except Exception:  # noqa: S112 - a broken page has no links
            continue
        walked += len(raws)
        on_page = (_link(document, page, number, raw, names, heights) for raw in raws)
        found += itertools.islice((link for link in on_page if link), min(MOST_LINKS, MOST_IN_ALL - len(found)))
    return found


def _raw_links(page: Any, most: int) -> list[dict[str, Any]]:
    """The first ``most`` links of ``page`` as PyMuPDF tells them; one that it cannot tell is left out."""
    found, link, walked = [], page.first_link if most > 0 else None, 0
    while link and walked < most:
        walked += 1
        with contextlib.suppress(Exception):  # one link that leads nowhere does not cost the page the others
            found.append(getLinkDict(link, page.parent))
        link.xref = 0  # else each step to the next looks through all annotations of the page
        link = link.next
    return found


def _link(
    document: Any, page: Any, number: int, raw: dict[str, Any], names: dict[str, Any], heights: dict[int, float]
) -> Link | None:
    """The link of ``raw``; None where it leads nowhere.  ``heights`` keeps those of the pages that links led to."""
    try:
        return _inner_link(document, page, number, raw, names, heights)
    except Exception:  # one link that leads nowhere does not cost the page the others
        return None


def _inner_link(
    document: Any, page: Any, number: int, raw: dict[str, Any], names: dict[str, Any], heights: dict[int, float]
) -> Link | None:
    name = str(raw.get("nameddest") or raw.get("name") or "")
    target, to = raw.get("page", -1), raw.get("to")
    if name in names:
        target, to = names[name].get("page", -1), names[name].get("to")
        if target >= 0 and target not in heights:
            heights[target] = document.load_page(target).rect.height
        point = (float(to[0]), heights.get(target, 0.0) - float(to[1])) if to else (0.0, 0.0)
    else:
        point = (float(to[0]), float(to[1])) if to else (0.0, 0.0)
    if not isinstance(target, int) or target < 0:
        return None
    rect = raw["from"] * page.rotation_matrix
    return Link(number, (rect.x0, rect.y0, rect.x1, rect.y1), target + 1, point[0], point[1], name)
