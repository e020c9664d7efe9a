"""From the text of the sample paper to its pages: pieces, columns, figures and the table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from typeset import GREY, Faces, Line, Sheet, break_lines, fragments_of, words_of

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 595.28, 841.89
LEFT, TOP, BOTTOM, GUTTER = 49.0, 66.0, 784.0, 19.0
RIGHT = WIDTH - LEFT
COLUMN = (RIGHT - LEFT - GUTTER) / 2
BODY, LEAD = 9.7, 11.9
SMALL, SMALL_LEAD = 8.3, 10.1
CAPTION, CAPTION_LEAD = 8.6, 10.6
TABLE_EDGES = (0.0, 0.235, 0.375, 0.45, 0.565, 0.705, 1.0)

# Where the floats stand: page number → what is at the top of which column.
TABLE_PAGE = 4
FIGURES = {(2, 1): 1, (5, 1): 2}


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading or entry, already broken into lines; lengths in points."""

    kind: str
    lines: tuple[Line, ...]
    size: float
    lead: float
    before: float
    indent: float = 0.0
    hanging: float = 0.0
    key: str = ""


@dataclass
class Layout:
    """The written pages, for each reference where its entry starts (page from 1, x, y), and the outline."""

    sheets: list[Sheet] = field(default_factory=list)
    outline: list[tuple[int, str, int]] = field(default_factory=list)
    places: dict[str, tuple[int, float, float]] = field(default_factory=dict)


def label_of(key: str, entry: Mapping[str, Any]) -> tuple[str, str]:
    """How the text cites an entry: ("Gao et al.", "2023a"); the letter is the end of the key."""
    families = [str(name).split(",")[0] for name in entry["authors"]]
    authors = " and ".join(families) if len(families) <= 2 else f"{families[0]} et al."
    return authors, f"{entry['year']}{key[-1] if key[-1].isalpha() else ''}"


def printed(key: str, entry: Mapping[str, Any]) -> str:
    """An entry as the reference list prints it: authors, year, title, venue."""
    names = [" ".join(reversed(str(name).split(", "))) for name in entry["authors"]]
    if names[-1] == "et al.":
        authors = ", ".join(names)
    elif len(names) > 1:
        authors = ", ".join(names[:-1]) + (", and " if len(names) > 2 else " and ") + names[-1] + "."
    else:
        authors = names[0] + "."
    title = str(entry["title"])
    return f"{authors} {label_of(key, entry)[1]}. {title}{'' if title.endswith('?') else '.'} {entry['venue']}"


def load_hyphens() -> dict[str, tuple[int, ...]]:
    """Long words and where they may be cut, from lines like ``attri-bu-tion``."""
    hyphens = {}
    for word in (HERE / "hyphens.txt").read_text("utf-8").split():
        cuts = [mark.start() for mark in re.finditer("-", word)]
        hyphens[word.replace("-", "")] = tuple(at - n for n, at in enumerate(cuts))
    return hyphens


class Setter:
    """Reads the sources of the paper and breaks their text into pieces."""

    def __init__(self) -> None:
        self.faces = Faces()
        self.hyphens = load_hyphens()
        self.references: dict[str, Any] = tomllib.loads((HERE / "references.toml").read_text("utf-8"))
        self.labels = {key: label_of(key, entry) for key, entry in self.references.items()}
        _, front, self.text = (HERE / "paper.md").read_text("utf-8").split("+++\n")
        self.front: dict[str, Any] = tomllib.loads(front)

    def piece(
        self,
        kind: str,
        text: str,
        size: float,
        lead: float,
        before: float = 0.0,
        *,
        width: float = COLUMN,
        style: str = "R",
        indent: float = 0.0,
        hanging: float = 0.0,
        ragged: bool = False,
        key: str = "",
    ) -> Piece:
        """One paragraph of marked-up text as lines."""
        words = words_of(fragments_of(text.strip(), self.labels, style))
        hyphens = {} if ragged else self.hyphens
        lines = break_lines(words, self.faces, size, width, hyphens, indent=indent, hanging=hanging, ragged=ragged)
        return Piece(kind, tuple(lines), size, lead, before, indent, hanging, key)

    @cached_property
    def body(self) -> list[Piece]:
        """The paper from the introduction to the last reference."""
        pieces: list[Piece] = []
        flush = True
        for block in re.split(r"\n\s*\n", self.text.strip()):
            text = " ".join(block.split())
            if text.startswith("#"):
                level, _, name = text.partition(" ")
                size, before = (11.2, 13.0) if level == "#" else (9.6, 9.0)
                if pieces and pieces[-1].kind == "heading":
                    before = 4.0
                pieces.append(self.piece("heading", name, size, size + 2.8, before, style="T", ragged=True))
                flush = True
                continue
            flush = flush or text.startswith("**")
            indent = 0.0 if flush else 11.0
            pieces.append(self.piece("body", text, BODY, LEAD, 3.5 if flush else 0.0, indent=indent))
            flush = False
        pieces.append(self.piece("body", self.front["closing"], SMALL, SMALL_LEAD, 10.0))
        pieces.append(self.piece("heading", "References", 11.2, 14.0, 13.0, style="T"))
        for key, entry in self.references.items():
            text = printed(key, entry)
            pieces.append(self.piece("entry", text, SMALL, SMALL_LEAD, 3.2, hanging=11.0, key=key))
        return pieces


