"""Names of authors and editors as lists print them, with their labels."""

from __future__ import annotations

import random

from pieces import Segment, Style
from records import Record

_AND = {
    "en": "and",
    "de": "und",
    "fr": "et",
    "es": "y",
    "it": "e",
    "pl": "i",
    "pt": "e",
    "ru": "и",
    "nl": "en",
    "sv": "och",
}
_ET_AL = {
    "en": ("et al.", "et al.", "et al", "and others"),
    "de": ("u. a.", "et al.", "u.a."),
    "pl": ("i in.", "et al."),
    "es": ("et al.", "y cols."),
    "ru": ("и др.", "[и др.]"),
    "it": ("et al.", "e altri"),
    "zh": ("等", "等"),
}


def _initials(given: str, form: str) -> str:
    parts = [part for part in given.split() if part]
    letters = [part if part.islower() else _letters(part, form) for part in parts]
    if form in ("II", "I I"):
        return (" " if form == "I I" else "").join(letters)
    return "".join(f" {one} " if one.islower() else one + " " * (form == "I. I.") for one in letters).strip()


def _letters(part: str, form: str) -> str:
    """The letters of one given name: "J.", "M.-g."."""
    pieces = [piece for piece in part.rstrip(".").split("-") if piece]
    if form in ("II", "I I"):
        return "".join(piece[0].upper() for piece in pieces)
    return "-".join(f"{piece[0] if i else piece[0].upper()}." for i, piece in enumerate(pieces))


def name_of(one: dict[str, str], form: str, capitals: bool) -> list[Segment]:
    if "literal" in one:
        return [(one["literal"], "N", False)]
    family = one["family"].upper() if capitals else one["family"]
    given = one.get("given", "")
    if not given:
        return [(family, "F", False)]
    suffix = [(", ", "O", False), (one["suffix"], "S", False)] if "suffix" in one else []
    if form.startswith("F"):
        rest = form[1:].lstrip(", ")
        shown = given if rest == "N" else _initials(given, rest)
        gap = [(",", "I", False), (" ", "O", False)] if form[1] == "," else [(" ", "O", False)]
        return [(family, "F", False), *gap, (shown, "G", False), *suffix]
    shown = given if form[0] == "N" else _initials(given, form[: form.index(" F")])
    return [(shown, "G", False), (" ", "O", False), (family, "F", False), *suffix]


def people_of(rng: random.Random, style: Style, people: list[dict[str, str]], language: str) -> list[Segment]:
    shown = people[: style.most] if len(people) > style.most + 1 else people
    if len(shown) < len(people) and len(shown) > 3 and style.most == 6 and rng.random() < 0.3:
        return _with_dots(style, people)
    out: list[Segment] = []
    language = language if language in _AND else "en"
    for i, one in enumerate(shown):
        if i:
            last = i == len(shown) - 1 and len(shown) == len(people)
            word = _AND[language] if style.last == "own" else style.last.strip(", ")
            if last and word:
                out.append(
                    (
                        f"{',' if style.last.startswith(',') and (len(shown) > 2 or rng.random() < 0.5) else ''} {word} ",
                        "B",
                        False,
                    )
                )
            else:
                out.append((style.joint, "B", False))
        out.extend(name_of(one, style.later if i else style.name, style.capitals))
    if len(shown) < len(people):
        out.append(
            (
                rng.choice((", ", " ", ", ", "; ")) + rng.choice(_ET_AL.get(language, _ET_AL["en"])),
                "B",
                rng.random() < 0.3,
            )
        )
    if out and out[-1][1] == "G" and out[-1][0].endswith(".") and rng.random() < 0.02:
        out.append((rng.choice((".", " .", ". ,")), "B", False))
    if len(shown) > 1 and rng.random() < 0.01:
        group = rng.choice(
            (
                "ATLAS Collaboration",
                "ABC Study Group",
                "CMS Collaboration",
                "HERO Investigators",
                "Planck Collaboration",
            )
        )
        out.append(
            (rng.choice((f" ({group})", f", for the {group}", f" on behalf of the {group}", f" [{group}]")), "B", False)
        )
    return out


def _with_dots(style: Style, people: list[dict[str, str]]) -> list[Segment]:
    out: list[Segment] = []
    for one in people[:5]:
        out += [*name_of(one, style.later, style.capitals), (", ", "B", False)]
    return [*out, ("… ", "B", False), *name_of(people[-1], style.later, style.capitals)]


def editors_of(rng: random.Random, style: Style, made: Record) -> list[Segment]:
    if "editor" not in made:
        return []
    form = rng.choice((style.name, "I. I. F"))
    people: list[Segment] = []
    for i, one in enumerate(made["editor"]):
        if i:
            people.append((rng.choice((" & ", " and ", ", ")) if i == len(made["editor"]) - 1 else ", ", "E", False))
        people += [
            (text, "E" if label != "O" or text == " " else "O", False) for text, label, _ in name_of(one, form, False)
        ]
    return people
