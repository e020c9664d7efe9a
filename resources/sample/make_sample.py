"""Makes the sample project: ``paper.pdf``, ``table-zh.png`` and ``table-en.png``.

    python make_sample.py            writes the three files beside this script
    python make_sample.py --check    says whether the three files are what it would write

The paper's text stands in ``paper.md``, its reference list in
``references.toml``, the places to cut long words in ``hyphens.txt``.  Nothing
depends on the clock or on installed fonts: two runs give the same bytes.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pymupdf

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from tables import draw_table  # noqa: E402
from typeset import FONTS, GREY, INK, Faces, Line, Sheet, break_lines, fragments_of, words_of  # noqa: E402

TITLE = "Saying Where It Stands: A Short Survey of Attribution and Citation in Language-Model Answers"
AUTHOR = "The CiteGrid Authors"
YEAR = "2026"
JOURNAL = "CiteGrid Sample Papers 1 (2026)"
RUNNING = "Attribution and Citation in Language-Model Answers"
ABSTRACT = (
    "Language models answer fluently, but a reader can seldom see where an answer comes from. This paper surveys 32 works on "
    "attribution: the practice of naming, for each statement, a source that supports it. We order the works by the place at which "
    "attribution enters the process, namely before generation through retrieval, during generation through learned quotation and "
    "citation, and after generation through research and revision, and we compare the human and automatic measures by which it is "
    "judged. The figures the works report agree on one point: where support has been checked with care, about half of the generated "
    "sentences are completely supported by what they cite. Verbatim quotation and abstention narrow the gap; no system closes it. We "
    "close with four open questions: numbers, statements about the wrong work, statements that rest on several sources, and evidence that "
    "is lost in long prompts."
)
KEYWORDS = "attribution, citation, retrieval-augmented generation, hallucination, evaluation, question answering"
NOTE = (
    "Written as the sample of the CiteGrid project, which fills a table about the literature of a paper. Licence of text and figures: "
    "Creative Commons Attribution 4.0 International (CC BY 4.0)."
)
ACKNOWLEDGEMENT = "**Data and licence.** The text, the reference list and the script that typeset this paper are part of the CiteGrid sources."

WIDTH, HEIGHT = 595.28, 841.89
LEFT, TOP, BOTTOM, GUTTER = 49.0, 66.0, 784.0, 19.0
COLUMN = (WIDTH - 2 * LEFT - GUTTER) / 2
BODY, LEAD = 9.7, 11.9
SMALL, SMALL_LEAD = 8.3, 10.1

TABLE_CAPTION = (
    "**Table 1.** The approaches compared. *Unit* is what a source is attached to; *shown* says whether the reader is led to the words that "
    "support the answer. Figures are those of the original works."
)
TABLE = [
    ("Work", "Place of attribution", "Unit", "Shown", "Training", "Evaluation and main figure"),
    ("REALM [@guu2020]", "before generation", "answer", "no", "joint", "4–16 points over earlier open-domain systems"),
    ("RAG [@lewis2020]", "before generation", "answer", "no", "joint", "44.5 exact match on Natural Questions"),
    ("FiD [@izacard2021]", "before generation", "answer", "no", "reader", "51.4 exact match on Natural Questions"),
    (
        "RETRO [@borgeaud2022]",
        "before generation",
        "chunk",
        "no",
        "whole model",
        "GPT-3 quality on the Pile, 25 times fewer parameters",
    ),
    (
        "Self-RAG [@asai2024]",
        "before and during",
        "sentence",
        "passage",
        "fine-tuning",
        "ahead of ChatGPT on six tasks",
    ),
    (
        "WebGPT [@nakano2021]",
        "during generation",
        "answer",
        "quotes",
        "human feedback",
        "56% preferred to human answers on ELI5",
    ),
    (
        "GopherCite [@menick2022]",
        "during generation",
        "answer",
        "verbatim quote",
        "human feedback",
        "80% supported on Natural Questions",
    ),
    (
        "ALCE [@gao2023b]",
        "during generation",
        "sentence",
        "passages",
        "none (benchmark)",
        "half lack complete support on ELI5",
    ),
    (
        "RARR [@gao2023a]",
        "after generation",
        "claim",
        "web snippets",
        "none (prompts)",
        "attribution up, text preserved",
    ),
]
TABLE_EDGES = (0.0, 0.205, 0.345, 0.42, 0.525, 0.665, 1.0)
FIGURE_CAPTION = "**Figure 1.** Three places at which attribution can enter the way from a question to an answer, with the sections that treat them."


# --- what the paper is made of ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading or entry, already broken into lines."""

    kind: str
    lines: tuple[Line, ...]
    size: float
    lead: float
    before: float
    indent: float = 0.0
    hanging: float = 0.0
    key: str = ""


