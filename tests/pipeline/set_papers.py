"""Papers that are set for a test in a style of citing: what they cite is known from the start."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pymupdf

#: Family names that are hard to read: particles, hyphens, accents, apostrophes, two letters, two words.
FAMILIES = (  # noqa: SIM905
    "Smith|Müller|O’Brien|Garcia-Lopez|van der Berg|de Vries|Nguyen|Kowalski|Björnsson|Fernández|Ng|Li|Wang|Zhang|Al-Rashid|MacDonald|D’Angelo|Schäfer"
    "|El Ghaoui|Le Roux|Dal Pozzo|Ó Gráda|Yamamoto|Kim|Patel|Rossi|Dubois|Andersson|Novák|Horváth|Öztürk|Schmidt-Hieber|von Neumann"
).split("|")
WORDS = (  # noqa: SIM905
    "the share of measured values shows that observed differences in regions remain after correction for several environmental factors which were"
    " selected according to previous investigations and recommendations of international committees"
).split()
TITLES = "measurement estimation analysis modelling structure dynamics prediction evaluation regional robust networks climate forests markets".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Work:
    families: tuple[str, ...]
    initials: tuple[str, ...]
    year: int
    title: str
    number: int = 0


Cite = Callable[[random.Random, Sequence[Work]], tuple[str, Sequence[Work]]]


@dataclass(frozen=True, slots=True)
class Style:
    """``cite`` gives a citation of some works and which of them it names; ``entry`` an entry of the list."""

    cite: Cite
    entry: Callable[[Work], str]
    heading: str = "References"


def _names(work: Work, last: str, many: str = "et al.") -> str:
    one, *more = work.families
    return one if not more else f"{one}{last}{more[0]}" if len(more) == 1 else f"{one} {many}"


def _year(year: str, last: str, part: str = "; ", opening: str = "(", closing: str = ")") -> Cite:
    """``(Smith & Ng, 2020; Li et al., 2019)`` or ``Smith & Ng (2020)``; ``year`` is a pattern such as ``, {}``."""

    def cite(rnd: random.Random, works: Sequence[Work]) -> tuple[str, Sequence[Work]]:
        if rnd.random() < 0.3:
            return f"{_names(works[0], last)} ({works[0].year})", works[:1]
        return opening + part.join(_names(w, last) + year.format(w.year) for w in works) + closing, works

    return cite


def _numbers(part: str, opening: str, closing: str) -> Cite:
    return lambda rnd, works: (opening + part.join(str(n) for n in sorted(w.number for w in works)) + closing, works)


def _key(work: Work) -> str:
    last = [f.split()[-1] for f in work.families]
    letters = last[0][:3] if len(last) == 1 else "".join(f[0] for f in last[:3]) + "+" * (len(last) > 3)
    return f"{letters}{work.year % 100:02d}"


def _inverted(work: Work, part: str = ", ", last: str = ", ", mark: str = ", {}.") -> str:
    names = [f + mark.format(i) for f, i in zip(work.families, work.initials, strict=True)]
    return names[0] if len(names) == 1 else part.join(names[:-1]) + last + names[-1]


def _plain(work: Work) -> str:
    return ", ".join(f"{i}. {f}" for f, i in zip(work.families, work.initials, strict=True))


STYLES = {
    "Elsevier": Style(_year(", {}", " and "), lambda w: f"{_inverted(w)}, {w.year}. {w.title}. J. Things {w.number}, 12–34."),
    "Springer": Style(_year(" {}", " and "), lambda w: f"{_inverted(w, mark=' {}')} ({w.year}) {w.title}. J Things {w.number}:34–56"),
    "APA": Style(_year(", {}", " & ", opening="(e.g., "), lambda w: f"{_inverted(w, last=', & ')} ({w.year}). {w.title}. Journal of Things, {w.number}(2), 12–34."),
    "commas between works": Style(_year(", {}", " and ", part=", "), lambda w: f"{_inverted(w)} ({w.year}). {w.title}. Journal of Things {w.number}, 12–34."),
    "German, pages": Style(_year(" {}, S. 12 f.", "/", opening="(vgl. "), lambda w: f"{_inverted(w, part='; ', last='; ')} ({w.year}): {w.title}. Berlin: Verlag der Wissenschaften.", "Literaturverzeichnis"),
    "German, colon": Style(_year(" {}: 45", " und "), lambda w: f"{_inverted(w, part='; ', last='; ')} ({w.year}): {w.title}. Berlin: Verlag der Wissenschaften.", "Literatur"),
    "French": Style(_year(", {}", " et ", part=" ; ", opening="(cf. "), lambda w: f"{_inverted(w, last=' et ')} ({w.year}). {w.title}. Paris : Presses du Sud.", "Bibliographie"),
    "IEEE": Style(_numbers(", ", "[", "]"), lambda w: f"[{w.number}] {_plain(w)}, “{w.title},” J. Things, vol. 3, pp. 12–34, {w.year}."),
    "ACM": Style(_numbers(", ", "[", ", Sec. 3]"), lambda w: f"[{w.number}] {_plain(w)}. {w.year}. {w.title}. J. Things 3 (2), 12–34."),
    "Vancouver": Style(_numbers(",", "(", ")"), lambda w: f"{w.number}. {_inverted(w, mark=' {}')}. {w.title}. J Things. {w.year};12(3):12-34."),
    "keys": Style(lambda rnd, works: ("[" + ", ".join(map(_key, works)) + "]", works), lambda w: f"[{_key(w)}] {_plain(w)}. {w.title}. Journal of Things 3, {w.year}."),
}  # fmt: skip


def works(rnd: random.Random, count: int) -> list[Work]:
    """Works in the order of a list; no two have the same first author, so that none needs a letter."""
    firsts = sorted(rnd.sample(FAMILIES, count), key=str.casefold)
    years = rnd.sample(range(1985, 2024), count)
    made = []
    for n, (first, year) in enumerate(zip(firsts, years, strict=True), 1):
        more = rnd.sample([f for f in FAMILIES if f != first], rnd.choice([0, 1, 1, 2, 4]))
        title = " ".join(rnd.sample(TITLES, 6)).capitalize()
        initials = tuple(rnd.choice("ABCDEFGHJKLMNPRSTVW") for _ in range(1 + len(more)))
        made.append(Work((first, *more), initials, year, title, n))
    return made


def set_paper(path: Path, style: Style, seed: int, columns: int) -> tuple[list[Work], Counter[int]]:
    """Write a paper of four pages or so; the works of its list and how often each is cited, by number."""
    rnd = random.Random(seed)
    listed = works(rnd, 20)
    gold: Counter[int] = Counter()
    sentences = []
    for _ in range(70):
        words = [rnd.choice(WORDS) for _ in range(rnd.randint(10, 24))]
        words[0] = words[0].capitalize()
        if rnd.random() < 0.7:
            text, named = style.cite(rnd, rnd.sample(listed, rnd.choice([1, 1, 2, 3])))
            gold.update(w.number for w in named)
            words.append(text)
        sentences.append(" ".join(words) + ".")
    width = 240 if columns == 2 else 440
    font = pymupdf.Font("tiro")
    body = [(0, line) for line in _lines(rnd, font, " ".join(sentences), width)]
    entries = [
        (12 * (i > 0), line)
        for work in listed
        for i, line in enumerate(_lines(rnd, font, style.entry(work), width - 12))
    ]
    _draw(path, font, [*body, (0, ""), (0, style.heading), *entries], columns)
    return listed, gold


def _lines(rnd: random.Random, font: pymupdf.Font, text: str, width: float) -> list[str]:
    """Lines of ``width`` points; a long word is broken by a hyphen, or at its own."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        whole = f"{line} {word}".strip()
        if font.text_length(whole, 10) <= width:
            line = whole
            continue
        cuts = [c for c in range(len(word) - 3, 2, -1) if word.isalpha() and len(word) > 7 and rnd.random() < 0.7]
        cuts += [c + 1 for c in range(1, len(word) - 2) if word[c] == "-"]
        for cut in cuts:
            head = word[:cut] + ("" if word[cut - 1] == "-" else "-")
            if font.text_length(f"{line} {head}", 10) <= width:
                line, word = f"{line} {head}", word[cut:]
                break
        lines.append(line)
        line = word
    return [*lines, line]


def _draw(path: Path, font: pymupdf.Font, lines: Sequence[tuple[float, str]], columns: int) -> None:
    pdf = pymupdf.open()
    for column, start in enumerate(range(0, len(lines), 52)):
        if column % columns == 0:
            page = pdf.new_page(width=595, height=842)
            page.insert_font(fontname="F0", fontbuffer=font.buffer)
            page.insert_text((60, 40), f"A. Author et al. / Journal of Things {pdf.page_count}", fontsize=8)
            page.insert_text((290, 820), str(pdf.page_count), fontsize=9)
        for i, (indent, line) in enumerate(lines[start : start + 52]):
            at = (50 + 255 * (column % columns) + indent, 80 + 13.4 * i)
            page.insert_text(at, line, fontsize=10, fontname="F0")
    pdf.save(path)
    pdf.close()
