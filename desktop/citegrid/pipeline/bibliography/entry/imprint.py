"""Volume, issue, pages, publisher and kind of an entry from the runs of its labels; what is in doubt is left out.

A number is better not printed than wrong: a list that goes without one is short, one that has another's is false.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import filterfalse, groupby, pairwise, takewhile
from operator import attrgetter

from citegrid.core.language import lexicon
from citegrid.core.reference import Imprint
from citegrid.pipeline.bibliography.entry.label_rules import TagRun

_DASHES = str.maketrans("–—－−‐‑~～", "--------")
_OPENED, _COLONS, _EDGE = ("(", "（"), (":", "："), " .,:;，。：；()（）[]［］"
#: Words beside the number of an issue, of a volume, and of a chapter, without their stops.
_ISSUE, _VOLUME, _PART_OF_BOOK = (
    frozenset(lexicon.words("bibliography", table)) for table in ("issue_words", "volume_names", "parts_of_books")
)
_ROMAN = frozenset("IVXLCDM")
#: No volume, issue or page is longer.
_LONGEST = 18
#: What two parts of one imprint have between them at most: ", ", " : ".
_GAP = 3


def imprint_of(text: str, runs: Sequence[TagRun]) -> Imprint:
    """What an entry prints beside its venue; nothing at all where two works may stand in it."""
    own = runs[: f"{_labels(runs)}X".index("X")]  # behind X stands another work
    own = [run for run in own if run.label != "O"]
    house = [run for run in own if run.label in "UL"]
    if any(after.start - before.end > _GAP for before, after in pairwise(house)):
        return Imprint(mixed=True)
    is_book = house and "C" not in _labels(own)
    numbers = ("", "", _pages_of_book(text, own)) if is_book else _numbers(text, own)
    mark = _mark(text, own)
    return Imprint(*numbers, *_house(text, house * (mark != "J")), mark)


def _labels(runs: Sequence[TagRun]) -> str:
    return "".join(map(attrgetter("label"), runs))


def _pages_of_book(text: str, runs: Sequence[TagRun]) -> str:
    """Pages of a book; a number alone is that of all its pages, as a volume is that of its series."""
    return _sound(_only(text, list(filter(partial(_is_range, text), _joined(text, runs, "P")))))


def _numbers(text: str, runs: Sequence[TagRun]) -> tuple[str, str, str]:
    """Volume, issue and pages; what may be either, "13, 4 (2020)", "2004, 735-757", is a page where no other is printed."""
    numbers = list(filterfalse(partial(_has_beside, text, _PART_OF_BOOK), _joined(text, runs, "V")))
    pages = _joined(text, runs, "P") or _like_years(text, runs)
    issues = list(filter(partial(_is_issue, text), numbers))
    volumes = list(filterfalse(partial(_is_issue, text), numbers))
    if not pages:
        pages, volumes = volumes[1:] or list(filter(partial(_is_range, text), volumes)), volumes[:1]
    volume, issue, printed = _only(text, volumes[:1]), _only(text, [*issues, *volumes[1:]]), _only(text, pages)
    told = issue or printed or any(map(partial(_is_told, text), volumes))
    return volume * bool(told and volume != printed), issue, _sound(printed)


def _like_years(text: str, runs: Sequence[TagRun]) -> list[TagRun]:
    """Pages that look like years: numbers behind a volume and a colon, "8:1759", in an entry with another year."""
    found = [b for a, b in pairwise(runs) if _labels((a, b)) == "VY" and text[a.end : b.start].strip() in _COLONS]
    return found * (_labels(runs).count("Y") > len(found))


def _joined(text: str, runs: Sequence[TagRun], label: str) -> list[TagRun]:
    """The runs of a label, those that only a dash parts as one, with what stands at a number and belongs to it."""
    made: list[TagRun] = []
    for run in filter(lambda run: run.label == label, runs):
        between = text[made[-1].end : run.start].translate(_DASHES).strip() if made else ""
        made[-1:] = [replace(made[-1], end=run.end)] if between == "-" else [*made[-1:], run]
    return [
        replace(run, start=run.start - _is_letter(text[: run.start][-2:]), end=run.end + _rest(text[run.end :]))
        for run in made
    ]


def _rest(behind: str) -> int:
    """How much of a range stands behind its first number: "–2" of "1–2"."""
    last = "".join(takewhile(str.isdigit, behind[1:]))
    return 1 + len(last) if last and behind[0].translate(_DASHES) == "-" else 0


def _is_letter(before: str) -> bool:
    """Whether a letter of its own stands right before a number: "A" of A3997."""
    return before[-1:].isalpha() and before[-1:].isascii() and not before[:1].isalpha()


def _is_issue(text: str, run: TagRun) -> bool:
    """Whether a number stands in brackets behind a volume or a year, or words say that it is an issue."""
    before, printed = text[: run.start].rstrip(), text[run.start : run.end]
    return _has_beside(text, _ISSUE, run) or (before.endswith(_OPENED) and printed[:1].isdigit())


def _is_told(text: str, run: TagRun) -> bool:
    """Whether words say that a number is a volume; one that stands alone may be anything."""
    return _has_beside(text, _VOLUME, run)


def _has_beside(text: str, words: frozenset[str], run: TagRun) -> bool:
    """Whether one of ``words`` stands before a number, behind it or in its run."""
    printed = text[run.start : run.end]
    beside = [*text[: run.start].split()[-1:], *printed.split(), printed[-1:], text[run.end : run.end + 1]]
    return not words.isdisjoint(word.casefold().strip(_EDGE) for word in beside)


def _is_range(text: str, run: TagRun) -> bool:
    """Whether a run prints two numbers with a dash between them."""
    return "-" in text[run.start : run.end].translate(_DASHES)


def _only(text: str, runs: Sequence[TagRun]) -> str:
    """The number that one run prints; nothing where there are several or it is none."""
    values = {_value(text[run.start : run.end]) for run in runs}
    return values.pop() if len(values) == 1 else ""


def _value(printed: str) -> str:
    """A number without the words around it; a range with a short dash."""
    plain = printed.translate(_DASHES).encode("ascii", "replace").decode().replace("?", " ")
    parts = "-".join(map(str.strip, plain.split("-"))).split()
    numbers = list(filter(_is_number, (part.strip(_EDGE) for part in parts)))
    return numbers[0] if len(numbers) == 1 and _is_plain(numbers[0]) else ""


def _is_number(part: str) -> bool:
    return any(map(str.isdigit, part)) or (len(part) > 1 and _ROMAN.issuperset(part))


def _is_plain(value: str) -> bool:
    return len(value) <= _LONGEST and all(map(str.isalnum, value.replace("/", "-").split("-")))


def _sound(pages: str) -> str:
    """The pages; none where they would run backwards ("658-69" is short for 658-669)."""
    first, _, last = pages.partition("-")
    backwards = first.isdigit() and last.isdigit() and len(last) >= len(first) and int(last) < int(first)
    return "" if backwards else pages


def _house(text: str, runs: Sequence[TagRun]) -> tuple[str, str]:
    """Publisher and place, each in one piece; what stands before a stop is the place also where it was read as the publisher."""
    if len(list(groupby(runs, attrgetter("label")))) > len("UL"):
        return "", ""
    publisher, place = _part(text, runs, "U"), _part(text, runs, "L")
    if _labels(runs[-2:]) == "UU" and not place and "," not in text[runs[-2].end : runs[-1].start]:
        publisher, place = _part(text, runs[-1:], "U"), _part(text, runs[:-1], "U")
    return publisher, place if publisher else ""


def _part(text: str, runs: Sequence[TagRun], label: str) -> str:
    """The text from the first run of a label to its last: "Curran Associates, Inc"."""
    of_label = [run for run in runs if run.label == label]
    return text[of_label[0].start : of_label[-1].end].strip(_EDGE) if of_label else ""


def _mark(text: str, runs: Sequence[TagRun]) -> str:
    """The mark of its kind (GB/T 7714): ``J``, ``EB/OL``; empty without one."""
    printed = next((text[run.start : run.end] for run in runs if run.label == "K"), "")
    mark = printed.strip(" []［］.").replace(" ", "")
    return mark if mark.partition("/")[0] in lexicon.words("bibliography", "type_marks") else ""
