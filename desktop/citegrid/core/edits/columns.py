"""Working on the columns of a table: add, remove, move, rename, merge, split; and columns as one types them.

Pure functions of tuples of ``Column``.  Those that give ``(columns, renamed)`` also say which old name became which new
one, so that ``SetColumns`` keeps the cells.  Names that are empty or double are a ``UsageError``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from citegrid.core.errors import UsageError
from citegrid.core.language import lexicon
from citegrid.core.language.script import count_han, has_han
from citegrid.core.table import AnswerType, Cell, Column, Status, Template, Verdict, Wording

Columns = tuple[Column, ...]
Change = tuple[Columns, tuple[tuple[str, str], ...]]

#: Examples taken from the picture's rows for a column, and the longest of them: they show a form, not a content.
MOST_HINTS, LONGEST_HINT = 3, 60
#: Between a typed column's name, its answer type and its instruction.
MARK = "::"
_JOINT = re.compile(r"\s*(?:[/／|、与和及&,，]|\band\b)\s*", re.I)


def check_names(columns: Sequence[Column]) -> None:
    """Raises UsageError unless every column has a name of its own."""
    names = [c.name.strip() for c in columns]
    if not all(names) or len(set(names)) != len(names):
        raise UsageError("Every column needs a name of its own.", "Rename or remove the one that is empty or double.")


def free_name(columns: Iterable[Column], wanted: str) -> str:
    """``wanted``, or ``wanted 2``, ``wanted 3`` … where that is taken."""
    taken = {c.name for c in columns}
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted} {number}", number + 1
    return name


def added(columns: Columns, at: int, column: Column) -> Columns:
    """With ``column`` at place ``at``, under a free name."""
    return (*columns[:at], replace(column, name=free_name(columns, column.name)), *columns[at:])


def removed(columns: Columns, places: Iterable[int]) -> Columns:
    """Without the columns at ``places``."""
    gone = set(places)
    return tuple(c for i, c in enumerate(columns) if i not in gone)


def moved(columns: Columns, places: Iterable[int], by: int) -> Columns:
    """With the columns at ``places`` one place further to the left (``by`` -1) or right (1); they stop at the ends."""
    order = list(range(len(columns)))
    chosen = sorted(set(places), reverse=by > 0)
    blocked = len(columns) if by > 0 else -1
    for place in chosen:
        if place + by == blocked:
            blocked = place
            continue
        order[place], order[place + by] = order[place + by], order[place]
    return tuple(columns[i] for i in order)


def renamed(columns: Columns, place: int, name: str) -> Change:
    """With another name at ``place``; a corrected name is no longer in doubt."""
    old = columns[place]
    new = replace(old, name=name.strip(), confidence=1.0)
    made = (*columns[:place], new, *columns[place + 1 :])
    check_names(made)
    return made, ((old.name, new.name),) if new.name != old.name else ()


def merged(columns: Columns, places: Iterable[int]) -> Change:
    """With the columns at ``places`` (two or more) as one, at the place of the first; its name is ``A / B``."""
    chosen = sorted(set(places))
    if len(chosen) < 2:
        return columns, ()
    parts = [columns[i] for i in chosen]
    rest = removed(columns, chosen)
    one = _merged_column(free_name(rest, " / ".join(c.name for c in parts)), parts)
    made = (*rest[: chosen[0]], one, *rest[chosen[0] :])
    return made, tuple((c.name, one.name) for c in parts)


def _merged_column(name: str, parts: Sequence[Column]) -> Column:
    """One column that asks what ``parts`` ask, in the place that they take up together."""
    types = {c.answer_type for c in parts}
    boxes = [c.box for c in parts if c.box is not None]
    return Column(
        name,
        "; ".join(c.instruction for c in parts if c.instruction),
        types.pop() if len(types) == 1 else AnswerType.TEXT,
        _around(boxes) if boxes else None,
        min(c.confidence for c in parts),
    )


def split(columns: Columns, place: int) -> Columns:
    """With two columns for the one at ``place``: its name parted at ``/``, ``与``, ``and`` …, its box in the same ratio."""
    old = columns[place]
    rest = (*columns[:place], *columns[place + 1 :])
    first, second = parts_of(old.name)
    share = _width(first) / max(1, _width(first) + _width(second)) if second else 0.5
    boxes = _parted(old.box, share) if old.box is not None else (None, None)
    left = replace(old, name=free_name(rest, first), box=boxes[0], hints=())
    right = replace(old, name=free_name((*rest, left), second or first), box=boxes[1], hints=())
    return (*columns[:place], left, right, *columns[place + 1 :])


def parts_of(name: str) -> tuple[str, str]:
    """``name`` parted at the joint nearest to its middle; the second part is empty when there is none."""
    joints = [m for m in _JOINT.finditer(name) if name[: m.start()].strip() and name[m.end() :].strip()]
    if not joints:
        return name.strip(), ""
    joint = min(joints, key=lambda m: abs(m.start() + m.end() - len(name)))
    return name[: joint.start()].strip(), name[joint.end() :].strip()


def merge_cells(column: str, cells: Sequence[Cell]) -> Cell:
    """One cell for several of a row: their texts one after the other, as sure as the least sure of them."""
    if len(cells) == 1:
        return replace(cells[0], column=column)
    with_text = [c for c in cells if c.text]
    waiting = any(c.status is Status.WAITING for c in cells)
    decided = any(c.verdict is not Verdict.OPEN for c in cells)
    if waiting and not (with_text and decided):
        return Cell(column)
    if not with_text:
        return replace(cells[0], column=column)
    searched = tuple(sorted(set().union(*(c.searched for c in cells))))
    verdict = Verdict.EDITED if decided else Verdict.OPEN
    return replace(_merged_cell(column, with_text), searched=searched, verdict=verdict)


def _merged_cell(column: str, cells: Sequence[Cell]) -> Cell:
    """The texts of ``cells`` and the evidence of all of them; the first doubt counts for the whole."""
    evidence = tuple(dict.fromkeys(e for cell in cells for e in cell.evidence))
    doubt = next((c for c in cells if c.status is not Status.SUPPORTED), None)
    between = "；" if any(has_han(c.text) for c in cells) else "; "
    text, doubts = "", list[tuple[int, int]]()
    for cell in cells:
        text += between if text else ""
        doubts += [(len(text) + start, len(text) + end) for start, end in cell.doubts]
        text += cell.text
    return Cell(
        column,
        text,
        doubt.status if doubt else Status.SUPPORTED,
        evidence,
        doubt.reason if doubt else "",
        wording=max((c.wording for c in cells), key=list(Wording).index),
        doubts=tuple(doubts),
    )


def hints_of(template: Template, place: int) -> tuple[str, ...]:
    """The answers that the picture's example rows show in the column at ``place``: offered, not taken by themselves."""
    shown = [row[place].strip() for row in template.rows if place < len(row)]
    return tuple(dict.fromkeys(h for h in shown if h and len(h) <= LONGEST_HINT))[:MOST_HINTS]


