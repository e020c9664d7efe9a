"""People and organisations in the lines that name the authors."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from itertools import pairwise

from citegrid.core.language import lexicon
from citegrid.core.language.accents import with_accents
from citegrid.core.language.script import count_han, has_han
from citegrid.pipeline.document.metadata.patterns import (
    AUTHOR_LEAD,
    BETWEEN_NAMES,
    CUES,
    FIELD_BEHIND,
    LABELS,
    NAME_MARKS,
    NICKNAME,
    NO_PERSON,
    PERSON,
    PERSON_TITLE,
    REST_OF_NAME,
    RUN_TOGETHER,
    WORKPLACE,
)
from citegrid.pipeline.document.metadata.segments import Segment

#: More names than these are no byline; a Chinese one has no more ideographs, a Japanese one these.
MOST_NAMES, _MOST_HAN, _MOST_JAPANESE = 60, 4, 6
#: A name has fewer words.
_MOST_WORDS = 7
#: Marks of affiliations in letters, or as OCR reads figures.
_LETTERED = string.ascii_letters + string.digits
#: What ends a line of names, before another begins.
_END = "\n"
#: Signs around a name; letters of an organisation at least.
_SIGNS, _FEWEST_LETTERS = ' .:：()（）"“”■●◆▲★', 3
#: A bar between names as some fonts give it.
_BAR = " I "
#: A gap so much wider than a space, in type sizes, parts two names.
_APART = 0.75


def people(segments: Sequence[Segment], japanese: bool = False) -> tuple[str, ...]:
    """Who is named in ``segments``, in their order; an organisation where no person is.  In a ``japanese`` text a blank stands within a name."""
    turned = tuple(_families_first(segments))
    if turned:
        return turned
    text = "".join(map(_parted, segments[:1]))
    for before, segment in pairwise(segments):
        written = _parted(segment)
        text += (" " if _is_broken(text, before, segment, written) else _END) + written
    found = list(dict.fromkeys(persons(text, japanese)))
    return tuple(found[:MOST_NAMES]) or tuple(_organisation(segments))


def goes_on(before: Segment, segment: Segment) -> bool:
    """Whether a row begins with the rest of a name that the row above leaves open: a given name alone, or an initial."""
    last = _last_part(_parted(before))
    is_open = 1 in (len(last), len("".join(last[-1:]).strip(".")))
    return is_open and _is_broken(_parted(before), before, segment, _parted(segment))


def goes_with(segment: Segment) -> bool:
    """Whether a row begins with what joins it to the names above it: "and Anna Berg"."""
    return BETWEEN_NAMES.match(segment.text) is not None


def lists_names(segment: Segment) -> bool:
    """Whether a row is a list of names, and nothing else."""
    parts = [part for part in BETWEEN_NAMES.split(_with_signs(segment.text)) if part.strip()]
    return len(parts) > 1 and len(list(persons(segment.text))) == len(parts)


def person_share(segment: Segment) -> float:
    """The share of a segment's letters that stand in names of people."""
    names = "".join(persons(_parted(segment)))
    return min(1.0, sum(map(str.isalpha, names)) / max(1, sum(map(str.isalpha, segment.letters))))


def _is_broken(text: str, before: Segment, segment: Segment, written: str) -> bool:
    """Whether the last name of ``text`` goes on in ``segment``: over two rows, never over two places of one."""
    if before.row == segment.row or has_han(segment.text) or WORKPLACE.search(before.text):
        return False
    above = text.rsplit(_END, 1)[-1]
    last = _last_part(above)
    in_list = BETWEEN_NAMES.search(above) is not None
    ends_in_particle = 1 < len(last) < _MOST_WORDS and last[0][:1].isupper() and last[-1].islower()
    is_rest = in_list and any((len(last) == 1, REST_OF_NAME.match(written)))
    is_suffix = written.strip(".").casefold() in lexicon.words("title_page", "name_suffixes")
    return bool(last) and any((ends_in_particle, is_suffix, is_rest))


def _last_part(text: str) -> list[str]:
    """The words behind the last sign of a line of names."""
    return BETWEEN_NAMES.split(NAME_MARKS.sub(" ; ", text))[-1].split()


