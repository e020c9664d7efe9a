"""What is odd about a reference list as read: gaps in its numbers, works that stand twice, entries that nothing cites."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from citegrid.core.reference import Reference
from citegrid.core.text import key_text, weight

#: Letters of a title (see ``weight``) from which on two works will hardly share it.
_TELLING = 16
#: As many labels are named; an ellipsis stands for the rest.
_SHOWN = 12


def warnings_of(references: Sequence[Reference]) -> tuple[str, ...]:
    """One sentence for each doubt; ``references`` are all entries of all lists in order, with their mentions."""
    if not references:
        return ("no reference list was found.",)
    found = [*_of_numbers(references), *_of_works(references)]
    idle = [r.label.rstrip(".．、") or r.id for r in references if not r.mentions]
    if idle and len(idle) < len(references):
        found.append(f"{len(idle)} of {len(references)} entries are never cited: {some(idle)}.")
    elif idle:
        found.append("no in-text citation was found.")
    return tuple(found)


def some(values: Sequence[str]) -> str:
    """The first of ``values``, in one line."""
    return ", ".join(values[:_SHOWN]) + (" …" if len(values) > _SHOWN else "")


def number_of(reference: Reference) -> int | None:
    """The number that an entry bears; None for a key or no label."""
    bare = "".join(reference.label.split()).strip("[]().【】［］（）．、")
    return int(bare) if bare.isdecimal() else None


def _of_numbers(references: Sequence[Reference]) -> Iterator[str]:
    """Numbers that are missing, stand twice, or stand inside another entry, list by list."""
    for run in _runs(references):
        numbers = [number for number, _ in run]
        have = set(numbers)
        gaps = sorted(set(range(1, max(have) + 1)) - have)
        if min(have) > _SHOWN + 1:  # the volume of a larger work, or the front of the list is lost as a whole
            yield f"the reference list begins with [{min(have)}]."
            gaps = [n for n in gaps if n > min(have)]
        if gaps:
            yield f"the reference list lacks {some([f'[{n}]' for n in gaps])}."
        twice = [n for n, times in Counter(numbers).items() if times > 1]
        if twice:
            yield f"the number {some([f'[{n}]' for n in twice])} stands at more than one entry."
        last, entry = max(run, key=lambda pair: pair[0])
        following = re.search(rf"(?<!^)[\[［【]\s*{last + 1}\s*[\]］】]", entry.raw)
        if following:
            yield f"entry [{last}] seems to hold entry [{last + 1}] too."


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
            yield f"“{reference.title[:60]}” is listed {times} times."
    dois = Counter(r.doi.casefold() for r in references if r.doi)
    for doi, times in dois.items():
        if times > 1 and doi not in told:
            yield f"“{doi}” is listed {times} times."
