"""Normalised text with a way back: from any stretch of key text to characters and boxes.

The *key* of a text is its letters and digits in NFKC, case folded: spaces,
hyphens, quotes and punctuation do not count, ligatures and full-width forms
are resolved.  All search in the program goes through it.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from citegrid.core.document import Block, BlockKind, Box, Document, Page, Span, TextFrom, boxes_of
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.language.lexicon import pattern_of, words
from citegrid.core.language.script import HAN, count_han
from citegrid.core.resources import resource

#: Kangxi and CJK radicals that NFKC leaves alone although they print like the ideograph.
_RADICALS = str.maketrans(
    {"⺟": "母", "⻅": "见", "⻓": "长", "⻔": "门", "⻚": "页", "⻛": "风", "⻜": "飞", "⻢": "马", "⻥": "鱼"}
)
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_CJK = r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_CJK_BREAK = re.compile(rf"(?<={_CJK})[ \t]*\n[ \t]*(?={_CJK}|——)")
_HYPHEN_BREAK = re.compile(r"(?<!\w)((?:\w+-){0,2}\w+)[-\u2010\u00ad]\s*?\n\s*(\w+(?:-\w+){0,2})")
#: A soft hyphen at a line's end, as some publishers' PDFs have it, is a hyphen like any other.
_SOFT_BREAK = re.compile("\u00ad\\s*\n")
#: First parts of compounds that are no words of their own.
_KEEPS_HYPHEN = frozenset(words("sentences", "keeps_hyphen"))
_AFTER_HUNG_HYPHEN = frozenset(words("sentences", "after_hung_hyphen"))
_ABBREVIATION = re.compile(rf"\b(?:{pattern_of('sentences', 'abbreviations')}|[A-Z])\.$")
#: What stands around a word in running text.
_SIGNS = ".,;:!?()[]{}\"'“”‘’«»"
#: A bracket that is still open after so many characters was never closed.
_LONGEST_BRACKET = 200
#: Characters shown on each side of a quote; the cut is moved to the next end of a word.
WIDE = 420
#: The raised number of a note or a citation behind the stop of a sentence.
RAISED = r"(?:(?<=[a-z]{2}\.)|(?<=[a-z]\.[”\"]))\d{1,3}(?:[,–-]\d{1,3})*"
RAISED_END = re.compile(rf"{RAISED}(?=\s+[A-Z])")
_END = re.compile(
    rf"[.!?]+[\"”’')\]]*(?=\s|$)|(?<=[{HAN}\])）”])\.(?=[{HAN}“])|[。！？；]+[”’」』）)]*|\n{{2,}}|{RAISED_END.pattern}"
)


def matched(found: re.Match[str] | None, group: int = 0) -> str:
    """The words that a pattern found; empty where it found none."""
    return found[group] if found is not None else ""


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches ``(start, end)`` of a text share a character."""
    return one[0] < other[1] and other[0] < one[1]


def key_text(text: str) -> str:
    """Letters and digits of ``text``, NFKC, case folded."""
    return "".join(_key_of(c) for c in text)


@lru_cache(maxsize=65536)
def with_ideographs(text: str) -> str:
    """``text`` with ideographs for the radicals that a font prints in their place."""
    return _RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text.translate(_RADICALS))


@lru_cache(maxsize=65536)
def _key_of(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char.translate(_RADICALS)).casefold()
    return "".join(c for c in unicodedata.normalize("NFKC", folded) if c.isalnum())


def weight(text: str) -> int:
    """Letters and digits of ``text``; a Chinese character, which says as much as a syllable, counts as two."""
    return sum(c.isalnum() for c in text) + count_han(text)


def join_lines(text: str, within: str = "") -> str:
    """``text`` in one line, words broken at a line's end joined: ``vulnera-`` + ``bilities``, but ``retrieve-`` + ``then-read``.

    How ``within``, the text that it is from, prints a word elsewhere decides first, with its hyphen or without; then how papers
    print it; then whether both parts are words.
    """
    text = _SOFT_BREAK.sub("-\n", text)
    if "-" in text or "\u2010" in text:
        own = _words_of(within or text)
        text = _HYPHEN_BREAK.sub(lambda match: _joined(match[1], match[2], own), text)
    text = _CJK_BREAK.sub("", text)
    return re.sub(r"\s+", " ", text).strip()


