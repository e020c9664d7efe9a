"""Papers that cite in footnotes, set by HTML: the full reference at a work's first citation, a short form or "ibid." later.

Which work each mark of the text means is known, as in ``set_shapes``: a sentence holds a word that no other has.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path

import pymupdf
from tests.pipeline.set_shapes import WORDS, Shape, Work, tokens_of, works_of

#: The place in a work that a note names.
Place = int


@dataclass(frozen=True, slots=True)
class NoteShape:
    """How notes are numbered and what they print; ``entry`` prints a bibliography behind the text."""

    full: Callable[[Work, Place], str]
    short: Callable[[Work, Place, int], str]
    ibid: Callable[[Place], str]
    language: str = "en"
    lead: str = "See "
    remark: str = "This was said at the meeting of 1999 by a colleague who wants to stay unnamed."
    entry: Callable[[Work], str] | None = None
    heading: str = "Bibliography"
    mark: Callable[[int], str] = lambda n: f"<sup>{n}</sup>"
    label: Callable[[int], str] = lambda n: f"<sup>{n}</sup> "
    each_page: bool = False
    stop: str = "."
    between: str = "; "
    at_end: str = ""
    said: Callable[[str], str] = lambda cited: cited
    namesakes: bool = False


def circled(n: int) -> str:
    """``①`` to ``⑳``."""
    return chr(0x2460 + n - 1)


def set_notes(path: Path, shape: NoteShape, seed: int) -> tuple[list[Work], Counter[tuple[int, str]]]:
    """Write a paper of five pages; the works it cites in the order of their list, or of their first citation, and
    ``(number, word of the sentence)`` of each citation."""
    rnd = random.Random(seed)
    works = works_of(
        rnd, Shape(lambda r, w: ("", w), lambda w: "", language=shape.language, namesakes=shape.namesakes), 14
    )
    tokens = tokens_of(rnd)
    gold: Counter[tuple[int, str]] = Counter()
    first: dict[int, int] = {}  # number of a work → number of the note that cites it first
    pages: list[tuple[list[str], list[str]]] = []
    numbers = count(1)
    last: list[Work] = []
    for _ in range(5):
        if shape.each_page:
            numbers, last = count(1), []
        paragraphs: list[str] = []
        notes: list[str] = []
        for size in (5, 4, 4):
            sentences = []
            for _ in range(size):
                token = next(tokens)
                sentence = _sentence(rnd, shape, token)
                if rnd.random() < 0.62:
                    n = next(numbers)
                    note, last = _note(rnd, shape, works, first, last, n)
                    gold.update((w.number, token) for w in last)
                    notes.append(f'<p class="note">{shape.label(n)}{note}</p>')
                    sentence += shape.mark(n)
                sentences.append(sentence)
            paragraphs.append(("" if shape.language == "zh" else " ").join(sentences))
        pages.append((paragraphs, notes))
    listed = works if shape.entry else [next(w for w in works if w.number == n) for n in first]
    order = {w.number: i for i, w in enumerate(listed, 1)}
    behind = _bibliography(shape, listed)
    if shape.at_end:
        behind = f"<h2>{shape.at_end}</h2>" + "".join(note for _, notes in pages for note in notes) + behind
        pages = [(paragraphs, []) for paragraphs, _ in pages]
    _draw(path, pages, behind)
    return listed, Counter({(order[number], token): n for (number, token), n in gold.items()})


def _bibliography(shape: NoteShape, works: Sequence[Work]) -> str:
    if shape.entry is None:
        return ""
    entries = "".join(f'<p class="entry">{shape.entry(w)}</p>' for w in works)
    return f"<h2>{shape.heading}</h2>{entries}"


def _sentence(rnd: random.Random, shape: NoteShape, token: str) -> str:
    vocabulary = WORDS[shape.language].split()
    words = [rnd.choice(vocabulary) for _ in range(rnd.randint(9, 16))]
    words[0] = words[0].capitalize()
    chinese = shape.language == "zh"
    words.insert(2, f" {token} " if chinese else token)
    return "".join(words) + "。" if chinese else " ".join(words) + "."


def _note(
    rnd: random.Random, shape: NoteShape, works: list[Work], first: dict[int, int], last: list[Work], number: int
) -> tuple[str, list[Work]]:
    """The text of a note and the works it cites; a work's first note is noted in ``first``."""
    kind = rnd.random()
    if kind < 0.08:
        return shape.remark, []
    if kind < 0.25 and len(last) == 1:
        return shape.ibid(rnd.randint(3, 300)), last
    chosen = rnd.sample(works, 2 if kind > 0.88 else 1)
    texts = []
    for work in chosen:
        known = work.number in first
        place = rnd.randint(3, 300)
        texts.append(shape.short(work, place, first[work.number]) if known else shape.full(work, place))
        first.setdefault(work.number, number)
    ends = shape.stop if len(texts) > 1 else ""
    text = shape.between.join(t.removesuffix(ends) for t in texts) + ends
    return (shape.lead + text if kind > 0.8 else shape.said(text) if kind > 0.7 else text), chosen


