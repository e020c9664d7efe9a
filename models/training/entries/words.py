"""Words that records are made of: what ``words.toml`` lists, and titles of invented words."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
#: The plain lists, by name.
LISTS = SimpleNamespace(**_DATA["lists"])
LOCALES: dict[str, list[str]] = _DATA["locales"]
THESES: dict[str, list[str]] = _DATA["theses"]
_LINKS: dict[str, list[str]] = _DATA["links"]
_CJK: dict[str, list[str]] = _DATA["cjk"]
#: Scripts without spaces, and letters of the shortest word that titles are made of elsewhere.
_NO_SPACES, _SHORTEST = ("zh", "ja"), 4
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "for",
        "in",
        "on",
        "to",
        "with",
        "by",
        "from",
        "via",
        "at",
        "as",
        "or",
        "but",
        "nor",
        "is",
    ]
)
_COUNTS = (1, 2, 3, 5, 7, 9, 9, 9, 8, 7, 5, 4, 3, 2, 2)


@cache
def _common(language: str) -> Sequence[str]:
    from wordfreq import top_n_list

    shortest = 2 if language in (*_NO_SPACES, "ko") else _SHORTEST
    return [word for word in top_n_list(language, 12000)[60:] if len(word) >= shortest and word.isalpha()]


def common_word(rng: random.Random, language: str) -> str:
    return rng.choice(_common(language))


def invented(rng: random.Random, language: str) -> str:
    """Words of a language as a title might hold them."""
    if language in _NO_SPACES:
        pool = LISTS.zh_words if language == "zh" and rng.random() < 0.6 else _common(language)
        return "".join(rng.choice(pool) for _ in range(rng.randint(3, 8)))
    count = rng.choices(range(1, len(_COUNTS) + 1), _COUNTS)[0]
    if language == "ko":
        return " ".join(common_word(rng, "ko") + rng.choice(("", "의", "에", "와", "을")) for _ in range(max(2, count)))
    words: list[str] = []
    for at in range(count):
        link = 0 < at < count - 1 and rng.random() < 0.35 and words[-1] not in _LINKS[language]
        words.append(rng.choice(_LINKS[language]) if link else _title_word(rng, language))
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def _title_word(rng: random.Random, language: str) -> str:
    word = common_word(rng, language)
    if language == "de" and rng.random() < 0.6:
        word = word.capitalize()
    if rng.random() < 0.04:
        coined = f"{rng.choice('ABCDEFGHKLMNPRSTX')}{rng.randint(1, 99)}"
        odd = (word.capitalize(), word.upper()[:4], f"{word}-{common_word(rng, language)}", coined)
        return rng.choice((*odd, str(rng.randint(2, 500))))
    return word


def title_case(text: str) -> str:
    words = text.split(" ")
    return " ".join(
        word if i and word.casefold() in _SMALL else word[:1].upper() + word[1:] for i, word in enumerate(words)
    )


def stretches_of(text: str, language: str) -> Iterator[str]:
    """Stretches of running text that could stand in a title: a few words between stops, without figures and brackets."""
    if language == "zh":
        pieces = re.split(r"[^\u4e00-\u9fffA-Za-z]+", re.sub(r"\s+", "", text))
        yield from (piece for piece in pieces if 6 <= len(piece) <= 28 and re.match(r"[\u4e00-\u9fff]", piece))
        return
    for sentence in re.split(r"[.;:?!]\s|[()\[\]“”\"]|\n\n", " ".join(text.split())):
        words = sentence.strip(" ,").split()
        for at in range(0, len(words) - 4, 14):
            line = _title_of(words[at : at + 3 + (len(sentence) * 7 + at) % 13])
            if len(line.split()) >= 3 and re.fullmatch(r"[A-Za-zÀ-ÿ][\w ,’'\-–/]*", line) and len(line) < 140:
                yield line


def _title_of(words: list[str]) -> str:
    while words and words[-1].casefold() in _SMALL:
        words = words[:-1]
    return " ".join(words).strip(" ,")


# ---- places of works ---------------------------------------------------------------------------------------------


def zh_journal(rng: random.Random) -> str:
    if rng.random() < 0.2:
        return f"{rng.choice(LISTS.zh_universities)}学报{rng.choice(('(自然科学版)', '（社会科学版）'))}"
    return rng.choice(_CJK["zh_journals"]).format(rng.choice(LISTS.zh_subjects))


def national_journal(rng: random.Random, language: str) -> str:
    if language in ("ja", "ko"):
        return invented(rng, language)[:8] + rng.choice(_CJK[f"{language}_journals"])
    word = common_word(rng, language)
    forms = _DATA["national_journals"].get(language, ("Journal of {}",))
    return rng.choice(forms).format(word.capitalize() if language == "de" else word)


def conference(rng: random.Random, language: str, year: int) -> str:
    if language == "zh":
        number, subject = rng.choice("一二三四五六七八九十"), rng.choice(LISTS.zh_subjects)
        return rng.choice((f"第{number}届全国{subject}学术会议论文集", f"中国{subject}大会论文集"))
    topic = title_case(rng.choice(LISTS.topics))
    short = "".join(word[0] for word in topic.split()).upper() + rng.choice(("C", "", "CON", "S"))
    nth = f"{rng.randint(2, 60)}th"
    ordinal = rng.choice(
        (nth, f"{nth} Annual", "Twenty-Third", "First", "Third", f"{year}", f"{year} IEEE", "", "21st")
    )
    form = rng.choice(LISTS.conferences)
    shown = year % 100 if "’" in form else year
    made = form.format(topic=topic, short=short, ordinal=ordinal, year=shown, nation=rng.choice(LISTS.nations))
    return " ".join(made.split())


def publisher(rng: random.Random, language: str) -> tuple[str, str]:
    """A publisher and its place."""
    if language == "zh":
        return rng.choice(LISTS.zh_publishers), rng.choice(LISTS.zh_cities)
    if language in ("ja", "ko"):
        return rng.choice(_CJK[f"{language}_publishers"]), rng.choice(_CJK[f"{language}_cities"])
    return rng.choice(LISTS.publishers), rng.choice(LISTS.cities)


def university(rng: random.Random, language: str) -> str:
    if language == "zh":
        return rng.choice(LISTS.zh_universities)
    city = re.split("[,/]", rng.choice(LISTS.cities))[0]
    forms = _DATA["universities"]
    return rng.choice(forms.get(language, forms["en"])).format(city)


def abbreviated(rng: random.Random, name: str) -> str:
    """A journal's name cut short: "J. Clin. Oncol.", "Phys Rev Lett"."""
    stop = rng.choice((".", ".", ""))
    left_out = _SMALL | {"de", "für", "der", "et", "&"}
    words = [word for word in re.split(r"[\s/]+", name) if word.casefold() not in left_out]
    if len(words) < 2:
        return name
    return " ".join(word if len(word) < 5 else _cut(word) + stop for word in words)


def _cut(word: str) -> str:
    if word == "Journal":
        return "J"
    found = re.match(r"(.{2}[aeiouy]*[^aeiouy]+)", word)
    return found[1] if found and len(found[1]) < len(word) else word[:4]
