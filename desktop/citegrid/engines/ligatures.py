"""Ligatures of fonts that do not say what they mean: "di�erent" becomes "different" again.

Such a font gives the number of the glyph all the same.  Each glyph is judged by all words of the document that hold
it: the ligature that makes the most of them well-known words is the one it prints.  Where the words do not agree
clearly the unknown character stays, for a guess would be a wrong quotation.

Other fonts call the ligature Th a plain T ("Te results"): it is told by its width and by the words that begin with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

UNKNOWN = "\ufffd"
#: What a glyph may print, with beginnings of words that tell it; "|" where the ligature stands.
_WORDS = {
    "ff": "di|er e|ect e|ort a|ect o|er o| su|er bu|er sta| a|ord di|us o|set sti|ness scho|old tari| payo| tradeo| trade-o|"
    " cuto| cut-o| di|raction o|spring e|usion co|ee bene| tra|ord",
    "fi": "|rst |nd |eld |nal |gure |t |ve |xed |ne |le |ll |lter |nite |sh |re |nger |nanc de|ne de|nition speci|c signi|can"
    " identi| classi|c pro|le bene|t con|den con|rm con|gur arti|c modi| veri| uni| simpli| quanti| justi| scienti|c"
    " satis|ed satis|es strati| ampli| puri| ful|l bio|lm bioin|lm in|nit |nally noti| of|cial arti|cial retro|t out|t",
    "fl": "in|uen re|ect |ow |ex con|ict |uor in|amm |at |oat |uctu over|ow over|t |ag |y de|ect in|at |uid |ood |oor |ux work|ow"
    " super|uous tensor|ow |avor |ower |ight",
    "ffi": "e|ci coe|ci su|ci di|cult o|ce a|n tra|c a|li ine|ci o|cial su|x",
    "ffl": "o|ine shu|e ba|e a|uent e|uent sni| mu|er",
}
_KNOWN: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (ligature, tuple(word.replace("|", UNKNOWN) for word in words.split())) for ligature, words in _WORDS.items()
)
_WORD = re.compile(rf"[^\W\d_]*{UNKNOWN}[^\W\d_]*")
#: Votes that a ligature needs, and how many times those of any other.
_LEAST_VOTES, _LEAD = 2, 3
#: Pages that are looked at to judge the glyphs of a document.
MOST_PAGES = 80

Glyph = tuple[str, str]

#: Words that begin with Th, without its h.
_TH_WORDS = frozenset(
    ("Te", "Tis", "Tese", "Tere", "Tat", "Tus", "Tey", "Teir", "Tose", "Ten", "Terefore", "Trough", "Tree")
)
#: The least width of Th in type sizes, how much wider it is than T, and how many such words speak for it.
TH_WIDTH, _TH_RATIO, _TH_VOTES = 0.85, 1.4, 3
_FROM_T = re.compile(r"T[a-z]+")


def glyphs_of(raw: dict[str, Any], named: dict[str, Any]) -> Iterator[tuple[str, Glyph, dict[str, Any]]]:
    """``(word, glyph, char)`` of each unknown character of a page: ``raw`` as read, ``named`` read with glyph numbers."""
    for block, other_block in zip(raw["blocks"], named["blocks"], strict=False):
        for line, other_line in zip(block.get("lines", ()), other_block.get("lines", ()), strict=False):
            yield from _glyphs_in(line, other_line)


def _glyphs_in(line: dict[str, Any], named: dict[str, Any]) -> Iterator[tuple[str, Glyph, dict[str, Any]]]:
    """The same of one line; of none where the two readings of it do not match."""
    chars = [(char, span["font"]) for span in line["spans"] for char in span["chars"]]
    others = [char for span in named["spans"] for char in span["chars"]]
    text = "".join(char["c"] for char, _ in chars)
    if not len(chars) == len(others) == len(text):
        return
    for match in _WORD.finditer(text):
        for i in range(match.start(), match.end()):
            if text[i] == UNKNOWN:
                yield match.group(), (chars[i][1], others[i]["c"]), chars[i][0]


def judged(words: Iterable[tuple[str, Glyph]]) -> dict[Glyph, str]:
    """The ligature of each glyph that the words of the document agree on."""
    votes: dict[Glyph, Counter[str]] = {}
    for word, glyph in words:
        if word.count(UNKNOWN) > 1:
            continue
        plain = word.casefold()
        for ligature, known in _KNOWN:
            if plain.startswith(known):
                votes.setdefault(glyph, Counter())[ligature] += 1
    result: dict[Glyph, str] = {}
    for glyph, counts in votes.items():
        (best, most), *others = counts.most_common()
        if most >= _LEAST_VOTES and (not others or most >= _LEAD * others[0][1]):
            result[glyph] = best
    return result


def wide_letters(raw: dict[str, Any]) -> Iterator[tuple[str, float, str]]:
    """``(font, width in type sizes, word)`` of each T that begins a word of a page."""
    for _, font, size, char, word in _from_t(raw):
        yield font, (char["bbox"][2] - char["bbox"][0]) / (size or 1.0), word


def least_widths(found: Iterable[tuple[str, float, str]]) -> dict[str, float]:
    """The width from which a T of a font is Th, in type sizes; empty where the words of the document do not say so."""
    widths: dict[str, list[float]] = {}
    votes = 0
    for font, width, word in found:
        widths.setdefault(font, []).append(width)
        votes += width >= TH_WIDTH and word in _TH_WORDS
        votes -= width < TH_WIDTH and word in _TH_WORDS
    if votes < _TH_VOTES:
        return {}
    narrow = {font: [w for w in of_font if w < TH_WIDTH] for font, of_font in widths.items()}
    return {font: max(TH_WIDTH, _TH_RATIO * max(of_font, default=0.0)) for font, of_font in narrow.items()}


def restore_wide(raw: dict[str, Any], least: dict[str, float]) -> None:
    """Put Th in the place of each T of ``raw`` that is as wide; both letters share its box."""
    for span, font, size, char, _ in list(_from_t(raw)):
        if (char["bbox"][2] - char["bbox"][0]) >= least.get(font, 1e9) * size:
            span["chars"] = [part for c in span["chars"] for part in _parts(c, "Th" if c is char else "")]


def _from_t(raw: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, float, dict[str, Any], str]]:
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                text = "".join(char["c"] for char in span["chars"])
                if len(text) == len(span["chars"]):
                    for match in _FROM_T.finditer(text):
                        yield span, span["font"], span["size"], span["chars"][match.start()], match.group()


def restore(raw: dict[str, Any], named: dict[str, Any], meaning: dict[Glyph, str]) -> None:
    """Put the letters of ligatures in the place of unknown characters of ``raw``; they share the glyph's box."""
    known = {id(char): meaning[glyph] for _, glyph, char in glyphs_of(raw, named) if glyph in meaning}
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                if any(id(char) in known for char in span["chars"]):
                    span["chars"] = [part for char in span["chars"] for part in _parts(char, known.get(id(char), ""))]


def _parts(char: dict[str, Any], letters: str) -> list[dict[str, Any]]:
    """A character as its letters; the first says under ``letters`` how many they are."""
    if not letters:
        return [char]
    x0, y0, x1, y1 = char["bbox"]
    step = (x1 - x0) / len(letters)
    parts = [{**char, "c": c, "bbox": (x0 + i * step, y0, x0 + (i + 1) * step, y1)} for i, c in enumerate(letters)]
    parts[0]["letters"] = len(letters)
    return parts