def _joined(left: str, right: str, own: frozenset[str]) -> str:
    if right in _AFTER_HUNG_HYPHEN:  # "short- and long-term"
        return f"{left}- {right}"
    return f"{left}-{right}" if _is_compound(left, right, own) else left + right


def _is_compound(left: str, right: str, own: frozenset[str]) -> bool:
    """Whether the hyphen between two halves of a word belongs to it."""
    if left[-1].isdigit() or not right[0].islower():
        return True
    first, second = left.casefold().rpartition("-")[2], right.casefold().partition("-")[0]
    for words_there in (own, printed_words()):
        hyphened = {f"{left}-{right}".casefold(), f"{first}-{second}"} & words_there
        if bool(hyphened) != (first + second in words_there):
            return bool(hyphened)
    usual = printed_words()
    is_word = (len(first) > 2 or "-" in left) and first in usual
    return (is_word or first in _KEEPS_HYPHEN) and len(second) > 2 - ("-" in right) and second in usual


@lru_cache(maxsize=8)
def _words_of(text: str) -> frozenset[str]:
    """The words and compounds that stand whole in the lines of ``text``, and the parts of these, case folded."""
    whole = {word.strip(_SIGNS) for word in _HYPHEN_BREAK.sub(" ", text).casefold().split()}
    return frozenset(whole.union(*(word.split("-") for word in whole if "-" in word)))


@lru_cache(maxsize=1)
def printed_words() -> frozenset[str]:
    """The words, and the compounds with their hyphens, that papers print (``models/training/words``)."""
    return frozenset(resource("printed_words.txt").read_text("utf-8").split())


def sentences(text: str) -> list[tuple[int, int]]:
    """``(start, end)`` of each sentence of ``text``, without white space at its ends, English or Chinese.

    Dots of "et al.", "e.g.", "Fig. 3", initials and decimals ("92. 8%" in Chinese, too) do not end a sentence; a raised number of a note or a citation
    behind a dot belongs to it ("… by Hornung et al.35 Omari …").
    """
    result: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if not _ends(text, start, match):
            continue
        _add(result, text, start, match.end())
        start = match.end()
    _add(result, text, start, len(text))
    return result


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    if match.group()[0] == "；":  # between the works of a bracket it ends nothing
        recent = text[max(start, match.start() - _LONGEST_BRACKET) : match.start()]
        return not any(recent.rfind(a) > recent.rfind(b) for a, b in ("（）", "()"))
    if match.group()[0].isdigit():
        abbreviated = _ABBREVIATION.search(text, start, match.start())
        return abbreviated is None or abbreviated.group().endswith("al.")
    if match.group()[0] != ".":
        return True
    head = text[start : match.start() + 1]
    rest = text[match.end() :].lstrip()
    if _ABBREVIATION.search(head) and not re.search(r"\b(?:etc|Inc|Ltd)\.$", head):
        return False
    if head[-2:-1].isdigit() and rest[:1].isdigit() and count_han(head):
        return False  # journals in Chinese part a decimal: "准确率为92. 8%"
    return not rest or not rest[0].islower() or len(match.group()) > 1


