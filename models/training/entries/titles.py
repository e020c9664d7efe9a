"""Titles of works that nobody wrote, with what titles hold: subtitles, questions, years, brackets, names."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import words as w
from people import CJK, coined, person


@dataclass(frozen=True)
class Material:
    """What records are made of: stretches of running text and section heads by language, and the names of journals."""

    stretches: dict[str, Sequence[str]] = field(default_factory=dict)
    journals: dict[str, Sequence[str]] = field(default_factory=dict)


def year(rng: random.Random) -> int:
    return min(2026, int(rng.triangular(1930, 2026, 2018))) if rng.random() < 0.93 else rng.randint(1780, 1960)


def title(rng: random.Random, material: Material, language: str, kind: str) -> str:
    """A title, with what titles hold: subtitles, questions, figures, years, stops, quotes, brackets, names of people and programs."""
    text = stretch(rng, material, language)
    if language not in CJK:
        text = _short(rng, language, kind) if rng.random() < (0.3 if kind == "book" else 0.05) else text
        if rng.random() < 0.16:
            text = _with_brackets(rng, text)
    elif rng.random() < 0.04:
        text = f"《{text[:6]}》{text[6:]}"
    chance = rng.random()
    colon = "：" if language == "zh" else rng.choice((": ", ": ", ": ", " : ") if language == "fr" else (": ",))
    if chance < 0.24:
        text += rng.choice((colon, colon, colon, colon, " – ", " — ", "—", ". ", "; ", " - ")) + _lead(
            rng, stretch(rng, material, language)
        )
    elif chance < 0.30 and language not in CJK:
        text = f"{coined(rng)}{colon}{_lead(rng, text)}"
    elif chance < 0.36:
        text += "？" if language in ("zh", "ja") else rng.choice("????!")
        if rng.random() < 0.45:
            text += ("" if language in CJK else " ") + stretch(rng, material, language)
    elif chance < 0.40:
        first = text if language in CJK else rng.choice((text.split()[0], " ".join(text.split()[-2:])))
        text = text.replace(first, f"“{first}”", 1)
    elif chance < 0.45:
        first = year(rng)
        span = f"{first}{rng.choice('–-')}{first + rng.randint(1, 60)}"
        text += (
            span
            if language in CJK
            else rng.choice(
                (
                    f", {span}",
                    f" in {first}",
                    f" ({span})",
                    f" {first}",
                    f", {first}",
                    f", {span}",
                    f" in the {first // 10 * 10}s",
                )
            )
        )
    elif chance < 0.48:
        text += (
            "（一）"
            if language in CJK
            else rng.choice(
                (
                    ", Part II",
                    ". II. " + stretch(rng, material, language),
                    f" {rng.randint(2, 40)}",
                    f" ({coined(rng)})",
                    ", vol. 2",
                    " I",
                    ", 1",
                    f" [{stretch(rng, material, 'en')}]",
                    f" [{stretch(rng, material, 'en')}]",
                )
            )
        )
    elif chance < 0.51 and language not in CJK:
        text = text.replace(
            " ",
            rng.choice(
                (
                    " vs. ",
                    " spp. ",
                    " cf. ",
                    " U.S. ",
                    " e.g. ",
                    " St. ",
                    " v. ",
                    " L. ",
                    " Vahl. ",
                    " Griseb. and ",
                    ". ",
                )
            ),
            1,
        )
    elif chance < 0.57 and kind in ("article", "report", "webpage", "software"):
        text = f"{coined(rng)} {rng.choice(('technical report', 'Technical Report', 'system card', 'model card', 'user guide', 'Documentation'))}"
    if kind in ("report", "standard", "software", "webpage") and rng.random() < 0.04:
        text += rng.choice((" Version ", " Version ", " v", " Release ")) + f"{rng.randint(1, 9)}.{rng.randint(0, 9)}"
    if kind == "webpage" and rng.random() < 0.12:
        text = f"{coined(rng)} {rng.choice(('Homepage', 'Website', 'Home Page', 'home page', 'online', 'Portal'))}"
    if language == "en" and rng.random() < 0.25:
        text = w.title_case(text)
    if language not in CJK and 0.6 < chance < 0.63:
        text = f"{rng.choice('ABCDEHLMPRST')}. {text[:1].lower()}{text[1:]}"  # "E. coli infections"
    return text


def _short(rng: random.Random, language: str, kind: str) -> str:
    """A short title: things in a row, one or two words, or somebody's name."""
    word = lambda: capitalised(w.common_word(rng, language))  # noqa: E731
    one = person(rng, language)
    name = f"{one['given']} {one['family']}".strip()
    return rng.choice(
        (
            f"{word()}, {word()}, {rng.choice(('and', '&'))} {word()}",
            f"{word()} and {word()}",
            word(),
            f"The {word()}",
            f"{word()} {word()}",
            name,
            f"{name}: {word()} {word()}",
            f"{word()} et {word()}",
            f"{name}, {word()} and {word()}",
            f"The {word()} {word()}",
        )
    )


def _with_brackets(rng: random.Random, text: str) -> str:
    """``text`` with what stands in brackets within titles: names of plants, acronyms, formulas."""
    words = text.split()
    at = rng.randint(1, len(words))
    inner = rng.choice(
        (
            capitalised(w.common_word(rng, "en")),
            coined(rng),
            f"{capitalised(w.common_word(rng, 'en'))} {w.common_word(rng, 'en')} L.",
            str(rng.randint(1, 9)),
            w.common_word(rng, "en"),
            f"{w.common_word(rng, 'en')}, {w.common_word(rng, 'en')}",
            w.common_word(rng, "en").upper()[:4],
        )
    )
    form = rng.choice(
        ("({})", "({})", "({})", "L. ({})", "Vahl. ({})", "({}) f. ({})", "[{}]", "Linn. ({})", "({}):", "({}),")
    )
    words.insert(at, form.format(inner, "syn.") if at < len(words) else form.format(inner, "syn.").rstrip(":,"))
    return " ".join(words)


def _lead(rng: random.Random, text: str) -> str:
    return text if rng.random() < 0.7 else text[:1].lower() + text[1:]


def stretch(rng: random.Random, material: Material, language: str) -> str:
    stretches = material.stretches.get(language, ())
    if stretches and rng.random() < 0.6:
        return capitalised(rng.choice(stretches))
    return w.invented(rng, language)


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