# --- what stands outside the columns ----------------------------------------------------------------


def write(sheet: Sheet, piece: Piece, x: float, y: float, first: int = 0, last: int | None = None) -> float:
    """Writes lines ``first`` to ``last`` (exclusive) of a piece from ``y`` down; gives the new y."""
    for n, line in enumerate(piece.lines[first:last], start=first):
        sheet.line(line, x + (piece.hanging if n else piece.indent), y + piece.size * 0.80, piece.size)
        y += piece.lead
    return y


def write_front(sheet: Sheet, setter: Setter) -> float:
    """Journal line, title, author, abstract and keywords across both columns; gives the y where the columns start."""
    front = setter.front
    sheet.text(front["journal"], LEFT, 44, 8.4, "I", GREY)
    sheet.text("Survey · CC BY 4.0", RIGHT, 44, 8.4, "I", GREY, align=1)
    sheet.rule(LEFT, 50, RIGHT, 50, 0.8)
    y = 84.0
    title, _, rest = front["title"].partition(": ")
    lines = setter.piece("title", rest, 18.5, 23, width=400, style="B", ragged=True).lines
    for part in (f"{title}:", *(" ".join("".join(f.text for f in w) for w in line.words) for line in lines)):
        sheet.text(part, WIDTH / 2, y, 18.5, "B", align=0.5)
        y += 22.5
    sheet.text(front["author"], WIDTH / 2, y + 4, 11, align=0.5)
    y += 24
    inset = LEFT + 34
    sheet.text("Abstract", WIDTH / 2, y + 8, 9.6, "T", align=0.5)
    y += 14
    for text in (front["abstract"], f"**Keywords:** {front['keywords']}"):
        y = write(sheet, setter.piece("abstract", text, 9.3, 11.5, width=WIDTH - 2 * inset), inset, y) + 4
    sheet.rule(LEFT, y + 4, RIGHT, y + 4, 0.5)
    return y + 16


def write_footnote(sheet: Sheet, setter: Setter) -> float:
    """The note at the foot of the first column; gives the y where the column must end."""
    note = setter.piece("footnote", setter.front["note"], 7.6, 9.2)
    y = BOTTOM - len(note.lines) * note.lead
    sheet.rule(LEFT, y - 4, LEFT + 70, y - 4, 0.4)
    write(sheet, note, LEFT, y)
    return y - 9


def write_heads(sheet: Sheet, number: int, front: Mapping[str, Any]) -> None:
    """Running header from the second page on, page number on all."""
    if number > 1:
        left, right = (front["running"], front["journal"]) if number % 2 else (front["journal"], front["running"])
        sheet.text(left, LEFT, 44, 8.4, "I", GREY)
        sheet.text(right, RIGHT, 44, 8.4, "I", GREY, align=1)
        sheet.rule(LEFT, 50, RIGHT, 50, 0.4, GREY)
    sheet.text(str(number), WIDTH / 2, 808, 8.8, align=0.5)