def load_references() -> dict[str, dict[str, object]]:
    """The reference list by key, in the order in which it is printed."""
    return tomllib.loads((HERE / "references.toml").read_text("utf-8"))


def label_of(key: str, entry: dict[str, object]) -> tuple[str, str]:
    """How the text cites an entry: ("Gao et al.", "2023a")."""
    families = [str(name).split(",")[0] for name in entry["authors"]]  # type: ignore[attr-defined]
    authors = (
        families[0] if len(families) == 1 else " and ".join(families) if len(families) == 2 else f"{families[0]} et al."
    )
    return authors, f"{entry['year']}{key[-1] if key[-1].isalpha() else ''}"


def printed(key: str, entry: dict[str, object]) -> str:
    """An entry as the reference list prints it: authors, year, title, venue."""
    names = [str(name) for name in entry["authors"]]  # type: ignore[attr-defined]
    shown = []
    for n, name in enumerate(names):
        family, _, given = name.partition(", ")
        shown.append(f"{given} {family}" if n and given else f"{family}, {given}" if given else family)
    authors = (
        shown[0]
        if len(shown) == 1
        else ", ".join(shown[:-1]) + (", " if shown[-1] == "et al." else ", and ") + shown[-1]
    )
    title = str(entry["title"])
    title += "" if title.endswith("?") else "."
    return f"{authors.rstrip('.')}. {label_of(key, entry)[1]}. {title} {entry['venue']}"


def load_hyphens() -> dict[str, tuple[int, ...]]:
    """Long words and where they may be cut, from lines like ``attri-bu-tion``."""
    hyphens = {}
    for word in (HERE / "hyphens.txt").read_text("utf-8").split():
        cuts = [m.start() for m in re.finditer("-", word)]
        hyphens[word.replace("-", "")] = tuple(at - n for n, at in enumerate(cuts))
    return hyphens


class Setter:
    """Breaks text into pieces for a column."""

    def __init__(self) -> None:
        self.faces = Faces()
        self.hyphens = load_hyphens()
        self.references = load_references()
        self.labels = {key: label_of(key, entry) for key, entry in self.references.items()}

    def piece(
        self,
        kind: str,
        text: str,
        size: float,
        lead: float,
        before: float,
        *,
        width: float = COLUMN,
        style: str = "R",
        indent: float = 0.0,
        hanging: float = 0.0,
        ragged: bool = False,
        key: str = "",
    ) -> Piece:
        """One paragraph of marked-up text as lines."""
        words = words_of(fragments_of(text, self.labels, style))
        hyphens = {} if ragged else self.hyphens
        lines = break_lines(words, self.faces, size, width, hyphens, indent, hanging, ragged)
        return Piece(kind, tuple(lines), size, lead, before, indent, hanging, key)

    @cached_property
    def body(self) -> list[Piece]:
        """The paper from the introduction to the last reference."""
        pieces: list[Piece] = []
        after_heading = True
        for block in re.split(r"\n\s*\n", (HERE / "paper.md").read_text("utf-8").strip()):
            text = " ".join(block.split())
            if text.startswith("#"):
                level, _, name = text.partition(" ")
                size, before = (11.2, 13.0) if level == "#" else (9.6, 9.0)
                if pieces and pieces[-1].kind == "heading":
                    before = 5.0
                pieces.append(self.piece("heading", name, size, size + 2.6, before, style="T", ragged=True))
                after_heading = True
                continue
            run_in = text.startswith("**")
            pieces.append(
                self.piece(
                    "body",
                    text,
                    BODY,
                    LEAD,
                    4.0 if after_heading or run_in else 0.0,
                    indent=0.0 if after_heading or run_in else 11.0,
                )
            )
            after_heading = False
        pieces.append(self.piece("body", ACKNOWLEDGEMENT, SMALL, SMALL_LEAD, 10.0))
        pieces.append(self.piece("heading", "References", 11.2, 13.8, 13.0, style="T"))
        for key, entry in self.references.items():
            pieces.append(self.piece("entry", printed(key, entry), SMALL, SMALL_LEAD, 3.2, hanging=11.0, key=key))
        return pieces


