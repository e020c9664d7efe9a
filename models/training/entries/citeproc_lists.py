"""Lists of works as the CSL styles print them, their fields found again in what citeproc made of the records."""

from __future__ import annotations

import html
import random
import re
import warnings
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from labelled import Labelled
from records import LANGUAGES, Record, record
from titles import Material
from words import abbreviated

_ROLES = r"(?:eds?|editors?|hrsg|hg|dir|edited|by|herausgegeben|von|éd|coord|trans|translated|übers|trad|red|comps?)"


def lists(rng: random.Random, material: Material, styles: Path, size: int, share: float) -> Iterator[list[Labelled]]:
    """For a ``share`` of the independent styles a list of up to ``size`` entries."""
    warnings.simplefilter("ignore")
    for path in sorted(styles.glob("*.csl")):
        if rng.random() > share:
            continue
        head = path.read_text("utf-8")[:4000]
        if 'class="note"' in head and rng.random() < 0.3:
            continue
        locale = (re.search(r'default-locale="(\w\w)', head) or [None, ""])[1]
        language = locale if locale in LANGUAGES and rng.random() < 0.7 else ""
        try:
            found = list(_rendered(rng, [record(rng, material, language) for _ in range(size)], path))
        except Exception:  # noqa: S112  citeproc-py knows not all that styles ask for
            continue
        if len(found) >= 3:
            yield found


def _csl(rng: random.Random, made: Record, number: int) -> Record:
    item = {k: v for k, v in made.items() if k not in ("month", "day", "arxiv", "version", "language")}
    item["id"] = f"r{number}"
    item["issued"] = {"date-parts": [[made["issued"], *([made["month"]] if "month" in made else [])]]}
    if "accessed" in made:
        item["accessed"] = {"date-parts": [list(made["accessed"])]}
    if item["type"] in ("standard", "software"):
        item["type"] = "report" if item["type"] == "standard" else "webpage"
    if made["type"] == "article":
        item["type"] = "article-journal"
    if "arxiv" in made:
        item["volume"] = f"arXiv:{made['arxiv']}"
    for role in ("author", "editor", "translator"):
        if role in item:
            item[role] = [
                one if one.get("given") or "literal" in one else {"literal": one["family"]} for one in item[role]
            ]
    return item


def _rendered(rng: random.Random, records: list[Record], style: Path) -> Iterator[Labelled]:
    short = rng.random() < 0.4
    for made in records:
        if short and made["type"] == "article-journal" and made["language"] not in ("zh", "ja", "ko"):
            made["container-title"] = abbreviated(rng, made["container-title"])
    items = [_csl(rng, made, i) for i, made in enumerate(records)]
    bibliography = CitationStylesBibliography(
        CitationStylesStyle(str(style), validate=False), CiteProcJSON(items), formatter.html
    )
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    printed = [str(entry) for entry in bibliography.bibliography()]
    for key, text in zip(bibliography.keys, printed, strict=True):
        plain, italic = _plain(text)
        if _BROKEN.search(plain):
            continue
        if labelled := _aligned(records[int(key[1:])], plain, italic):
            yield labelled


def _plain(text: str) -> tuple[str, str]:
    """The text without its marks, and which characters are in italics."""
    out, italic, depth = [], [], 0
    for piece in re.split(r"(<[^>]+>)", text):
        if piece.startswith("<"):
            depth += (piece == "<i>") - (piece == "</i>")
            continue
        piece = html.unescape(piece).replace("\u00a0", " ")
        out.append(piece)
        italic.append(("i" if depth > 0 else "-") * len(piece))
    plain, marks = "".join(out), "".join(italic)
    label = re.match(r"\s*(?:[\[(]?\d+[\])]?[.:]?)?\s*", plain)
    at = label.end() if label else 0
    return plain[at:], marks[at:]


#: What citeproc-py makes of some hyphens in given names.
_BROKEN = re.compile(r"\.-\.|[,.] \.[ ,]")


