"""Chooses the vocabulary of the network, ``models/statements.vocab.txt``: signs, and the pieces that papers are written in.

    python models/training/statements/make_vocab.py FOLDER… --pretrained MINILM

Of the 30,522 pieces of all-MiniLM-L6-v2 those stay that occur at least three times in the English words of the papers in the folders
(a word that stands near a labelled sentence counts five times), and all single letters and signs.  A smaller vocabulary makes most
of the network's size.  The shipped network fits the shipped vocabulary alone: make it anew only before learning anew.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from citegrid.core.statement import Line
from citegrid.engines.word_pieces import WordPieces, words
from network import SIGNS, SPECIAL, pieces_of
from sentences import first_readings, labelled_lines, read
from train_encoder import VOCABULARY

#: How often a piece must occur, and how much a word in or near a labelled sentence counts.
LEAST, LABELLED = 3, 5
_WORD = re.compile("[A-Za-z]{2,30}")
_GREEK = ("\u0370", "\u03ff")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="read so many labelled papers at most")
    parser.add_argument("--out", type=Path, default=VOCABULARY)
    given = parser.parse_args()
    index = pieces_of(given.pretrained / "tokenizer.json")
    full = sorted(index, key=index.__getitem__)
    found = labelled_lines(given.folders, first_readings(), given.limit)
    counts = Counter(_words_of_papers(given.folders, given.limit))
    counts.update({word: LABELLED * count for word, count in Counter(_words_of([line for _, line in found])).items()})
    kept = chosen(full, counts)
    given.out.write_text("\n".join([*SPECIAL, *SIGNS, *kept]) + "\n", encoding="utf-8")
    print(f"{len(SPECIAL) + len(SIGNS) + len(kept)} pieces")


def _words_of(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        for text in (line.shown, line.before, line.behind, line.section):
            yield from words(text)


def _words_of_papers(folders: Iterable[str], limit: int | None) -> Iterator[str]:
    paths = sorted(path for folder in folders for path in Path(folder).rglob("*.pdf"))
    for path in paths[:limit]:
        for page in read(path).document.pages:
            yield from (word.lower() for word in _WORD.findall(page.text))


def chosen(full: list[str], counts: Counter[str]) -> list[str]:
    """The pieces of ``full`` that words with these ``counts`` are cut into often enough, and single signs; in its order."""
    with tempfile.TemporaryDirectory() as folder:
        vocabulary = Path(folder, "full.txt")
        vocabulary.write_text("\n".join(full) + "\n", encoding="utf-8")
        cutter = WordPieces(vocabulary)
    pieces: Counter[int] = Counter()
    for word, count in counts.items():
        for number in cutter.numbers(word):
            pieces[number] += count
    return [
        piece
        for number, piece in enumerate(full)
        if piece not in SPECIAL and (pieces[number] >= LEAST or _is_single(piece))
    ]


def _is_single(piece: str) -> bool:
    letter = piece.removeprefix("##")
    return len(letter) == 1 and (letter.isascii() or _GREEK[0] <= letter <= _GREEK[1])


if __name__ == "__main__":
    main()