def _add(result: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        at = start + len(piece) - len(piece.lstrip())
        result.append((at, at + len(stripped)))


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote stands: how it matched, its characters, one box per line, and the share that matched."""

    match: Match
    spans: tuple[Span, ...]
    boxes: tuple[Box, ...]
    ratio: float = 1.0

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.spans[0].page


class PageKey:
    """The key text of one page, and for each of its characters the character of ``Page.text`` it came from."""

    def __init__(self, page: Page) -> None:
        pieces: list[str] = []
        origin = array("l")
        for i, char in enumerate(page.text):
            key = _key_of(char)
            if key:
                pieces.append(key)
                origin.extend([i] * len(key))
        self.page = page
        self.text = "".join(pieces)
        self._origin = origin
        self._starts = [b.start for b in page.blocks]

    def span(self, start: int, end: int) -> Span:
        """The characters of the page for key positions ``start`` to ``end``."""
        return Span(self.page.number, self._origin[start], self._origin[end - 1] + 1)

    def block(self, position: int) -> Block | None:
        """The block of a character of the page."""
        at = bisect_right(self._starts, position) - 1
        return self.page.blocks[at] if at >= 0 else None


class TextIndex:
    """Search for quotes in a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._keys: dict[int, PageKey] = {}

    def key(self, page: int) -> PageKey:
        """The key of page ``page``, made once."""
        if page not in self._keys:
            self._keys[page] = PageKey(self.document.page(page))
        return self._keys[page]

    def find(self, quote: str, pages: Collection[int] | None = None) -> Found | None:
        """The first place where ``quote`` stands, on ``pages`` when given; None when it does not stand there.

        EXACT when the very characters stand there but for white space, NORMALISED when only their keys agree,
        OCR on a page that was read by OCR.  A match that leaves the running text for a header, a footer or a
        caption is no match.
        """
        want = key_text(quote)
        if not want:
            return None
        for number in pages if pages is not None else range(1, len(self.document.pages) + 1):
            key = self.key(number)
            at = key.text.find(want)
            while at >= 0:
                span = key.span(at, at + len(want))
                if self._one_flow(key, span):
                    return self._found(key.page, span, quote)
                at = key.text.find(want, at + 1)
        return None

    def _one_flow(self, key: PageKey, span: Span) -> bool:
        first, last = key.block(span.start), key.block(span.end - 1)
        if first is None or last is None or first.index == last.index:
            return True
        apart = {BlockKind.HEADER, BlockKind.FOOTER, BlockKind.CAPTION, BlockKind.FOOTNOTE, BlockKind.LINE_NUMBER}
        kinds = {b.kind for b in key.page.blocks if first.start <= b.start <= last.start}
        return not (kinds & apart) or len(kinds) == 1

    def _found(self, page: Page, span: Span, quote: str) -> Found:
        text = page.text[span.start : span.end]
        if page.text_from is TextFrom.OCR:
            match = Match.OCR
        elif "".join(text.split()) == "".join(quote.split()):
            match = Match.EXACT
        else:
            match = Match.EXACT if _same(text, quote, page.text) else Match.NORMALISED
        return Found(match, (span,), boxes_of(page, span.start, span.end))


def _same(text: str, quote: str, within: str) -> bool:
    """Whether a quote is ``text`` with its lines joined, by whichever evidence its hyphens were decided."""
    wanted = _bare(quote)
    return any(_bare(joined) == wanted for joined in (join_lines(text, within), join_lines(text))) or (
        "-\n" in text and _bare(text).replace("-", "") == wanted.replace("-", "")
    )


def _bare(text: str) -> str:
    return "".join(text.split()).strip(".,;:()[]{}\"'“”‘’。，；：（）")


def around(document: Document, evidence: Evidence, wide: int = WIDE) -> tuple[str, str] | None:
    """The text before and after a quote on its page, lines joined, for a person who wants to see more before deciding; None
    where the quote does not stand there."""
    page = evidence.page
    if evidence.kind is not SourceKind.DOCUMENT or page is None or not 1 <= page <= len(document.pages):
        return None
    found = TextIndex(document).find(evidence.quote, pages=[page])
    if found is None:
        return None
    text, span = document.page(page).text, found.spans[0]
    start, end = max(0, span.start - wide), min(len(text), span.end + wide)
    before, after = text[start : span.start], text[span.end : end]
    if start and " " in before:
        before = "… " + before.split(None, 1)[-1]
    if end < len(text) and " " in after:
        after = after.rsplit(None, 1)[0] + " …"
    after = _without_last_mark(join_lines(after, text), evidence.quote)
    return join_lines(before, text), after


def _without_last_mark(after: str, quote: str) -> str:
    """``after`` without the mark that ends the quote, which was not looked for."""
    return after[1:].strip() if after[:1] and quote.endswith(after[:1]) else after