def _draw(path: Path, pages: Sequence[tuple[Sequence[str], Sequence[str]]], bibliography: str) -> None:
    """Each page's notes stand at its foot, below a rule; the bibliography has pages of its own."""
    css = (
        "body {font-family: serif; font-size: 10px;} h1 {font-size: 16px;} h2 {font-size: 12px;} p {margin: 0 0 5px 0;}"
        " sup {font-size: 6.5px;} .note {font-size: 8px; margin: 0 0 1px 0;} .entry {margin-left: 16px; text-indent: -16px;}"
    )
    writer = pymupdf.DocumentWriter(str(path) + ".set")
    rules: list[float] = []
    for number, (paragraphs, notes) in enumerate(pages):
        head = "" if number else "<h1>On the history of many things</h1>"
        text = head + "".join(f"<p>{p}</p>" for p in paragraphs)
        top = 790.0
        if notes:
            foot = pymupdf.Story(html="".join(notes), user_css=css)
            _, filled = foot.place(pymupdf.Rect(60, 0, 535, 600))
            top -= filled[3]
            rules.append(top - 4)
        device = writer.begin_page(pymupdf.Rect(0, 0, 595, 842))
        for html, room in (
            (text, pymupdf.Rect(60, 70, 535, top - 8)),
            ("".join(notes), pymupdf.Rect(60, top, 535, 805)),
        ):
            story = pymupdf.Story(html=html, user_css=css)
            more, _ = story.place(room)
            if more:
                raise ValueError("this page is too full")
            story.draw(device)
        writer.end_page()
    story, more = pymupdf.Story(html=bibliography, user_css=css), bool(bibliography)
    while more:
        device = writer.begin_page(pymupdf.Rect(0, 0, 595, 842))
        more, _ = story.place(pymupdf.Rect(60, 70, 535, 780))
        story.draw(device)
        writer.end_page()
    writer.close()
    with pymupdf.open(str(path) + ".set") as pdf:
        for page in pdf:
            page.insert_text((60, 45), "Journal of Things 12 (2021)", fontsize=8)
            page.insert_text((290, 825), str(345 + page.number), fontsize=9)
            if page.number < len(rules):
                page.draw_line((60, rules[page.number]), (200, rules[page.number]), width=0.5)
        pdf.save(path)
    Path(str(path) + ".set").unlink()


# -- what notes print --------------------------------------------------------------------------------------------------

_GIVEN = {
    "A": "Anna", "B": "Bruno", "C": "Clara", "D": "David", "E": "Emil", "F": "Frida", "G": "Georg", "H": "Hannah", "J": "Jonas",
    "K": "Karl", "L": "Lena", "M": "Martin", "N": "Nora", "P": "Paul", "R": "Rosa", "S": "Stefan", "T": "Thea", "V": "Viktor", "W": "Wanda",
}  # fmt: skip


