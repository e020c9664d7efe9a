"""Works that nobody wrote: plausible records in many languages and kinds, in the fields of CSL-JSON, to render lists of works from.

Names come from Faker, journals are the names of the CSL styles, words of titles from wordfreq and, where a folder of papers is
given, from stretches of their running text: these are only material to render, they end in no file of the repository.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import words as w
from people import CJK, authors, coined, faker_of, organisation, person
from titles import Material, capitalised, stretch, title, year

Record = dict[str, Any]
#: How often each language and each kind is drawn.
LANGUAGES = {
    "en": 60,
    "zh": 11,
    "de": 6,
    "fr": 5,
    "es": 4,
    "pt": 2,
    "it": 2,
    "pl": 2,
    "ru": 2,
    "nl": 1,
    "sv": 1,
    "ja": 2,
    "ko": 2,
}


KINDS = {
    "article-journal": 46, "paper-conference": 16, "book": 11, "chapter": 8, "thesis": 4, "report": 4,
    "article": 4, "webpage": 4, "standard": 1, "patent": 1, "software": 1, "dataset": 1, "article-newspaper": 1,
}  # fmt: skip


def _drawn(rng: random.Random, shares: dict[str, int]) -> str:
    return rng.choices(list(shares), list(shares.values()))[0]


def record(rng: random.Random, material: Material, language: str = "", kind: str = "") -> Record:
    """A new record; ``language`` and ``kind`` are drawn where they are not given."""
    language = language or _drawn(rng, LANGUAGES)
    kind = kind or _drawn(rng, KINDS)
    made: Record = {"type": kind, "language": language, "title": title(rng, material, language, kind)}
    made["issued"] = year(rng)
    if rng.random() < 0.3:
        made["month"], made["day"] = rng.randint(1, 12), rng.randint(1, 28)
    made["author"] = authors(rng, language, kind)
    _FILL.get(kind, _article)(rng, material, language, made)
    if rng.random() < 0.35 and kind not in ("book", "thesis"):
        made["DOI"] = _doi(rng)
    if kind in ("webpage", "software", "dataset", "report", "article-newspaper") or rng.random() < 0.08:
        made["URL"] = _url(rng)
        if rng.random() < 0.6:
            made["accessed"] = (rng.randint(2005, 2025), rng.randint(1, 12), rng.randint(1, 28))
    if kind == "book" and rng.random() < 0.02:
        made["author"] = [{"family": faker_of("it_IT").first_name(), "given": ""}]
    if kind == "webpage" and rng.random() < 0.06:
        made["title"] = f"{coined(rng)}.{rng.choice(('org', 'com', 'net'))}"
    return made


def _pages(rng: random.Random) -> str:
    if rng.random() < 0.12:
        return rng.choice(
            (f"e{rng.randint(1000, 99999)}", str(rng.randint(100000, 999999)), f"{rng.randint(1, 9999):04d}")
        )
    first = rng.randint(1, 4000)
    return f"{first}-{first + rng.randint(1, 40)}"


def _article(rng: random.Random, material: Material, language: str, made: Record) -> None:
    made["container-title"] = journal(rng, material, language)
    if language not in CJK and rng.random() < 0.02:
        made["container-title"] += rng.choice((" 2000", f" {year(rng)}", ", A", " (1985)", " 21"))
    if rng.random() < 0.96:
        made["volume"] = str(rng.randint(1, 400))
        if rng.random() < 0.55:
            made["issue"] = str(rng.randint(1, 24))
        if rng.random() < 0.92:
            made["page"] = _pages(rng)


def _newspaper(rng: random.Random, material: Material, language: str, made: Record) -> None:
    made["container-title"] = rng.choice(w.LISTS.newspapers)


def _conference(rng: random.Random, material: Material, language: str, made: Record) -> None:
    made["container-title"] = w.conference(rng, language, made["issued"])
    if rng.random() < 0.75:
        made["page"] = _pages(rng)
    if rng.random() < 0.4:
        _publisher(rng, language, made)
    if rng.random() < 0.15:
        made["editor"] = [person(rng, language) for _ in range(rng.randint(1, 3))]
    if rng.random() < 0.15:
        made["volume"] = str(rng.randint(1, 9999))


def _publisher(rng: random.Random, language: str, made: Record) -> None:
    made["publisher"], made["publisher-place"] = w.publisher(rng, language)


def _book(rng: random.Random, material: Material, language: str, made: Record) -> None:
    _publisher(rng, language, made)
    if rng.random() < 0.15:
        made["edition"] = str(rng.randint(2, 9))
    if rng.random() < 0.1:
        made["collection-title"] = capitalised(stretch(rng, material, language))[:60]
    if rng.random() < 0.15:
        made["translator"] = [person(rng, rng.choice(("en", language)))]


def _chapter(rng: random.Random, material: Material, language: str, made: Record) -> None:
    made["container-title"] = title(rng, material, language, "book")
    _publisher(rng, language, made)
    made["page"] = _pages(rng)
    if rng.random() < 0.75:
        made["editor"] = [person(rng, language) for _ in range(rng.randint(1, 3))]
    if rng.random() < 0.15:
        made["volume"] = str(rng.randint(1, 12))


def _thesis(rng: random.Random, material: Material, language: str, made: Record) -> None:
    made["publisher"] = w.university(rng, language)
    made["genre"] = rng.choice(w.THESES.get(language, w.THESES["en"]))
    if rng.random() < 0.5:
        made["publisher-place"] = w.publisher(rng, language)[1]


def _report(rng: random.Random, material: Material, language: str, made: Record) -> None:
    made["publisher"] = organisation(rng, language)
    if rng.random() < 0.25 and language not in CJK:
        part = rng.choice(("Department of", "Dept. of", "School of", "Institute of"))
        made["publisher"] = f"{part} {rng.choice(w.LISTS.topics).title()}, {w.university(rng, language)}"
    made["genre"] = rng.choice(
        (
            "Technical Report",
            "Tech. Rep.",
            "TR",
            "Technical Report TR",
            "Working Paper",
            "Report",
            "White Paper",
            "Discussion Paper",
        )
    )
    if rng.random() < 0.6:
        made["number"] = rng.choice(
            (str(rng.randint(1, 999)), f"{rng.choice(w.LISTS.coined).upper()[:4]}-{rng.randint(1, 999)}")
        )
    if rng.random() < 0.4:
        made["publisher-place"] = w.publisher(rng, language)[1]


def _preprint(rng: random.Random, material: Material, language: str, made: Record) -> None:
    made["arxiv"] = (
        f"{rng.randint(7, 25):02d}{rng.randint(1, 12):02d}.{rng.randint(0, 99999):05d}"
        if rng.random() < 0.85
        else f"{rng.choice(('hep-th', 'cs', 'astro-ph', 'cond-mat', 'quant-ph'))}/{rng.randint(9100000, 9912999):07d}"
    )
    made["container-title"] = rng.choice(("arXiv", "arXiv preprint", "CoRR", "bioRxiv", "medRxiv", "ArXiv e-prints"))


def _webpage(rng: random.Random, material: Material, language: str, made: Record) -> None:
    if rng.random() < 0.6:
        made["container-title"] = rng.choice((organisation(rng, language), rng.choice(w.LISTS.newspapers), coined(rng)))


def _standard(rng: random.Random, material: Material, language: str, made: Record) -> None:
    made["number"] = rng.choice(
        (
            f"ISO {rng.randint(100, 29999)}:{made['issued']}",
            f"IEEE Std {rng.randint(100, 2999)}-{made['issued']}",
            f"GB/T {rng.randint(100, 49999)}-{made['issued']}",
            f"ASTM D{rng.randint(100, 9999)}",
            f"RFC {rng.randint(100, 9999)}",
            f"DIN EN {rng.randint(100, 99999)}",
        )
    )
    if not made["author"]:  # the number begins the title
        made["title"] = made.pop("number") + rng.choice((". ", ": ", " ", ", ")) + made["title"]
    if rng.random() < 0.6:
        _publisher(rng, language, made)


def _patent(rng: random.Random, material: Material, language: str, made: Record) -> None:
    made["number"] = rng.choice(
        (
            f"US {rng.randint(3, 11)},{rng.randint(100, 999)},{rng.randint(100, 999)} B2",
            f"CN{rng.randint(10**8, 10**9)}A",
            f"EP{rng.randint(10**6, 10**7)}",
        )
    )


def _program(rng: random.Random, material: Material, language: str, made: Record) -> None:
    made["title"] = f"{coined(rng)}: {made['title']}" if rng.random() < 0.7 else coined(rng)
    if rng.random() < 0.6:
        made["version"] = f"{rng.randint(0, 9)}.{rng.randint(0, 20)}"
    if rng.random() < 0.5:
        made["publisher"] = rng.choice(
            ("Zenodo", "GitHub", "CRAN", "Dryad", "Figshare", "Harvard Dataverse", "PANGAEA")
        )


_FILL: dict[str, Callable[[random.Random, Material, str, Record], None]] = {
    "article-journal": _article, "article-newspaper": _newspaper, "paper-conference": _conference, "book": _book,
    "chapter": _chapter, "thesis": _thesis, "report": _report, "article": _preprint, "webpage": _webpage,
    "standard": _standard, "patent": _patent, "software": _program, "dataset": _program,
}  # fmt: skip


def journal(rng: random.Random, material: Material, language: str) -> str:
    if language == "zh":
        return w.zh_journal(rng)
    if language in ("ja", "ko"):
        return w.national_journal(rng, language)
    if rng.random() < 0.05 and language == "en":
        return rng.choice(w.LISTS.short_journals)
    own = material.journals.get(language, ())
    if own and rng.random() < 0.7:
        return rng.choice(own)
    return (
        rng.choice(material.journals["en"])
        if rng.random() < 0.6 or language == "en"
        else w.national_journal(rng, language)
    )


def _doi(rng: random.Random) -> str:
    tail = rng.choice(
        (
            f"j.{rng.choice(w.LISTS.coined).lower()}.{year(rng)}.{rng.randint(1, 12):02d}.{rng.randint(1, 999):03d}",
            f"s{rng.randint(10000, 99999)}-{rng.randint(10, 26):03d}-{rng.randint(1000, 9999)}-{rng.randint(0, 9)}",
            f"{rng.randint(10**6, 10**8)}",
            f"{rng.choice(w.LISTS.coined).upper()[:5]}.{year(rng)}.{rng.randint(10**5, 10**7)}",
            f"S0140-6736({rng.randint(10, 26)}){rng.randint(10000, 99999)}-{rng.randint(0, 9)}",
        )
    )
    return f"10.{rng.randint(1000, 99999)}/{tail}"


def _url(rng: random.Random) -> str:
    host = rng.choice(w.LISTS.coined).lower() + rng.choice(w.LISTS.coined).lower()
    path = "/".join(rng.choice(w.LISTS.coined).lower() for _ in range(rng.randint(0, 3)))
    return f"{rng.choice(('https', 'http'))}://{rng.choice(('', 'www.'))}{host}.{rng.choice(('org', 'com', 'de', 'edu', 'gov', 'cn', 'fr'))}/{path}{rng.choice(('', '.html', '.pdf', f'?id={rng.randint(1, 999)}', '/'))}"


def material_of(papers: Sequence[Path], styles: Path) -> Material:
    """Stretches of the running text of ``papers`` (PDFs), and the journals that the CSL files below ``styles`` are named after."""
    stretches: dict[str, list[str]] = {"en": [], "zh": []}
    for paper in papers:
        text = _running_text(paper)
        language = "zh" if len(re.findall(r"[\u4e00-\u9fff]", text)) > 0.2 * len(text) else "en"
        stretches[language].extend(w.stretches_of(text, language))
    journals: dict[str, list[str]] = {"en": []}
    for path in sorted(styles.rglob("*.csl")):
        head = path.read_text("utf-8")[:3000]
        named = re.search(r"<title>([^<(]+)", head)
        language = (re.search(r'default-locale="(\w\w)', head) or [None, "en"])[1]
        if named and (path.parent.name == "dependent" or language != "en"):
            journals.setdefault(language, []).append(named[1].strip().replace("&amp;", "&").split(" - ")[0])
    return Material(stretches, journals)


def _running_text(paper: Path) -> str:
    import pymupdf

    with pymupdf.open(paper) as pages:
        text = "\n".join(page.get_text("text", flags=pymupdf.TEXT_DEHYPHENATE) for page in pages)
    return re.split(r"\n\s*(?:References|REFERENCES|Bibliography|参考文献|Literature Cited)\s*\n", text)[0]
