"""Measures the shipped tagger: on rendered lists that it has not learnt from, and on real entries that others have labelled.

    python measure.py lists.pkl              # lists of train.py render, with another seed
    python measure.py core.xml gold.xml      # <sequence>s of fields, as the parser of AnyStyle is taught by

Of each entry that has them: the title (0.9 alike), the year, the family of the first author, and all of these at once.
"""

from __future__ import annotations

import html
import pickle
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from citegrid.pipeline.bibliography.entry.parse import Fields, PrintedEntry, parse_entries, parse_entry

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")
#: So far into the names as they are printed the first family may begin.
_FIRST = 25


@dataclass(frozen=True)
class Wanted:
    """What an entry names, as it is printed; empty where it does not."""

    text: str
    title: str
    years: tuple[str, ...]
    authors: str


def folded(text: str) -> str:
    """Letters and digits alone."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if char.isalnum()).casefold()


def sequences(path: Path) -> Iterator[Wanted]:
    for sequence in re.findall(r"<sequence>(.*?)</sequence>", path.read_text("utf-8"), re.S):
        tagged = re.findall(r"<([\w-]+)>(.*?)</\1>", sequence, re.S)
        fields = [(tag, " ".join(html.unescape(text).split())) for tag, text in tagged if tag != "citation-number"]
        if fields:
            first = dict(reversed(fields))
            years = tuple(year for tag, text in fields if tag == "date" for year in _YEAR.findall(text))
            text = " ".join(text for _, text in fields)
            yield Wanted(text, first.get("title", ""), years, first.get("author", ""))


def rendered(path: Path) -> Iterator[list[Wanted]]:
    for entries in pickle.loads(path.read_bytes()):
        yield [_of_labels(entry.text, entry.labels) for entry in entries]


def _of_labels(text: str, labels: str) -> Wanted:
    runs = [(match[0][0], text[match.start() : match.end()]) for match in re.finditer(r"(.)\1*", labels)]
    first = dict(reversed(runs))
    authors = first.get("N", "") if "F" not in first or 0 <= labels.find("N") < labels.find("F") else first["F"]
    return Wanted(text, first.get("T", ""), tuple(value for label, value in runs if label == "Y"), authors)


def judged(wanted: Wanted, found: Fields) -> dict[str, bool]:
    """Which of the fields that the entry has are right."""
    right = {}
    if wanted.title:
        alike = SequenceMatcher(None, folded(wanted.title), folded(found.title), autojunk=False)
        right["title"] = alike.ratio() >= 0.9
    if wanted.years:
        right["year"] = str(found.year) in wanted.years
    if wanted.authors:
        family = folded((found.authors or ("",))[0].split(",")[0])
        right["author"] = bool(family) and 0 <= folded(wanted.authors).find(family) < _FIRST
    return right | {"all": all(right.values())}


def main() -> None:
    for name in sys.argv[1:]:
        path = Path(name)
        if path.suffix == ".xml":
            pairs = [(wanted, parse_entry(wanted.text)) for wanted in sequences(path)]
        else:
            lists = list(rendered(path))
            read = [parse_entries([PrintedEntry(wanted.text) for wanted in one]) for one in lists]
            pairs = [pair for one, found in zip(lists, read, strict=True) for pair in zip(one, found, strict=True)]
        marks = [judged(*pair) for pair in pairs]
        shares = {key: [mark[key] for mark in marks if key in mark] for key in ("title", "year", "author", "all")}
        print(path.name, len(pairs), *(f"{key} {sum(held) / max(1, len(held)):.3f}" for key, held in shares.items()))


if __name__ == "__main__":
    main()