def write_table(sheet: Sheet, setter: Setter) -> float:
    """Table 1 across both columns at the top of the page; gives the y below it."""
    wide = RIGHT - LEFT
    caption = setter.piece("caption", setter.front["table_1"], CAPTION, CAPTION_LEAD, width=wide)
    y = write(sheet, caption, LEFT, TOP) + 4
    sheet.rule(LEFT, y, RIGHT, y, 0.9)
    y += 4
    for n, row in enumerate(setter.front["table"]):
        tallest = 0
        for c, text in enumerate(row):
            room = (TABLE_EDGES[c + 1] - TABLE_EDGES[c]) * wide - 5
            style = "R" if n else "B"
            cell = setter.piece("cell", text, SMALL, 9.9, width=room, ragged=True, style=style)
            write(sheet, cell, LEFT + TABLE_EDGES[c] * wide, y)
            tallest = max(tallest, len(cell.lines))
        y += tallest * 9.9 + 3
        if n == 0:
            sheet.rule(LEFT, y - 1, RIGHT, y - 1, 0.5)
            y += 3
    sheet.rule(LEFT, y - 1, RIGHT, y - 1, 0.9)
    return y + 12


def write_figure(sheet: Sheet, setter: Setter, number: int, x: float) -> float:
    """A figure at the top of a column with its caption; gives the y below it."""
    y = (draw_places if number == 1 else draw_bars)(sheet, setter, x, TOP)
    caption = setter.piece("caption", setter.front[f"figure_{number}"], CAPTION, CAPTION_LEAD)
    return write(sheet, caption, x, y + 8) + 10


def draw_places(sheet: Sheet, setter: Setter, x: float, y: float) -> float:
    """Figure 1: question → passages → draft → answer, and the three places of attribution below the arrows."""
    paper, blue = (0.965, 0.965, 0.955), (0.88, 0.915, 0.96)
    tall, wide, half = 24.0, 45.0, 37.5
    step = (COLUMN - wide) / 3
    for n, name in enumerate(("question", "passages", "draft", "answer")):
        left = x + n * step
        sheet.box(left, y, left + wide, y + tall, paper)
        sheet.text(name, left + wide / 2, y + tall / 2 + 3, 8.4, "S", align=0.5)
        if n < 3:
            tip, middle = left + step - 1.5, y + tall / 2
            sheet.rule(left + wide, middle, tip, middle, 0.7)
            for dy in (-2.4, 2.4):
                sheet.rule(tip - 4, middle + dy, tip, middle, 0.7)
    notes = (("before", "retrieve, then read"), ("during", "quote while writing"), ("after", "research and revise"))
    top = y + tall + 14
    for n, (place, what) in enumerate(notes):
        arrow = x + n * step + (step + wide) / 2
        sheet.rule(arrow, y + tall / 2 + 4, arrow, top, 0.5, GREY)
        centre = x + half + n * (COLUMN - 2 * half) / 2
        sheet.box(centre - half, top, centre + half, top + 38, blue)
        sheet.text(place, centre, top + 11.5, 8.4, "T", align=0.5)
        sheet.text(what, centre, top + 22.5, 7.6, "S", align=0.5)
        sheet.text(f"Section {n + 4}", centre, top + 33, 7.4, "S", GREY, align=0.5)
    return top + 38


def draw_bars(sheet: Sheet, setter: Setter, x: float, y: float) -> float:
    """Figure 2: one horizontal bar for each reported share, with its value."""
    left, right = x + 136.0, x + COLUMN - 24.0
    top = y
    bars = setter.front["bars"]
    for mark in (0, 50, 100):
        at = left + (right - left) * mark / 100
        sheet.rule(at, top, at, top + 15.0 * len(bars) + 2, 0.3, (0.8, 0.8, 0.8))
        sheet.text(str(mark), at, top + 15.0 * len(bars) + 11, 7.2, "S", GREY, align=0.5)
    for n, (name, value) in enumerate(bars):
        base = top + 3 + 15.0 * n
        end = left + (right - left) * value / 100
        sheet.text(name, left - 5, base + 8, 7.6, "S", align=1)
        sheet.box(left, base, end, base + 10, (0.45, 0.56, 0.71), (0.45, 0.56, 0.71))
        sheet.text(f"{value:g}", end + 3, base + 8, 7.4, "S")
    return top + 15.0 * len(bars) + 12


