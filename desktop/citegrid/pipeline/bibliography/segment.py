"""Where each entry of a reference list begins: at its label, or without labels where the shape of the list says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from citegrid.pipeline.bibliography.lines import AUTHOR_START, ENDS_ENTRY, LABELS, YEAR, Line, chain_of, label_of
from citegrid.pipeline.bibliography.locate import List
from citegrid.pipeline.bibliography.segment_gaps import with_lost
from citegrid.pipeline.bibliography.segment_unlabelled import starts_by_shape

_ADDRESS = re.compile(r"(?:https?\s?:|www\.)\S+", re.I)
_REST = re.compile(r"(?!https?:|www\.)[\w./?=&%#~+-]+", re.A | re.I)


def split_entries(found: List) -> list[tuple[str, list[Line]]]:
    """``(label, lines)`` of each entry of a list, in order."""
    lines = found.lines
    pattern = label_of(lines)
    if found.starts:
        starts, pattern = found.starts, None
    elif pattern is not None:
        starts = _labelled(lines, pattern)
    else:
        starts = dict.fromkeys(_by_links(lines) or starts_by_shape(lines), "")
    if not starts:
        return [("", lines)] if lines else []
    if pattern is not None:
        starts = with_lost(lines, starts, [bool(AUTHOR_START.match(line.text)) for line in lines], YEAR, ENDS_ENTRY)
    order = sorted(starts)
    return [(starts[a], lines[a:b]) for a, b in zip(order, [*order[1:], len(lines)], strict=True)]


def _by_links(lines: Sequence[Line]) -> list[int]:
    """Where entries begin in a list of links, which have no years: behind each address; empty for any other list."""
    links = [i for i, line in enumerate(lines) if _ADDRESS.search(line.text)]
    years = sum(bool(YEAR.search(_ADDRESS.sub("", line.text))) for line in lines)
    if len(links) < 4 or 3 * len(links) < len(lines) - 3 or 2 * years > len(links):
        return []
    starts = [0]
    for i in links:
        at = i + 1
        while at < len(lines) and _REST.fullmatch(lines[at].text.strip()):
            at += 1  # the rest of an address that goes on in the next line
        if at < len(lines):
            starts.append(at)
    return starts


def _labelled(lines: Sequence[Line], pattern: re.Pattern[str]) -> dict[int, str]:
    matches = [(i, m) for i, line in enumerate(lines) if (m := pattern.match(line.text))]
    counts = next(c for _, p, c in LABELS if p is pattern)
    if not counts:
        return {i: m.group(1) for i, m in matches}
    starts: dict[int, str] = {}
    rest = matches
    while rest:  # a list that begins again (per chapter) has several runs
        rest = [(i, m) for i, m in rest if not 1500 < int(m.group(2)) < 2100]
        chain = chain_of([int(m.group(2)) for _, m in rest])
        if len(chain) < 2 and starts:
            break
        for k in chain:
            starts[rest[k][0]] = rest[k][1].group(1)
        rest = rest[chain[-1] + 1 :] if chain else []
    return starts