class _Canvas:
    """Labels of the characters of a text, given one after the other to what has none yet."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.labels = ["O"] * len(text)
        self.folded = [(c.casefold(), i) for i, c in enumerate(text) if c.isalnum()]
        self.letters = "".join(c[0] for c, _ in self.folded)

    def find(self, value: str, start: int = 0) -> tuple[int, int] | None:
        """Where letters and digits of ``value`` stand, whatever their case, from the character ``start`` on."""
        wanted = "".join(c.casefold()[0] for c in value if c.isalnum())
        at = next((n for n, (_, i) in enumerate(self.folded) if i >= start), len(self.folded))
        while wanted and (at := self.letters.find(wanted, at)) >= 0:
            first, last = self.folded[at][1], self.folded[at + len(wanted) - 1][1] + 1
            bounded = (first == 0 or not self.text[first - 1].isalnum() or not self.text[first].isascii()) and (
                last == len(self.text) or not self.text[last].isalnum() or not self.text[last - 1].isascii()
            )
            if bounded and set(self.labels[first:last]) == {"O"}:
                return first, last
            at += 1
        return None

    def put(self, span: tuple[int, int], label: str) -> None:
        for i in range(*span):
            self.labels[i] = label

    def put_value(self, value: str, label: str, start: int = 0) -> tuple[int, int] | None:
        span = self.find(str(value), start)
        if span:
            self.put(span, label)
        return span


def _aligned(made: Record, text: str, italic: str) -> Labelled | None:
    """The entry with its fields found again; nothing where the title or the first author cannot be."""
    canvas = _Canvas(text)
    title = canvas.find(made["title"])
    if title is None:
        return None
    while (
        title[1] < len(text)
        and text[title[1]] in "?!？！”’»）)"
        and (text[title[1]] in "?!？！" or made["title"][-1:] == text[title[1]])
    ):
        title = (title[0], title[1] + 1)
    while title[0] > 0 and made["title"][:1] in "“" and text[title[0] - 1] in "“‘\"'":
        title = (title[0] - 1, title[1])
    canvas.put(title, "T")
    if not _people(canvas, made.get("author", []), "FG") and made.get("author"):
        return None
    behind = title[1]
    for key, label in (
        ("container-title", "C"),
        ("publisher", "U"),
        ("publisher-place", "L"),
        ("genre", "K"),
        ("collection-title", "C"),
    ):
        if key in made:
            span = canvas.put_value(made[key], label)
            behind = max(behind, span[1]) if span and key == "container-title" else behind
    for role in ("editor", "translator"):
        _people(canvas, made.get(role, []), "EE")
    _numbers(canvas, made, behind)
    return Labelled(text, without_foreign_stop(text, "".join(canvas.labels)), italic)


def without_foreign_stop(text: str, labels: str) -> str:
    """The labels without the stop behind the last initials of a list whose initials bear none: "Roe B, Doe JA. A title"."""
    given = [match.span() for match in re.finditer("G+", labels)]
    if not given or text[given[-1][1] - 1] != ".":
        return labels
    initials = [text[start:end] for start, end in given]
    bare = not any("." in one for one in initials[:-1]) and re.fullmatch(r"[A-Z-]{1,5}\.", initials[-1])
    end = given[-1][1]
    return labels[: end - 1] + "O" + labels[end:] if bare and (len(given) > 1 or len(initials[-1]) > 2) else labels


def _given(given: str) -> str:
    parts = [part for part in re.split(r"[\s\-.]+", given) if part]
    return (
        r"[\s.\-]*".join(rf"{re.escape(part[0])}(?:{re.escape(part[1:])}(?!\w))?\.?" for part in parts) if parts else ""
    )


def _people(canvas: _Canvas, people: list[dict[str, str]], labels: str) -> bool:
    """Label these names in order; whether the first was found."""
    at, first = 0, True
    family_label, given_label = labels
    spans: list[tuple[int, int]] = []
    for one in people:
        span = canvas.find(one.get("literal") or one["family"], at)
        if span is None or (spans and span[0] - at > 60):
            break
        if "literal" in one:
            canvas.put(span, "N" if labels == "FG" else "E")
        else:
            canvas.put(span, family_label)
            span = _label_given(canvas, one.get("given", ""), span, at, given_label)
        if suffix := one.get("suffix"):
            behind = re.compile(rf",?\s*({re.escape(suffix.rstrip('.'))}\.?)").match(canvas.text, span[1])
            if behind:
                canvas.put(behind.span(1), "S" if labels == "FG" else "E")
                span = (span[0], behind.end())
        spans.append(span)
        at, first = span[1], False
    if first:
        return False
    _between(canvas, spans, "B" if labels == "FG" else "E")
    return True


def _label_given(canvas: _Canvas, given: str, family: tuple[int, int], at: int, label: str) -> tuple[int, int]:
    """Label the given names beside a family; the span of both."""
    pattern = _given(given)
    if not pattern:
        return family
    before = re.compile(rf"({pattern})(\s*)$", re.I).search(canvas.text[at : family[0]])
    if before:
        canvas.put((at + before.start(1), at + before.end(1)), label)
        return at + before.start(1), family[1]
    behind = re.compile(rf"(\s*,?\s*)({pattern})(?!\w)", re.I).match(canvas.text, family[1])
    if behind:
        for i in range(*behind.span(1)):
            if not canvas.text[i].isspace():
                canvas.labels[i] = "I" if label == "G" else label
        canvas.put(behind.span(2), label)
        return family[0], behind.end()
    return family


_ET_AL = re.compile(
    r"[,\s]*(?:\(?\b(?:et al|u\. ?a|and others|et coll|i in|e altri|y col|и др|and \d+ others)\b\.?|等|ほか|…(?: ?& ?\S+)?|외)",
    re.I,
)


def _between(canvas: _Canvas, spans: list[tuple[int, int]], label: str) -> None:
    for (_, end), (start, _) in pairwise(spans):
        if start > end:
            canvas.put((end, start), label)
    if behind := _ET_AL.match(canvas.text, spans[-1][1]):
        canvas.put(behind.span(), label)
    if label == "E":
        first, last = spans[0][0], spans[-1][1]
        for role in re.finditer(rf"\b{_ROLES}\b\.?", canvas.text, re.I):
            near = -22 < role.start() - last < 12 or -22 < role.end() - first < 6
            if near and set(canvas.labels[role.start() : role.end()]) == {"O"}:
                canvas.put(role.span(), "E")


def _numbers(canvas: _Canvas, made: Record, behind: int) -> None:
    """Label addresses, the day of a visit, the year, volume, issue and pages."""
    for address in re.finditer(
        r"(?:\bdoi\b:?\s*)?(?:https?://\S+|10\.\d{4,}/\S+|arXiv:\s*\S+|\bwww\.\S+)", canvas.text, re.I
    ):
        end = address.end()
        while canvas.text[end - 1] in ".,;)]":
            end -= 1
        canvas.put((address.start(), end), "D")
    if "accessed" in made and made["accessed"][0] != made["issued"]:
        for visit in re.finditer(rf"(?<!\d){made['accessed'][0]}(?!\d)", canvas.text):
            if canvas.labels[visit.start()] == "O":
                start = max(canvas.text.rfind(mark, 0, visit.start() - 1) for mark in "([;")
                start = max(start, *(canvas.text.rfind(mark, 0, visit.start() - 1) for mark in (". ",)), behind)
                canvas.put((visit.start(), visit.end()), "A")
                for i in range(max(start + 1, behind), min(len(canvas.text), visit.end() + 8)):
                    if canvas.labels[i] == "O" and canvas.text[i] not in ".[]();":
                        canvas.labels[i] = "A"
    for year in re.finditer(rf"(?<!\d){made['issued']}(?!\d)", canvas.text):
        if canvas.labels[year.start()] == "O":
            canvas.put(year.span(), "Y")
    for key, label in (("volume", "V"), ("issue", "V"), ("number", "V")):
        if key in made:
            canvas.put_value(str(made[key]), label, behind)
    edition = (
        re.search(rf"\b{made['edition']}(?:st|nd|rd|th|\.|e|ª|a)?\s*(?:ed|[Aa]ufl|éd|wyd|изд)\w*\.?", canvas.text)
        if "edition" in made
        else None
    )
    if edition and set(canvas.labels[edition.start() : edition.end()]) == {"O"}:
        canvas.put(edition.span(), "K")
    if page := made.get("page"):
        first = page.split("-")[0]
        found = re.compile(rf"(?<![\w]){first}(?!\d)(?:\s*[-–—]+\s*\w*\d+)?").search(canvas.text, behind)
        while found and canvas.labels[found.start()] not in "O":
            found = re.compile(rf"(?<![\w]){first}(?!\d)(?:\s*[-–—]+\s*\w*\d+)?").search(canvas.text, found.end())
        if found:
            canvas.put(found.span(), "P")
