#!/usr/bin/env python3
"""Count in how many papers words and compounds stand within lines; writes ``resources/printed_words.txt``.

    python models/training/words/count.py FOLDER [FOLDER…]

A word that stands at a line's end in two halves is written as most papers write it elsewhere: this list says which words there are, and which
compounds with their hyphens (``join_lines`` of ``core/language/text``).  Words of three papers and compounds of two are kept; names of one
paper are not.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pymupdf

WORDS = Path(__file__).resolve().parents[3] / "resources" / "printed_words.txt"
_WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]{2,}(?:-[^\W\d_]{2,}){0,2}(?![\w@/-])")
_FEWEST = {False: 3, True: 2}
#: A compound counts when it stands in at least this share of the papers that join or part it.
_SHARE = 0.5


def words_of(path: Path) -> set[str]:
    """The words that stand in the middle of a line of a paper, in lower case."""
    found: set[str] = set()
    with pymupdf.open(path) as pages:
        for number in range(min(40, len(pages))):
            for line in pages[number].get_text().split("\n"):
                inner = line.strip().rpartition(" ")[0].partition(" ")[2]
                found.update(word.casefold() for word in _WORD.findall(inner) if word[1:] == word[1:].lower())
    return found


def main() -> None:
    papers = {path.name: path for folder in sys.argv[1:] for path in Path(folder).rglob("*.pdf")}
    counts: Counter[str] = Counter()
    for path in papers.values():
        try:
            counts.update(words_of(path))
        except (RuntimeError, ValueError):
            continue
    kept = sorted(word for word, count in counts.items() if count >= _FEWEST["-" in word] and _is_usual(word, counts))
    WORDS.write_text("\n".join(kept) + "\n", "utf-8")
    print(len(papers), "papers", len(kept), "words", sum("-" in word for word in kept), "compounds")


def _is_usual(word: str, counts: Counter[str]) -> bool:
    """Whether a word is not usually written the other way."""
    other = word.replace("-", "")
    return "-" not in word or counts[word] >= _SHARE * counts[other]


if __name__ == "__main__":
    main()
