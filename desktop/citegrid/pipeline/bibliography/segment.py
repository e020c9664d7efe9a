"""Where each entry of a reference list begins: at its label, or without labels where the shape of the list says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from citegrid.pipeline.bibliography.lines import PrintedLine, chain_of, label_form, numbers_of
from citegrid.pipeline.bibliography.locate import LocatedList
from citegrid.pipeline.bibliography.patterns import ADDRESS, ADDRESS_REST, BRACKET, DATED, WORDS, LabelForm
from citegrid.pipeline.bibliography.segment_gaps import with_lost
from citegrid.pipeline.bibliography.segment_unlabelled import starts_by_shape

#: A list of links holds so many, one in so many lines but for a few.
_FEWEST_LINKS, _LINES_A_LINK = 4, 3


def split_entries(found: LocatedList) -> list[tuple[str, list[PrintedLine]]]:
    """``(label, lines)`` of each entry of a list, in order."""
    lines = found.lines
    starts = found.starts or _starts(lines)
    if not starts:
        return [("", lines)] if lines else []
    order = sorted(starts)
    return [(starts[a], lines[a:b]) for a, b in zip(order, [*order[1:], len(lines)], strict=True)]


def _starts(lines: Sequence[PrintedLine]) -> dict[int, str]:
    """The line at which each entry begins, and its label."""
    form = label_form(lines)
    if form is None:
        return dict.fromkeys(_by_links(lines) or starts_by_shape(lines), "")
    if not form.counts:
        return _with_words(lines, _by_keys(lines, form))
    numbered = _by_numbers(lines, form)
    return with_lost(lines, _with_words(lines, numbered) if form is BRACKET else numbered)


def _by_links(lines: Sequence[PrintedLine]) -> list[int]:
    """Where entries begin in a list of links, which have no years: behind each address; empty for any other list."""
    links = [i for i, line in enumerate(lines) if ADDRESS.search(line.text)]
    years = sum(bool(DATED.search(ADDRESS.sub("", line.text))) for line in lines)
    if len(links) < _FEWEST_LINKS or _LINES_A_LINK * len(links) < len(lines) - 3 or 2 * years > len(links):
        return []
    behind = [_behind_address(lines, i + 1) for i in links]
    return [0, *(at for at in behind if at < len(lines))]


def _behind_address(lines: Sequence[PrintedLine], at: int) -> int:
    """The first line from ``at`` on that is not the rest of an address."""
    while at < len(lines) and ADDRESS_REST.fullmatch(lines[at].text.strip()):
        at += 1
    return at


def _by_keys(lines: Sequence[PrintedLine], form: LabelForm) -> dict[int, str]:
    return {i: match.group(1) for i, line in enumerate(lines) if (match := form.pattern.match(line.text))}


def _with_words(lines: Sequence[PrintedLine], labelled: Mapping[int, str]) -> dict[int, str]:
    """``labelled`` with the entries that bear other words in brackets, at the same margins: ``[Bib]`` beside ``[3]``."""
    margins = {round(lines[i].x0) for i in labelled}
    other = {i: words for i, words in _by_keys(lines, WORDS).items() if round(lines[i].x0) in margins}
    return {**other, **labelled}


def _by_numbers(lines: Sequence[PrintedLine], form: LabelForm) -> dict[int, str]:
    """The entries whose numbers count up; a list that begins again (per chapter) has several runs."""
    labels = _by_keys(lines, form)
    rest = numbers_of(form, [line.text for line in lines])
    starts: dict[int, str] = {}
    while chain := chain_of([number for _, number in rest]):
        if len(chain) < 2 and starts:
            break
        starts.update({rest[k][0]: labels[rest[k][0]] for k in chain})
        rest = rest[chain[-1] + 1 :]
    return starts