def _parted(segment: Segment) -> str:
    """The text of a segment, with semicolons for marks and for gaps that part names."""
    parts: list[str] = []
    before = segment.words[0]
    for word in segment.words:
        gap = word.box.x0 - before.box.x1 > _APART * segment.size
        between = " ; " if gap and not has_han(word.text) else "" if before.end == word.start else " "
        parts.append(" ; " if segment.is_mark(word) or segment.is_small(word) else between + word.text)
        before = word
    return "".join(parts).strip()


def persons(text: str, japanese: bool = False) -> Iterator[str]:
    """The names in lines: what stands between signs, without leads, titles and degrees, down to an address."""
    for line in map(_without_note, text.split(_END)):
        plain = NICKNAME.sub(r"\1 ", FIELD_BEHIND.sub("", AUTHOR_LEAD.sub("", with_accents(_with_signs(line)))))
        for part in BETWEEN_NAMES.split(NAME_MARKS.sub(" ; ", plain)):
            if WORKPLACE.search(part):
                break
            name = PERSON_TITLE.sub("", part.strip(_SIGNS)).strip()
            if NO_PERSON.search(part):
                continue
            if has_han(name):
                yield from _chinese(name.replace(" ", ""), _MOST_JAPANESE) if japanese else _chinese(name)
            elif PERSON.fullmatch(name):
                yield " ".join(name.split())


def _with_signs(line: str) -> str:
    """A line of names with semicolons for the bars between them, where a font gives letters for bars."""
    spaced = f"{line} "
    return spaced.replace(_BAR, " ; ") if spaced.count(_BAR) > 1 else line


def _without_note(line: str) -> str:
    """A line of names without the address or the degree behind a dash: "Ana Lima - al@di.br", "Ana Lima – Master 2"."""
    name, _, behind = line.replace("–", "-").partition(" - ")
    return name if "@" in behind or NO_PERSON.match(behind) else line


def _families_first(segments: Sequence[Segment]) -> Iterator[str]:
    """The names of a list that sets families first, with semicolons between ("Freire, Elias; Reis, Otair"), or in capitals and a row for
    each ("PILOTO LOURENÇO, Bárbara")."""
    rows = [NAME_MARKS.sub("", segment.text) for segment in segments]
    capital = all(map(_begins_in_capitals, rows))
    pairs = [part.strip().partition(", ") for part in (" ;"[capital]).join(rows).split(";")]
    names = [f"{given.strip()} {family}" for family, _, given in pairs if family.isalpha() or capital]
    if len(names) == len(pairs) > 1 and all(map(PERSON.fullmatch, names)):
        yield from names


def _begins_in_capitals(row: str) -> bool:
    """Whether a row is a family in capitals, a comma and a given name that is not."""
    family, _, given = row.partition(", ")
    return family.isupper() and given[1:2].islower()


def _chinese(text: str, most: int = _MOST_HAN) -> Iterator[str]:
    """Chinese names parted by spaces; ideographs that stand alone are one name together, and names run together are parted before
    their families."""
    name = ""
    for part in (piece.rstrip(_LETTERED) for piece in text.split()):
        if not 0 < count_han(part) == len(part.replace("·", "")):
            return
        name += part
        if len(name) > 1:
            names = _run_together(name) or [name]
            if len(names[0].split("·")[0]) > most:
                return
            yield from names
            name = ""


def _run_together(text: str) -> list[str]:
    """The names of a run of ideographs without signs between them, each a family and one or two ideographs; none where it is no such
    run."""
    names = RUN_TOGETHER.findall(text)
    return names * (len(names) > 1 and "".join(names) == text)


def _organisation(segments: Sequence[Segment]) -> Iterator[str]:
    """The name that signs alone: the first segment as it stands, where it is a name at all."""
    name = AUTHOR_LEAD.sub("", segments[0].text if segments else "").strip(_SIGNS)
    if len(name) >= _FEWEST_LETTERS and not any(cue.search(name) for cue in (*CUES, *LABELS)):
        yield name
