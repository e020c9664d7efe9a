"""Title pages of works that nobody wrote, as PDFs whose lines are known: covers of theses and reports, pages of articles.

The kinds that real pages in a folder never suffice for: subtitles, degrees above and below the title, capitals of one size, series and
organisations, supervisors, labels in many languages.  Titles and names are those of ``models/training/entries``.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pymupdf

OTHER, TITLE, AUTHOR = 0, 1, 2
WORDS = Path(__file__).with_name("covers.toml")
WIDTH, HEIGHT = 595, 842
_FONTS = (("tiro", "tibo"), ("helv", "hebo"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page that is drawn: its words, its class, its type; ``gap`` is the space above it in lines."""

    text: str
    label: int = OTHER
    size: float = 12.0
    bold: bool = False
    gap: float = 0.5


@cache
def words() -> dict[str, dict[str, Any]]:
    """What covers say, by language."""
    return tomllib.loads(WORDS.read_text("utf-8"))


def broken(rng: random.Random, text: str, most: int) -> list[str]:
    """A text in lines of up to ``most`` characters, of about one length."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < most:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def title_lines(rng: random.Random, title: str, subtitle: str, size: float, same: bool) -> list[Line]:
    """A title over its lines, and its subtitle: in the same type, or in smaller or lighter one."""
    bold, upper = rng.random() < 0.55, rng.random() < 0.2
    most = rng.randint(26, 60)
    shown = title.upper() if upper else title
    made = [Line(text, TITLE, size, bold, 0.3) for text in broken(rng, shown, most)]
    if not subtitle:
        return made
    if same:
        return [*made, *(Line(text, TITLE, size, bold, 0.3) for text in broken(rng, subtitle, most))]
    smaller = size * rng.uniform(0.55, 0.95)
    gap = rng.choice((0.3, 0.6, 1.0, 1.5))
    rest = broken(rng, subtitle, rng.randint(30, 64))
    light = bold and rng.random() < 0.4
    return [*made, *(Line(text, TITLE, smaller, light, gap if n == 0 else 0.3) for n, text in enumerate(rest))]


def cover(rng: random.Random, language: str, title: str, subtitle: str, people: Sequence[str]) -> list[Line]:
    """The cover of a thesis or a report, from the top."""
    say = words()[language]
    flat = rng.random() < 0.25  # all in one size, as typing offices want it
    size = 12.0 if flat else rng.choice((14, 16, 17, 18, 20, 22, 24, 26))
    small = 12.0 if flat else rng.choice((10, 11, 12, 12, 13, 14))
    capitals = flat and rng.random() < 0.7

    def plain(key: str, count: int = 1, gap: float = 0.6, larger: float = 1.0) -> list[Line]:
        chosen = rng.sample(say[key], min(count, len(say[key])))
        lines = [part for one in chosen for part in one.split("|")]
        bold = rng.random() < 0.25
        return [Line(one, OTHER, small * larger, bold, gap) for one in lines]

    school = plain("schools", 1, 0.6, rng.choice((1, 1, 1.3))) + plain("faculties", rng.randint(0, 2))
    degree = plain("degrees", 1, rng.uniform(1, 4), rng.choice((1, 1, 1.3, 1.6)))
    within = plain("subjects", rng.randint(0, 1))
    the_title = title_lines(rng, title, subtitle, size, same=flat or rng.random() < 0.2)
    the_title[0] = Line(the_title[0].text, TITLE, the_title[0].size, the_title[0].bold, rng.uniform(2, 6))
    name_size = small if flat else small * rng.choice((1, 1, 1.2, 1.4))
    lead = rng.choice(say["leads"])
    shown = [one.upper() if rng.random() < 0.1 else one for one in people]
    if lead.endswith((":", "：")) and rng.random() < 0.8:
        author = [Line(f"{lead} {', '.join(shown)}", AUTHOR, name_size, False, rng.uniform(1, 4))]
    else:
        first = [Line(lead, OTHER, small, False, rng.uniform(1, 4))] if rng.random() < 0.6 else []
        bold = rng.random() < 0.3
        author = first + [
            Line(one, AUTHOR, name_size, bold, 0.6 if first or n else rng.uniform(1, 4)) for n, one in enumerate(shown)
        ]
    tutors = [
        Line(
            f"{rng.choice(say['tutors'])} {rng.choice(say['tutor_titles'])}{other_name(rng, language)}".strip(),
            OTHER,
            small,
            False,
            0.5,
        )
        for _ in range(rng.randint(0, 3))
    ]
    date = [
        Line(
            rng.choice(say["dates"]).replace("Y", str(rng.randint(1990, 2026))), OTHER, small, False, rng.uniform(1, 4)
        )
    ]
    orders = (
        [school, degree + within, the_title, author, tutors, date],
        [school, the_title, degree + within, author, tutors, date],
        [school, the_title, author, degree + within, tutors, date],
        [degree + within, the_title, author, school, tutors, date],
        [the_title, author, degree + within, school, date],
        [the_title, degree + within, author, tutors, school, date],
        [author, the_title, degree + within, school, date],
        [school, author, the_title, degree + within, tutors, date],
    )
    lines = [line for part in rng.choices(orders, (4, 4, 4, 3, 3, 2, 1, 1))[0] for line in part]
    return (
        [Line(line.text.upper(), line.label, line.size, line.bold, line.gap) for line in lines] if capitals else lines
    )


def report(rng: random.Random, language: str, title: str, subtitle: str, people: Sequence[str]) -> list[Line]:
    """The cover of a working paper or of a report of an organisation."""
    say = words()[language]
    size, small = rng.choice((18, 20, 24, 28)), rng.choice((10, 11, 12, 14))
    series = [
        Line(
            rng.choice(say["series"]).replace("N", str(rng.randint(1, 300))),
            OTHER,
            small * rng.choice((1, 1.3, 1.6)),
            rng.random() < 0.5,
            rng.uniform(0.5, 4),
        )
    ]
    house = [
        Line(part, OTHER, small * rng.choice((1, 1.4)), rng.random() < 0.4, 0.6)
        for part in rng.choice(say["houses"]).split("|")
    ]
    date = [
        Line(
            rng.choice(say["dates"]).replace("Y", str(rng.randint(1990, 2026))),
            OTHER,
            small,
            False,
            rng.uniform(0.6, 4),
        )
    ]
    named = (
        [Line(", ".join(people), AUTHOR, small, False, rng.uniform(1, 3))]
        if rng.random() < 0.5
        else [Line(one, AUTHOR, small, False, 0.6) for one in people]
    )
    the_title = title_lines(rng, title, subtitle, size, same=rng.random() < 0.2)
    the_title[0] = Line(the_title[0].text, TITLE, size, the_title[0].bold, rng.uniform(2, 5))
    parts = [house, series, the_title, named, date]
    if rng.random() < 0.5:
        parts = [series, the_title, named, date, house]
    return [line for part in parts for line in part]


def article(rng: random.Random, language: str, title: str, subtitle: str, people: Sequence[str]) -> list[Line]:
    """The first page of an article: names, where they work, an abstract."""
    say = words()[language]
    size = rng.choice((14, 15, 16, 17, 18, 20))
    the_title = title_lines(rng, title, subtitle, size, same=rng.random() < 0.4)
    head = (
        [Line(rng.choice(say["series"]).replace("N", str(rng.randint(1, 300))), OTHER, 9, False, 0.3)]
        if rng.random() < 0.5
        else []
    )
    named: list[Line] = []
    if rng.random() < 0.45:
        row = ", ".join(one + rng.choice(("", "1", "*", "a")) for one in people)
        named = [Line(text, AUTHOR, 11, False, 1.0 if n == 0 else 0.2) for n, text in enumerate(broken(rng, row, 90))]
        named += [Line(text, OTHER, 9, False, 0.4) for text in place_of(rng, language)]
    else:
        for one in people[:4]:
            named += [
                Line(one, AUTHOR, 11, rng.random() < 0.1, 0.8),
                *(Line(text, OTHER, 10, False, 0.1) for text in place_of(rng, language)),
            ]
    date = (
        [Line(rng.choice(say["dates"]).replace("Y", str(rng.randint(1990, 2026))), OTHER, 10, False, 0.8)]
        if rng.random() < 0.3
        else []
    )
    opens = [Line(rng.choice(say["abstracts"]), OTHER, 10, rng.random() < 0.7, 1.2)]
    return [*head, *the_title, *named, *date, *opens]


def place_of(rng: random.Random, language: str) -> list[str]:
    """Where somebody works, over a few lines."""
    say = words()[language]
    lines = [rng.choice(say["faculties"]), rng.choice(say["schools"]), rng.choice(say["towns"])]
    if rng.random() < 0.4:
        lines.append(
            f"{rng.choice('abcdemnprs')}{rng.choice(('smith', 'lee', 'mueller', 'xyz'))}@{rng.choice(('uni', 'cs', 'mail'))}.edu"
        )
    return lines[rng.randint(0, 1) :]


def other_name(rng: random.Random, language: str) -> str:
    from people import person

    one = person(rng, language)
    return f"{one['given']} {one['family']}".strip()


def drawn(rng: random.Random, lines: Sequence[Line], running: Sequence[str]) -> tuple[bytes, list[tuple[float, Line]]]:
    """A PDF of such a page and one of running text, and where each line stands: its height and the line."""
    paper = pymupdf.open()
    page = paper.new_page(width=WIDTH, height=HEIGHT)
    regular, strong = rng.choice(_FONTS)
    side = rng.choices(("middle", "left", "right"), (7, 3, 1))[0]
    margin = rng.uniform(50, 110)
    wanted = sum(line.size * (1.15 + line.gap) for line in lines)
    stretch = min(1.6, (HEIGHT - 130) / wanted)
    y, placed = rng.uniform(40, 90), []
    for line in lines:
        font = strong if line.bold else regular
        size = min(
            line.size, line.size * (WIDTH - 2 * 40) / max(1.0, pymupdf.get_text_length(line.text, font, line.size))
        )
        wide = pymupdf.get_text_length(line.text, font, size)
        y += size * (1.15 + line.gap * stretch)
        x = {"middle": (WIDTH - wide) / 2, "left": min(margin, WIDTH - wide - 30), "right": WIDTH - margin - wide}[side]
        page.insert_text((max(20, x), y), line.text, fontname=font, fontsize=size)
        placed.append((y - size / 3, line))
    shown = page if y < HEIGHT / 2 else paper.new_page(width=WIDTH, height=HEIGHT)
    below = y + 14 if shown is page else 80
    for text in running:
        if below > HEIGHT - 60:
            break
        shown.insert_text((70, below), text, fontname=regular, fontsize=10)
        below += 12.5
    data: bytes = paper.tobytes()
    paper.close()
    return data, placed