# --- pages ------------------------------------------------------------------------------------------


def write_piece(sheet: Sheet, piece: Piece, lines: tuple[Line, ...], first: int, x: float, y: float) -> float:
    """Writes ``lines`` (``first`` is the number of the first of them in the piece) from ``y`` down; gives the new y."""
    for n, line in enumerate(lines, start=first):
        shift = piece.indent if n == 0 else piece.hanging
        sheet.line(line, x + shift, y + piece.size * 0.80, piece.size)
        y += piece.lead
    return y


def front(sheet: Sheet, setter: Setter) -> float:
    """Journal line, title, author, abstract and keywords across both columns; gives the y where the columns start."""
    sheet.text(JOURNAL, LEFT, 44, 8.4, "I", GREY)
    sheet.text("Survey · CC BY 4.0", WIDTH - LEFT, 44, 8.4, "I", GREY, align=1)
    sheet.rule(LEFT, 50, WIDTH - LEFT, 50, 0.8)
    y = 84.0
    title, _, subtitle = TITLE.partition(": ")
    for part in (
        title + ":",
        *[
            " ".join("".join(f.text for f in w) for w in line.words)
            for line in setter.piece("title", subtitle, 18.5, 23, 0, width=400, style="B", ragged=True).lines
        ],
    ):
        sheet.text(part, WIDTH / 2, y, 18.5, "B", align=0.5)
        y += 22.5
    sheet.text(AUTHOR, WIDTH / 2, y + 4, 11, align=0.5)
    y += 24
    inset = 34.0
    width = WIDTH - 2 * LEFT - 2 * inset
    sheet.text("Abstract", WIDTH / 2, y + 8, 9.6, "T", align=0.5)
    y = write_piece(
        sheet,
        abstract := setter.piece("abstract", ABSTRACT, 9.3, 11.5, 0, width=width),
        abstract.lines,
        0,
        LEFT + inset,
        y + 14,
    )
    keywords = setter.piece("abstract", f"**Keywords:** {KEYWORDS}", 9.3, 11.5, 0, width=width)
    y = write_piece(sheet, keywords, keywords.lines, 0, LEFT + inset, y + 4)
    sheet.rule(LEFT, y + 7, WIDTH - LEFT, y + 7, 0.5)
    return y + 10


def footnote(sheet: Sheet, setter: Setter) -> float:
    """The licence note at the foot of the first column; gives the y where the column must end."""
    note = setter.piece("footnote", NOTE, 7.6, 9.2, 0)
    y = BOTTOM - len(note.lines) * note.lead
    sheet.rule(LEFT, y - 4, LEFT + 70, y - 4, 0.4)
    write_piece(sheet, note, note.lines, 0, LEFT, y)
    return y - 9


def running_heads(sheet: Sheet, number: int) -> None:
    """Header from the second page on, page number on all."""
    if number > 1:
        left, right = (RUNNING, JOURNAL) if number % 2 else (JOURNAL, RUNNING)
        sheet.text(left, LEFT, 44, 8.4, "I", GREY)
        sheet.text(right, WIDTH - LEFT, 44, 8.4, "I", GREY, align=1)
        sheet.rule(LEFT, 50, WIDTH - LEFT, 50, 0.4, GREY)
    sheet.text(str(number), WIDTH / 2, 808, 8.8, align=0.5)


def table(sheet: Sheet, setter: Setter) -> float:
    """Table 1 across both columns at the top of the page; gives the y below it."""
    wide = WIDTH - 2 * LEFT
    caption = setter.piece("caption", TABLE_CAPTION, 8.6, 10.6, 0, width=wide)
    y = write_piece(sheet, caption, caption.lines, 0, LEFT, TOP) + 4
    sheet.rule(LEFT, y, LEFT + wide, y, 0.9)
    y += 3
    for n, row in enumerate(TABLE):
        cells = [
            setter.piece(
                "cell",
                cell,
                SMALL,
                9.9,
                0,
                width=(TABLE_EDGES[c + 1] - TABLE_EDGES[c]) * wide - 6,
                ragged=True,
                style="B" if n == 0 else "R",
            )
            for c, cell in enumerate(row)
        ]
        for c, cell in enumerate(cells):
            write_piece(sheet, cell, cell.lines, 0, LEFT + TABLE_EDGES[c] * wide, y)
        y += max(len(cell.lines) for cell in cells) * 9.9 + 2.6
        if n == 0:
            sheet.rule(LEFT, y - 1, LEFT + wide, y - 1, 0.5)
            y += 2
    sheet.rule(LEFT, y, LEFT + wide, y, 0.9)
    return y + 12