def names(work: Work, last: str, many: str = "", inverted: bool = False) -> str:
    """``Anna Smith, Bruno Ng and Clara Li``; from four on the first and ``many`` where given; the first as ``Smith, Anna``."""
    spelt = [f"{_GIVEN[g]} {f}" for f, g in work.people]
    if inverted:
        spelt[0] = f"{work.families[0]}, {_GIVEN[work.people[0][1]]}"
    if many and len(spelt) > 3:
        return escape(spelt[0]) + many
    return escape(spelt[0] if len(spelt) == 1 else ", ".join(spelt[:-1]) + last + spelt[-1])


def families(work: Work, last: str, many: str) -> str:
    """``Smith and Ng``, ``Smith et al.``"""
    found = work.families
    return escape(
        found[0] if len(found) == 1 else f"{found[0]}{last}{found[1]}" if len(found) == 2 else found[0] + many
    )


def headline(work: Work) -> str:
    """The title with capitals, as English books bear them."""
    return work.title.title()


def begun(text: str, words: int = 3) -> str:
    return " ".join(text.split()[:words])


NOTES: dict[str, NoteShape] = {
    "Chicago": NoteShape(
        lambda w, p: f"{names(w, ', and ', ' et al.')}, <i>{headline(w)}</i> (Cambridge: Things Press, {w.year}), {p}.",
        lambda w, p, n: f"{families(w, ' and ', ' et al.')}, <i>{begun(headline(w))}</i>, {p}.",
        lambda p: f"Ibid., {p}.",
    ),
    "Chicago, articles": NoteShape(
        lambda w, p: f"{names(w, ' and ', ' et al.')}, “{headline(w)},” <i>Journal of Things</i> {w.number + 3}, no. 2 ({w.year}): {p}–{p + 9}.",
        lambda w, p, n: f"{families(w, ' and ', ' et al.')}, “{begun(headline(w))},” {p}.",
        lambda p: f"Ibid., {p}.",
        label=lambda n: f"{n}. ",
    ),
    "Chicago with a bibliography": NoteShape(
        lambda w, p: f"{names(w, ' and ', ' et al.')}, <i>{headline(w)}</i> (Cambridge: Things Press, {w.year}), {p}.",
        lambda w, p, n: f"{families(w, ' and ', ' et al.')}, <i>{begun(headline(w))}</i>, {p}.",
        lambda p: f"Ibid., {p}.",
        entry=lambda w: f"{names(w, ', and ', inverted=True)}. <i>{headline(w)}</i>. Cambridge: Things Press, {w.year}.",
    ),
    "German": NoteShape(
        lambda w, p: f"{names(w, ' und ', ' u. a.')}, <i>{w.title}</i>, Berlin {w.year}, S. {p}.",
        lambda w, p, n: f"{families(w, ' und ', ' u. a.')}, {begun(w.title, 2)} (Anm. {n}), S. {p}.",
        lambda p: f"Ebd., S. {p}.",
        "de", "Vgl. ", "Dies wurde im Jahr 1999 auf einer Tagung gesagt, deren Akten nicht erschienen sind.",
    ),
    "law": NoteShape(
        lambda w, p: f"{names(w, ' &amp; '.replace('&amp;', '&'), ' et al.')}, <i>{headline(w)}</i>, {w.number + 30} THINGS L. REV. {p}, {p + 5} ({w.year}).",
        lambda w, p, n: f"{families(w, ' & ', ' et al.')}, <i>supra</i> note {n}, at {p}.",
        lambda p: f"<i>Id.</i> at {p}.",
    ),
    "endnotes": NoteShape(
        lambda w, p: f"{names(w, ' and ', ' et al.')}, <i>{headline(w)}</i> (Cambridge: Things Press, {w.year}), {p}.",
        lambda w, p, n: f"{families(w, ' and ', ' et al.')}, <i>{begun(headline(w))}</i>, {p}.",
        lambda p: f"Ibid., {p}.",
        label=lambda n: f"{n}. ", at_end="Notes",
    ),
    "endnotes and a bibliography": NoteShape(
        lambda w, p: f"{names(w, ' and ', ' et al.')}, <i>{headline(w)}</i> (Cambridge: Things Press, {w.year}), {p}.",
        lambda w, p, n: f"{families(w, ' and ', ' et al.')}, <i>{begun(headline(w))}</i>, {p}.",
        lambda p: f"Ibid., {p}.",
        label=lambda n: f"{n}. ", at_end="Notes", namesakes=True,
        entry=lambda w: f"{names(w, ', and ', inverted=True)}. <i>{headline(w)}</i>. Cambridge: Things Press, {w.year}.",
    ),
    "French": NoteShape(
        lambda w, p: f"{names(w, ' et ', ' <i>et al.</i>')}, <i>{w.title}</i>, Paris, Presses du Sud, {w.year}, p. {p}.",
        lambda w, p, n: f"{families(w, ' et ', ' et al.')}, <i>{begun(w.title)}</i>, <i>op. cit.</i>, p. {p}.",
        lambda p: f"<i>Ibid.</i>, p. {p}.",
        "fr", "Voir ", "Cela fut dit en 1999 lors d’une réunion dont les actes n’ont pas paru.", namesakes=True,
        said=lambda cited: f"L’expression est ancienne. Voir {cited}",
    ),
    "German, two works of an author": NoteShape(
        lambda w, p: f"{names(w, '/', ' u. a.')}: {w.title[:1].upper()}{w.title[1:]}, in: <i>{w.journal}</i> {w.number + 3} ({w.year}), S. {p}-{p + 9}.",
        lambda w, p, n: f"{families(w, '/', ' u. a.')}: {begun(w.title, 2)}, S. {p}.",
        lambda p: f"Ebenda, S. {p}.",
        "de", "Vgl. hierzu ", "Dies wurde im Jahr 1999 auf einer Tagung gesagt, deren Akten nicht erschienen sind.", namesakes=True,
    ),
    "OSCOLA": NoteShape(
        lambda w, p: f"{names(w, ' and ', ' and others')}, <i>{headline(w)}</i> (Things University Press {w.year}) {p}.",
        lambda w, p, n: f"{families(w, ' and ', ' and others')} (n {n}) {p}.",
        lambda p: f"ibid {p}.",
    ),
    "Chinese journals": NoteShape(
        lambda w, p: f"{'、'.join(w.families)}：《{w.title}》，载《地理学报》{w.year}年第3期，第{p}页。",
        lambda w, p, n: f"{'、'.join(w.families[:1])}：《{w.title}》，第{p}页。",
        lambda p: f"同上注，第{p}页。",
        "zh", "参见", "此事见于一九九九年的一次会议。", stop="。", label=lambda n: f"[{n}] ", mark=lambda n: f"<sup>[{n}]</sup>", between="；",
        said=lambda cited: f"对此学界尚有不同的看法，参见{cited}",
    ),
    "Chinese": NoteShape(
        lambda w, p: f"{'、'.join(w.families)}：《{w.title}》，北京：三联书店，{w.year}年，第{p}页。",
        lambda w, p, n: f"{'、'.join(w.families)}：《{w.title}》，第{p}页。",
        lambda p: f"同上，第{p}页。",
        "zh", "参见", "此事见于一九九九年的一次会议。", each_page=True, stop="。",
        mark=lambda n: f"<sup>{circled(n)}</sup>", label=lambda n: f"{circled(n)} ", between="；",
    ),
    "Chinese, GB/T 7714": NoteShape(
        lambda w, p: f"{'，'.join(w.families)}. {w.title}[M]. 北京: 三联书店, {w.year}: {p}.",
        lambda w, p, n: f"{'，'.join(w.families)}. {w.title}[M]. 北京: 三联书店, {w.year}: {p}.",
        lambda p: f"同上, 第{p}页.",
        "zh", "参见", "此事见于一九九九年的一次会议。", each_page=True,
        mark=lambda n: f"<sup>{circled(n)}</sup>", label=lambda n: f"{circled(n)}",
    ),
}  # fmt: skip
