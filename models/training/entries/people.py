"""People and organisations that nobody is, to render lists of works from."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import words as w

CJK = ("zh", "ja", "ko")


@cache
def faker_of(locale: str) -> Any:
    from faker import Faker

    return Faker(locale, use_weighting=False)


def authors(rng: random.Random, language: str, kind: str) -> list[dict[str, str]]:
    organised = {
        "webpage": 0.45,
        "standard": 0.7,
        "report": 0.4,
        "software": 0.35,
        "dataset": 0.3,
        "article-newspaper": 0.2,
    }.get(kind, 0.015)
    if kind in ("webpage", "article-newspaper", "standard") and rng.random() < 0.3:
        return []
    if rng.random() < organised:
        return [{"literal": organisation(rng, language)}]
    count = rng.choices((1, 2, 3, 4, 5, 6, 8, 12, 25, 60), (44, 44, 36, 24, 16, 12, 12, 8, 2, 1))[0]
    if kind in ("book", "thesis", "webpage"):
        count = 1 if kind == "thesis" else min(count, 3)
    people = [person(rng, language) for _ in range(count)]
    if rng.random() < 0.01:
        people.insert(rng.randint(0, 1), {"literal": organisation(rng, language)})
    return people


def person(rng: random.Random, language: str) -> dict[str, str]:
    if language in CJK and (language != "ko" or rng.random() < 0.8):
        fake = faker_of(w.LOCALES[language][0])
        name = fake.last_name() + fake.first_name()
        if language == "zh" and rng.random() < 0.05:
            return {"family": "·".join(rng.choice(w.LISTS.zh_foreign) for _ in range(rng.randint(1, 2))), "given": ""}
        return {"family": re.sub(r"\s", "", name), "given": ""}
    mixed = rng.random() < (0.45 if language == "en" else 0.15)
    if mixed and rng.random() < 0.4:
        return pinyin(rng)
    locale = rng.choice(w.LISTS.latin_locales if mixed else w.LOCALES.get(language, ("en_US",)))
    fake = faker_of(locale)
    given = fake.first_name().split()[0].strip(".")
    if rng.random() < 0.12:  # the place of a name tells its part, not the name: "Sewon Min", "Patrick Lewis"
        given = rng.choice((fake.last_name().split()[0], "".join(rng.sample(w.LISTS.syllables, 2)).capitalize()))
    if rng.random() < 0.25:
        given += rng.choice((" ", " ", "-")) + fake.first_name().split()[0].strip(".")
    elif rng.random() < 0.35:
        given += f" {rng.choice('ABCDEFGHIJKLMNOPRSTVW')}."
    family = fake.first_name() if rng.random() < 0.1 else fake.last_name()
    chance = rng.random()
    if chance < 0.05:
        family = f"{rng.choice(w.LISTS.particles)} {family}"
    elif chance < 0.065 and "." not in given:
        given = f"{given} {rng.choice(('de', 'van', 'von', 'da', 'van der', 'dos'))}"
    elif chance < 0.13:
        family += rng.choice("- ") + fake.last_name()
    elif chance < 0.15:
        family = rng.choice(("O’", "D’", "Mc", "Mac", "O'")) + family
    elif chance < 0.16:
        family = f"{family} {rng.choice('EeYy')} {fake.last_name()}"
    elif chance < 0.165:
        family = f"{family} ({fake.last_name()})"
    elif chance < 0.17:  # people of the names that groups bear
        family = rng.choice(("Team", "Group", "Project", "Lab", "Press", "Journal", "Chair"))
    made = {"family": family, "given": "" if rng.random() < 0.012 else given}
    if rng.random() < 0.01:
        made["suffix"] = rng.choice(("Jr.", "III", "Sr.", "II"))
    return made


def pinyin(rng: random.Random) -> dict[str, str]:
    """A Chinese, Korean or Vietnamese name in Latin letters: "Wang, Xiao-ming", "Kim, M.-g."."""
    syllables = rng.sample(w.LISTS.syllables, 2)
    joined = rng.choice(
        (
            syllables[0],
            syllables[0],
            "".join(syllables),
            "-".join(syllables),
            f"{syllables[0]}-{syllables[1].capitalize()}",
            f"{syllables[0]} {syllables[1].capitalize()}",
        )
    )
    family, given = rng.choice(w.LISTS.pinyin_families), joined[0].upper() + joined[1:]
    if rng.random() < 0.05:
        family, given = given, family
    return {"family": family, "given": given}


def organisation(rng: random.Random, language: str) -> str:
    if language == "zh":
        if rng.random() < 0.15:
            return "中华人民共和国" + rng.choice(w.LISTS.zh_topics) + rng.choice(w.LISTS.zh_offices)
        return rng.choice(w.LISTS.zh_places) + rng.choice(w.LISTS.zh_topics) + rng.choice(w.LISTS.zh_offices)
    forms: tuple[Callable[[], str], ...] = (
        lambda: rng.choice(w.LISTS.organisations),
        lambda: rng.choice(w.LISTS.organisations),
        lambda: (
            f"{rng.choice(w.LISTS.nations)} {rng.choice(w.LISTS.bodies)} {rng.choice(('of', 'for', 'on'))} {rng.choice(w.LISTS.topics).title()}"
        ),
        lambda: (
            f"{rng.choice(w.LISTS.bodies)} of {rng.choice(w.LISTS.topics).title()} and {rng.choice(w.LISTS.topics).title()}"
        ),
        lambda: (
            f"The {rng.choice(w.LISTS.topics).title()} {rng.choice(('Collaboration', 'Consortium', 'Project', 'Study Group', 'Team', 'Working Group'))}"
        ),
        lambda: (
            f"{coined(rng)} {rng.choice(('Team', 'Inc.', 'GmbH', 'AI', 'Collaboration', 'Developers', 'Foundation', 'Contributors', 'development team'))}"
        ),
        lambda: coined(rng),
        lambda: (
            f"{rng.choice(('Instituto Nacional', 'Ministério', 'Ministère', 'Bundesamt', 'Departamento', 'Agence'))} {w.invented(rng, rng.choice(('pt', 'es', 'fr', 'de'))).title()[:60].strip()}"
        ),
        lambda: f"University of {faker_of('en_US').city()}",
        lambda: faker_of(w.LOCALES.get(language, ("en_US",))[0]).company(),
    )
    name = rng.choice(forms)()
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return f"{name} ({initials})" if rng.random() < 0.12 and len(initials) > 2 else name


def coined(rng: random.Random) -> str:
    """The name of a firm, a program or a model: "DeepSeek-AI", "numpyro", "GraphSAGE2"."""
    parts = [rng.choice(w.LISTS.coined) for _ in range(2)]
    name = rng.choice(
        (
            parts[0] + parts[1].lower(),
            parts[0] + parts[1],
            f"{parts[0]}-{parts[1]}",
            parts[0].upper()[:4] + parts[1],
            parts[0].lower() + parts[1].lower(),
        )
    )
    return name + rng.choice(("", "", "", "-AI", "2", "-3", "-4", "AI", "v2", " 4.0"))