def figure(sheet: Sheet, setter: Setter, x: float) -> float:
    """Figure 1 at the top of a column; gives the y below it."""
    paper, blue = (0.965, 0.965, 0.955), (0.88, 0.915, 0.96)
    y, tall, wide = TOP, 24.0, 50.0
    step = (COLUMN - wide) / 3
    names = ["question", "passages", "draft", "answer"]
    notes = [
        ("before", "retrieve, then read", "Section 4"),
        ("during", "quote while writing", "Section 5"),
        ("after", "research and revise", "Section 6"),
    ]
    for n, name in enumerate(names):
        left = x + n * step
        sheet.box(left, y, left + wide, y + tall, paper)
        sheet.text(name, left + wide / 2, y + tall / 2 + 3, 8.6, "S", align=0.5)
        if n < 3:
            sheet.rule(left + wide, y + tall / 2, left + step - 2, y + tall / 2, 0.7)
            for dy in (-2.4, 2.4):
                sheet.rule(left + step - 5, y + tall / 2 + dy, left + step - 1, y + tall / 2, 0.7)
    for n, (place, what, where) in enumerate(notes):
        middle = x + n * step + (step + wide) / 2
        sheet.rule(middle, y + tall / 2 + 3, middle, y + tall + 16, 0.5, GREY)
        half = step / 2 + 6 if False else 38.5
        centre = min(max(middle, x + half), x + COLUMN - half)
        sheet.box(centre - half, y + tall + 16, centre + half, y + tall + 54, blue)
        sheet.text(place, centre, y + tall + 27, 8.4, "T", align=0.5)
        sheet.text(what, centre, y + tall + 38, 7.6, "S", align=0.5)
        sheet.text(where, centre, y + tall + 49, 7.6, "S", GREY, align=0.5)
    caption = setter.piece("caption", FIGURE_CAPTION, 8.6, 10.6, 0)
    return write_piece(sheet, caption, caption.lines, 0, x, y + tall + 62) + 10


TABLE_PAGE, FIGURE_PAGE = 4, 2