def corrected(template: Template, columns: Columns, names: Sequence[tuple[str, str]]) -> Template:
    """The template as a person corrected it: other columns, and the example rows under them (``names`` are renames)."""
    sources: dict[str, list[int]] = {}
    new_name = dict(names)
    for i, column in enumerate(template.columns):
        sources.setdefault(new_name.get(column.name, column.name), []).append(i)
    rows = tuple(
        tuple(" ".join(row[i] for i in sources.get(c.name, ()) if i < len(row)).strip() for c in columns)
        for row in template.rows
    )
    return replace(template, columns=columns, rows=rows)


def keep_wishes(columns: Columns, old: Sequence[Column]) -> Columns:
    """``columns`` as newly read, with the instruction and answer type that the person gave a column of the same name."""
    known = {c.name: c for c in old}
    return tuple(
        replace(c, instruction=known[c.name].instruction, answer_type=known[c.name].answer_type)
        if c.name in known
        else c
        for c in columns
    )


def renames(old: Sequence[Column], new: Sequence[Column]) -> tuple[tuple[str, str], ...]:
    """Which names were only corrected, when columns are typed anew: the same number, and a new name in an old one's place."""
    if len(old) != len(new):
        return ()
    before, after = {c.name for c in old}, {c.name for c in new}
    return tuple(
        (o.name, n.name) for o, n in zip(old, new, strict=True) if o.name not in after and n.name not in before
    )


# -- as typed ----------------------------------------------------------------------------------------------------------


def column_of(text: str) -> Column:
    """A column as typed: ``NAME``, ``NAME :: INSTRUCTION``, ``NAME :: TYPE`` or ``NAME :: TYPE :: INSTRUCTION``.

    TYPE is text, number, year, list or yes/no, in any of the program's languages; anything else there is the instruction.
    """
    name, *more = (part.strip() for part in text.split(MARK, 2))
    kind = _types().get(more[0].casefold()) if more else None
    if kind is not None:
        return Column(name, more[1] if len(more) > 1 else "", kind)
    return Column(name, f" {MARK} ".join(part for part in more if part))


@cache
def _types() -> dict[str, AnswerType]:
    """The answer types by the words that are typed for them."""
    languages = lexicon.tables("columns")["answer_types"].values()
    return {word: kind for words in languages for word, kind in zip(words, AnswerType, strict=True)}


def text_of(column: Column) -> str:
    """How ``column_of`` reads it: the inverse, but for its place in the picture and its hints."""
    parts = [column.name]
    # an instruction that reads like a type must not be taken for one
    if column.answer_type is not AnswerType.TEXT or column.instruction.casefold() in _types():
        parts.append(column.answer_type.value)
    if column.instruction:
        parts.append(" ".join(column.instruction.split()))
    return f" {MARK} ".join(parts)


def columns_of(text: str) -> Columns:
    """Columns as people type or paste them: a line each, or in one line between ``|``, tabs, or else commas."""
    lines = [line for line in re.split(r"[\n\r|\t｜]+", text) if line.strip()]
    if len(lines) == 1 and MARK not in lines[0]:
        lines = re.split(r"[,，、;；]", lines[0])
    return tuple(column_of(line) for line in lines if line.strip())


def _around(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _parted(
    box: tuple[float, float, float, float], share: float
) -> tuple[tuple[float, float, float, float], tuple[float, float, float, float]]:
    """``box`` in two along its longer side, which is the way its text runs."""
    x0, y0, x1, y1 = box
    if x1 - x0 >= y1 - y0:
        x = x0 + (x1 - x0) * share
        return (x0, y0, x, y1), (x, y0, x1, y1)
    y = y0 + (y1 - y0) * share
    return (x0, y0, x1, y), (x0, y, x1, y1)


def _width(text: str) -> int:
    """Widths of letters: an ideograph is as wide as two."""
    return len(text) + count_han(text)
