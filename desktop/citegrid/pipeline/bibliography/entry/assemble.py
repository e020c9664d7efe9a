"""The fields of an entry from the labels of its tokens (``tagger``): people name by name, title, year and venue as they are printed."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from citegrid.core.language import lexicon
from citegrid.core.language.script import YEAR, count_han, with_narrow_signs
from citegrid.pipeline.bibliography.entry.label_rules import OF_NAMES, TagRun, whole
from citegrid.pipeline.bibliography.entry.patterns import BEFORE_FAMILY, INSTITUTION
from citegrid.pipeline.bibliography.entry.tokens import EntryToken

_YEAR = re.compile(rf"(?<!\d)({YEAR})(?!\d)")
#: A day without words.
_DAY = re.compile(rf"\W*({YEAR})[\W\d]*")
_EDGE = " .,:;，。：；、．/*"
#: Quotes that hold all of a text, or that nothing closes or opens.
_QUOTED = re.compile(r"[“„«《「『\"]([^“”„«»《》「」『』\"]*)[”“»》」』\"]")
_HALF_QUOTED = re.compile(r"[“„«《「『]([^”»》」』]*)|‘([^’]*)|([^“„«《「『‘]*)[”»》」』]")
_BRACKETS = (("(", ")"), ("（", "）"))
_PAIRS = (*_BRACKETS, *zip('“‘《「『«"', '”’》」』»"', strict=True))
#: What is the title where none is printed, what must be read beside it and what must not: a book with its publisher, what an
#: organisation published, what it published itself, what stands alone.
_INSTEAD = (("C", "U", "TVK"), ("C", "N", "TVKF"), ("U", "", "TC"), ("N", "", "TCU"))
#: Behind these a book stands that holds the work.
_INSIDE = ("in ", "In ", "in: ", "In: ")
#: A run that is so many times shorter than another is a scrap.
_SCRAP = 3
#: Letters of the longest abbreviation of a given name: "Chr."
_ABBREVIATED = 3
#: A name of a person has at most so many words.
_MOST_WORDS = 8
#: "BI Intelligence", "Fox News": firms and papers whose last word is nobody's family name.
_FIRMS = frozenset(lexicon.words("names", "firms"))
_LINKS = frozenset(lexicon.words("names", "organisation_links", "en"))


def runs_of(tokens: Sequence[EntryToken], labels: str) -> list[TagRun]:
    """The runs of an entry, in order."""
    pairs = zip(whole(tokens, labels), tokens, strict=True)
    groups = ((label, [token for _, token in group]) for label, group in groupby(pairs, operator.itemgetter(0)))
    return [TagRun(label, group[0].start, group[-1].end) for label, group in groups]


def titled(text: str, runs: Sequence[TagRun]) -> list[TagRun]:
    """The runs of an entry, with what is its title where none was read (``_INSTEAD``), and none where that stands behind "in"."""
    labels = {run.label for run in runs}
    instead = next(
        (one for one, beside, without in _INSTEAD if labels >= {one, *beside} and not labels & {*without}), ""
    )
    return [_told(text, run, instead) for run in runs]


def _told(text: str, run: TagRun, instead: str) -> TagRun:
    if run.label == "T" and text.startswith("in ", run.start):
        return replace(run, label="C", start=run.start + len("in "))
    is_title = run.label == instead and not text[: run.start].endswith(_INSIDE)
    return replace(run, label="T") if is_title else run


def authors_of(text: str, runs: Sequence[TagRun], *, given_first: bool) -> tuple[str, ...]:
    """Each author as ``"Family, Given, Suffix"``, an organisation as it is printed; ``given_first`` says how the list prints names."""
    names = (
        _name(text, person, given_first and (at > 0 or "N" not in person)) for at, person in enumerate(_people(runs))
    )
    return tuple(filter(None, names))


def given_first(entries: Sequence[Sequence[TagRun]]) -> bool:
    """Whether most names of a list, whose runs these are, begin with the given names; so they do where nothing tells."""
    people = [person for runs in entries for person in _people(runs) if {"F", "G"} <= person.keys()]
    return 2 * sum(person["G"].start < person["F"].start for person in people) >= len(people)


def _people(runs: Sequence[TagRun]) -> Iterator[dict[str, TagRun]]:
    """The parts of each name; a name ends at what parts names, and where a part comes a second time."""
    person: dict[str, TagRun] = {}
    for run in runs:
        if run.label == "O":
            continue
        if person and (run.label not in OF_NAMES or run.label in person):
            yield person
            person = {}
        if run.label in OF_NAMES:
            person[run.label] = run
    if person:
        yield person


def _name(text: str, person: dict[str, TagRun], given_first: bool) -> str:
    """A name as it is written; one without a comma, which may have been read in one piece, is parted anew where ``given_first``."""
    printed = {label: _part(text, run) for label, run in person.items() if label != "I"}
    if "S" in printed and "." not in printed.get("G", "."):
        printed["S"] = printed["S"].rstrip(".")
    if "G" in person and "F" in person and person["G"].start < person["F"].start:
        printed["G"], printed["F"] = _with_particles(printed["G"], printed["F"])
    elif given_first and "I" not in person and not _are_initials(printed.get("G", "")):
        return inverted(" ".join(printed.values()))
    return ", ".join(printed[label] for label in "NFGS" if printed.get(label))


def _part(text: str, run: TagRun) -> str:
    """A part of a name without the signs around it; only abbreviations keep their stops: "A.", "Chr.", "M.-g."."""
    part = " ".join(text[run.start : run.end].split()).strip(" ,;:").removesuffix(" .")
    last = part.split(" ")[-1]
    longest = 1 if last.isupper() else _ABBREVIATED
    return part.rstrip(".") if last.count(".") == 1 and len(last.rstrip(".")) > longest else part


def _are_initials(given: str) -> bool:
    return bool(given) and given.upper() == given


def _with_particles(given: str, family: str) -> tuple[str, str]:
    """``("John", "von Neumann")`` where the particle was read as a given name."""
    first, _, last = given.rpartition(" ")
    return (
        _with_particles(first, f"{last} {family}") if first and BEFORE_FAMILY.fullmatch(last + " ") else (given, family)
    )


def inverted(name: str) -> str:
    """``Tom B Brown`` as ``Brown, Tom B``; names of one word and of organisations stay."""
    words = name.split()
    if not 1 < len(words) <= _MOST_WORDS or _is_no_person(name):
        return " ".join(words)
    at = len(words) - 1
    while at and BEFORE_FAMILY.fullmatch(words[at - 1] + " "):
        at -= 1
    at -= at > 1 and words[at] == "-"  # "Berg - van de Roe"
    return ", ".join(filter(None, (" ".join(words[at:]), " ".join(words[:at]))))


def _is_no_person(name: str) -> bool:
    """Whether the words of a name are those of an institution or a firm."""
    words = name.split()
    told = INSTITUTION.search(name) or words[-1] in _FIRMS or _LINKS.intersection(words)
    return bool(told) or any(map(str.isdigit, name))


def title_of(text: str, runs: Sequence[TagRun]) -> str:
    """The title without its quotes; empty where the entry prints none."""
    return with_narrow_signs(_bare(_field(text, runs, "T")))


def venue_of(text: str, runs: Sequence[TagRun]) -> str:
    """The journal or the book that holds the work, or else the publisher with its place; an abbreviated one keeps its last stop."""
    imprint = [run for run in runs if run.label in "UL"]
    house = text[imprint[0].start : imprint[-1].end] if imprint else ""
    printed = _field(text, runs, "C") or house
    venue = with_narrow_signs(_bare(printed))
    return f"{venue}." if "." in venue and (printed.endswith(".") or _is_cut(printed, text)) else venue


def _is_cut(printed: str, text: str) -> bool:
    """Whether the last word of a venue is an abbreviation as the one before it is, and its stop stands behind it: "Oper. Res"."""
    return "".join(printed.split()[-2:-1]).endswith(".") and f"{printed}." in text


def _field(text: str, runs: Sequence[TagRun], label: str) -> str:
    """The first run of ``label`` that is no scrap beside the longest."""
    printed = _printed(text, runs, label)
    longest = max(map(_length, printed))
    return next(one for one in printed if _SCRAP * _length(one) >= longest)


def _length(text: str) -> int:
    """The characters of a text, of which ideographs count twice."""
    return len(text) + count_han(text)


def _printed(text: str, runs: Sequence[TagRun], label: str) -> list[str]:
    """The runs of ``label`` as they are printed, with the brackets and quotes that stand at one and belong to others in it; an empty
    one where there is none."""
    return [_closed(text, run) for run in runs if run.label == label] or [""]


def _closed(text: str, run: TagRun) -> str:
    printed = text[run.start : run.end]
    before, behind = text[: run.start][-1:], text[run.end : run.end + 2]
    opening = next((a for a, z in _PAIRS if before == a and z not in behind and _lacks(printed, a, z)), "")
    closing = next((z for a, z in _BRACKETS if behind.startswith(z) and printed.count(a) > printed.count(z)), "")
    return f"{opening}{printed}{closing}"


def _lacks(printed: str, opening: str, closing: str) -> bool:
    """Whether a text closes what opens before it: “Brain circulation” and knowledge."""
    return printed.count(closing) % 2 == 1 if opening == closing else printed.count(closing) > printed.count(opening)


def _bare(text: str) -> str:
    """Without the stops and the quotes around it."""
    text = " ".join(text.split()).strip(_EDGE)
    quoted = _QUOTED.fullmatch(text) or _HALF_QUOTED.fullmatch(text)
    return "".join(filter(None, quoted.groups())).strip(_EDGE) if quoted else text


def year_of(text: str, runs: Sequence[TagRun]) -> int | None:
    """The year of the work, none that is yet to come; one in brackets counts before a number that looks like one ("17, 1734 (2005)").
    The day of a visit counts where it stands without words and no other is printed (GB/T 7714), then what was taken for a second work."""
    runs = sorted(runs, key=lambda run: text[: run.start][-1:] not in ("(", "（"))
    days = _DAY.fullmatch(_printed(text, runs, "A")[0])
    found = [*_years(text, runs, "Y"), *([int(days[1])] if days else ()), *_years(text, runs, "X")]
    return next((year for year in found if year <= date.today().year + 1), None)


def _years(text: str, runs: Sequence[TagRun], label: str) -> list[int]:
    return [int(year) for printed in _printed(text, runs, label) for year in _YEAR.findall(printed)]