def lay_out(
    setter: Setter, last_page: int = 0, last_bottom: float = BOTTOM
) -> tuple[list[Sheet], dict[str, tuple[int, float, float]], float]:
    """Pours the pieces into columns.  Gives the pages, for each reference its (page, x, y), and how full the last column is.

    ``last_bottom`` is where the columns of page ``last_page`` end; it is used to balance them.
    """
    sheets: list[Sheet] = []
    places: dict[str, tuple[int, float, float]] = {}
    x, y, end, column = LEFT, TOP, BOTTOM, 1

    def next_column() -> None:
        nonlocal x, y, end, column
        column = 1 - column
        if column == 0:
            sheets.append(Sheet(WIDTH, HEIGHT, setter.faces))
            running_heads(sheets[-1], len(sheets))
            top = TOP
            if len(sheets) == 1:
                top = front(sheets[0], setter)
            elif len(sheets) == TABLE_PAGE:
                top = table(sheets[-1], setter)
            next_column.top = top  # type: ignore[attr-defined]
        x, y = LEFT + column * (COLUMN + GUTTER), next_column.top  # type: ignore[attr-defined]
        end = last_bottom if len(sheets) == last_page else BOTTOM
        if len(sheets) == 1 and column == 0:
            end = footnote(sheets[0], setter)
        if len(sheets) == FIGURE_PAGE and column == 1:
            y = figure(sheets[-1], setter, x)

    next_column()
    pieces = setter.body
    for n, piece in enumerate(pieces):
        follow = next((p for p in pieces[n + 1 :] if p.kind != "heading"), None)
        need = piece.lead * len(piece.lines) + piece.before if piece.kind == "heading" else 0.0
        if piece.kind == "heading" and follow:
            between = pieces[n + 1 : pieces.index(follow)]
            need += sum(p.lead * len(p.lines) + p.before for p in between) + follow.before + 2 * follow.lead
            if y + need > end + 0.1:
                next_column()
        fresh = y < TOP + 1 or y == next_column.top  # type: ignore[attr-defined]
        y += 0.0 if fresh else piece.before
        done = 0
        while done < len(piece.lines):
            fits = max(int((end - y + piece.lead - piece.size + 0.1) // piece.lead), 0)
            left = len(piece.lines) - done
            take = min(fits, left)
            if left - take == 1 and take:  # no last line alone at the top of a column
                take -= 1
            if done == 0 and take == 1 and left > 1:  # no first line alone at the foot of a column
                take = 0
            if take == 0:
                next_column()
                continue
            if done == 0 and piece.key:
                places[piece.key] = (len(sheets), x, y)
            y = write_piece(sheets[-1], piece, piece.lines[done : done + take], done, x, y)
            done += take
    return sheets, places, column


def build_paper() -> bytes:
    """The whole paper as a PDF file."""
    setter = Setter()
    sheets, places, _ = lay_out(setter)
    pages = len(sheets)
    # Balance the columns of the last page: the lowest end of column that still fits.
    bottom = BOTTOM
    for tried in range(int(TOP) + 40, int(BOTTOM), 2):
        sheets, places, _ = lay_out(setter, pages, float(tried))
        if len(sheets) == pages:
            bottom = float(tried)
            break
    sheets, places, _ = lay_out(setter, pages, bottom)
    return write_pdf(sheets, places, setter)


def write_pdf(sheets: list[Sheet], places: dict[str, tuple[int, float, float]], setter: Setter) -> bytes:
    """Puts pages, fonts, named destinations, citation links and outline into a file without clock or random ids."""
    doc = pymupdf.open()
    for _ in sheets:
        doc.new_page(width=WIDTH, height=HEIGHT)
    fonts = {style: doc[0].insert_font(fontname=style, fontbuffer=setter.faces.fonts[style].buffer) for style in FONTS}
    for page, sheet in zip(doc, sheets, strict=True):
        doc.xref_set_key(
            page.xref, "Resources", "<</Font<<" + "".join(f"/{s} {xref} 0 R" for s, xref in fonts.items()) + ">>>>"
        )
        content = doc.get_new_xref()
        doc.update_object(content, "<<>>")
        doc.update_stream(content, "\n".join(sheet.ops).encode("ascii"))
        doc.xref_set_key(page.xref, "Contents", f"{content} 0 R")
        notes = []
        for key, (x0, y0, x1, y1) in sheet.links:
            note = doc.get_new_xref()
            doc.update_object(
                note,
                f"<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[{x0:.2f} {HEIGHT - y1:.2f} {x1:.2f} {HEIGHT - y0:.2f}]"
                f"/A<</S/GoTo/D(cite.{key})>>>>",
            )
            notes.append(f"{note} 0 R")
        if notes:
            doc.xref_set_key(page.xref, "Annots", f"[{' '.join(notes)}]")
    names = "".join(
        f"(cite.{key})[{doc[number - 1].xref} 0 R/XYZ {x - 2:.2f} {HEIGHT - y + 2:.2f} null]"
        for key, (number, x, y) in sorted(places.items())
    )
    doc.xref_set_key(doc.pdf_catalog(), "Names", f"<</Dests<</Names[{names}]>>>>")
    doc.set_metadata(
        {
            "title": TITLE,
            "author": AUTHOR,
            "subject": "Sample paper, CC BY 4.0",
            "keywords": KEYWORDS,
            "creator": "make_sample.py",
            "producer": "",
            "creationDate": "",
            "modDate": "",
        }
    )
    doc.xref_set_key(doc.pdf_catalog(), "Lang", "(en-GB)")
    doc.subset_fonts()
    return bytes(doc.tobytes(garbage=4, deflate=True, deflate_fonts=True, no_new_id=True))


MAKERS: dict[str, Callable[[], bytes]] = {
    "paper.pdf": build_paper,
    "table-zh.png": lambda: draw_table("zh"),
    "table-en.png": lambda: draw_table("en"),
}


def main(arguments: list[str]) -> int:
    """Writes or checks the files; exit code 1 when a file is not what this script makes."""
    wrong = 0
    for name, make in MAKERS.items():
        made = make()
        path = HERE / name
        if "--check" not in arguments:
            path.write_bytes(made)
            print(f"{name}: {len(made)} bytes written")
        elif not path.exists() or path.read_bytes() != made:
            wrong += 1
            print(f"{name}: differs from what make_sample.py makes")
        else:
            print(f"{name}: as made")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
