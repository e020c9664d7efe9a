"""What is odd about a reference list as read: gaps in its numbers, works that stand twice, entries that nothing cites."""

from __future__ import annotations

import operator
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from citegrid.core.language.text import key_text, weight
from citegrid.core.messages import Message
from citegrid.core.reference import Reference

#: Letters of a title (see ``weight``) from which on two works will hardly share it.
_TELLING = 16
#: As many labels are named; an ellipsis stands for the rest.
_SHOWN = 12
#: A number in brackets within an entry.
_BRACKETED = re.compile(r"(?<!^)[\[［【]\s*(\d+)\s*[\]］】]")


def warnings_of(references: Sequence[Reference]) -> tuple[str, ...]:
    """One sentence for each doubt; ``references`` are all entries of all lists in order, with their mentions."""
    if not references:
        return (Message("no reference list was found."),)
    return (*_of_numbers(references), *_of_works(references), *_of_mentions(references))


def some(values: Sequence[str]) -> str:
    """The first of ``values``, in one line."""
    return ", ".join(values[:_SHOWN]) + (" …" if len(values) > _SHOWN else "")


def number_of(reference: Reference) -> int | None:
    """The number that an entry bears; None for a key or no label."""
    bare = "".join(reference.label.split()).strip("[]().【】［］（）．、")
    return int(bare) if bare.isdecimal() else None


def _of_mentions(references: Sequence[Reference]) -> Iterator[str]:
    """Entries that nothing cites."""
    idle = [r.label.rstrip(".．、") or r.id for r in references if not r.mentions]
    if idle and len(idle) == len(references):
        yield Message("no in-text citation was found.")
    elif idle:
        yield Message(
            "{idle} of {all} entries are never cited: {labels}.",
            idle=len(idle),
            all=len(references),
            labels=some(idle),
        )


def _of_numbers(references: Sequence[Reference]) -> Iterator[str]:
    """Numbers that are missing, stand twice, or stand inside another entry, list by list."""
    for run in _runs(references):
        numbers = Counter(number for number, _ in run)
        yield from _of_gaps(set(numbers))
        twice = [n for n, times in numbers.items() if times > 1]
        if twice:
            yield Message("the number {labels} stands at more than one entry.", labels=_labels(twice))
        last, entry = max(run, key=operator.itemgetter(0))
        if last + 1 in map(int, _BRACKETED.findall(entry.raw)):
            yield Message("entry {label} seems to hold entry {other} too.", label=f"[{last}]", other=f"[{last + 1}]")


def _of_gaps(have: set[int]) -> Iterator[str]:
    """Numbers that a list lacks; a list may be the volume of a larger work, or the front of it is lost as a whole."""
    first = min(have)
    is_late = first > _SHOWN + 1
    if is_late:
        yield Message("the reference list begins with {label}.", label=_labels([first]))
    gaps = sorted(set(range(first if is_late else 1, max(have))) - have)
    if gaps:
        yield Message("the reference list lacks {labels}.", labels=_labels(gaps))


def _labels(numbers: Sequence[int]) -> str:
    return some([f"[{number}]" for number in numbers])


def _runs(references: Sequence[Reference]) -> list[list[tuple[int, Reference]]]:
    """The numbered entries of each list: a number 1 behind others begins a new one."""
    runs: list[list[tuple[int, Reference]]] = []
    for reference in references:
        number = number_of(reference)
        if number is None:
            continue
        if not runs or (number == 1 and len(runs[-1]) > 1):
            runs.append([])
        runs[-1].append((number, reference))
    return [run for run in runs if len(run) > 1]


def _of_works(references: Sequence[Reference]) -> Iterator[str]:
    """Works that stand twice: the same title, or the same DOI under two titles."""
    titles = Counter(key_text(r.title) for r in references if weight(r.title) > _TELLING)
    told: set[str] = set()
    for reference in references:
        times = titles.pop(key_text(reference.title), 0)
        if times > 1:
            told.add(reference.doi.casefold())
            yield Message("“{title}” is listed {times} times.", title=reference.title[:60], times=times)
    dois = Counter(r.doi.casefold() for r in references if r.doi)
    for doi, times in dois.items():
        if times > 1 and doi not in told:
            yield Message("“{title}” is listed {times} times.", title=doi, times=times)