# --- columns ----------------------------------------------------------------------------------------


class Press:
    """Pours pieces into columns, opening pages as it needs them.

    ``last_bottom`` is where the columns of page ``last_page`` end: the way to balance them.
    """

    def __init__(self, setter: Setter, last_page: int = 0, last_bottom: float = BOTTOM) -> None:
        self.setter = setter
        self.last_page, self.last_bottom = last_page, last_bottom
        self.layout = Layout()
        self.column = 1
        self.top = self.y = TOP
        self.end = BOTTOM
        self.fresh = True
        self.next_column()

    @property
    def x(self) -> float:
        """The left edge of the column."""
        return LEFT + self.column * (COLUMN + GUTTER)

    def next_column(self) -> None:
        """Goes to the next column; writes what stands at its top or foot."""
        sheets, setter = self.layout.sheets, self.setter
        self.column = 1 - self.column
        if self.column == 0:
            sheets.append(Sheet(WIDTH, HEIGHT, setter.faces))
            write_heads(sheets[-1], len(sheets), setter.front)
            self.top = TOP
            if len(sheets) == 1:
                self.top = write_front(sheets[0], setter)
            elif len(sheets) == TABLE_PAGE:
                self.top = write_table(sheets[-1], setter)
        page = len(sheets)
        self.y, self.fresh = self.top, True
        self.end = self.last_bottom if page == self.last_page else BOTTOM
        if page == 1 and self.column == 0:
            self.end = write_footnote(sheets[0], setter)
        if (page, self.column) in FIGURES:
            self.y = write_figure(sheets[-1], setter, FIGURES[page, self.column], self.x)

    def room(self, size: float, lead: float, before: float = 0.0) -> int:
        """How many lines still fit."""
        return max(int((self.end - self.y - before + lead - size + 0.1) // lead), 0)

    def pour(self, pieces: list[Piece]) -> Layout:
        """Writes all pieces; headings stay with two lines of what follows, no line stands alone."""
        for n, piece in enumerate(pieces):
            if piece.kind == "heading" and self.y + self.height_of_heading(pieces, n) > self.end + 0.1:
                self.next_column()
            before = 0.0 if self.fresh else piece.before
            done, total = 0, len(piece.lines)
            while done < total:
                left = total - done
                take = min(self.room(piece.size, piece.lead, 0.0 if done else before), left)
                if take and left - take == 1:
                    take -= 1  # no last line alone at the top of a column
                if not done and take == 1 and left > 1:
                    take = 0  # no first line alone at the foot of a column
                if not take:
                    self.next_column()
                    before = 0.0
                    continue
                self.y += 0.0 if done else before
                if piece.kind == "heading" and not done:
                    name = " ".join("".join(f.text for f in word) for line in piece.lines for word in line.words)
                    self.layout.outline.append((1 if piece.size > 10 else 2, name, len(self.layout.sheets)))
                if piece.key and not done:
                    self.layout.places[piece.key] = (len(self.layout.sheets), self.x, self.y)
                self.y = write(self.layout.sheets[-1], piece, self.x, self.y, done, done + take)
                self.fresh = False
                done += take
        return self.layout

    def height_of_heading(self, pieces: list[Piece], n: int) -> float:
        """The height of the heading at ``n``, of headings right after it, and of two lines of text."""
        height = -pieces[n].before if self.fresh else 0.0
        for piece in pieces[n:]:
            height += piece.before
            if piece.kind != "heading":
                return height + 2 * piece.lead
            height += piece.lead * len(piece.lines)
        return height


def lay_out(setter: Setter) -> Layout:
    """The whole paper; the columns of the last page end at the same height (the smallest that holds them)."""
    layout = Press(setter).pour(setter.body)
    pages = len(layout.sheets)
    low, high = int(TOP) + 40, int(BOTTOM)
    while low < high:
        middle = (low + high) // 2
        tried = Press(setter, pages, float(middle)).pour(setter.body)
        if len(tried.sheets) == pages:
            layout, high = tried, middle
        else:
            low = middle + 1
    return layout
