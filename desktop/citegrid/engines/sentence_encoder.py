"""The small network that reads sentences in their places: four layers of a sentence encoder, run by onnxruntime.

Made from all-MiniLM-L6-v2 (Wang et al., 2020; Apache-2.0) and learnt further on our labelled sentences
(``models/training/statements``); it knows English only.  A line goes in as section, place and the sentence before, the sentence
itself, and the beginning of the one behind; the sentence is marked by its segment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from citegrid.concurrency.cores import usable_cores
from citegrid.core.language.script import is_chinese
from citegrid.core.statement import Line
from citegrid.engines.word_pieces import WordPieces

#: Pieces of a whole line, of the section's name, of the sentences before and behind; characters of a section's name.
MOST, OF_SECTION, BEFORE, BEHIND, NAME = 128, 12, 25, 12, 80
#: Lines that are read together.
BATCH = 16
_MARKS = {"⟦TARGET⟧": "[TARGET]", "⟦OTHER⟧": "[OTHER]"}
_MARK = re.compile("(⟦TARGET⟧|⟦OTHER⟧)")
#: A paper is so many places long.
PLACES = 10
#: Pieces behind the mark that stay in a sentence that is cut.
_BEHIND_MARK = 8

Array = np.ndarray[Any, np.dtype[Any]]
#: The numbers of the pieces before the sentence, of the sentence, and behind it.
Pieces = tuple[list[int], list[int], list[int]]


class LineCutter:
    """Cuts lines into the pieces that the network reads, by its vocabulary; the network is taught with it, too."""

    def __init__(self, vocabulary: Path) -> None:
        self.pieces = WordPieces(vocabulary)

    def cut(self, line: Line) -> Pieces:
        """What stands before the sentence, the sentence, what stands behind it; the mark stays in a sentence that is cut."""
        index = self.pieces.index
        place = index[f"[P{min(PLACES - 1, int(line.place * PLACES))}]"]
        section = self._numbers(line.section[:NAME])[:OF_SECTION]
        before = [index["[CLS]"], place, *section, index["[SEP]"]]
        before += [*self._numbers(line.before)[-BEFORE:], index["[SEP]"]]
        behind = [index["[SEP]"], *self._numbers(line.behind)[:BEHIND]]
        sentence = [*self._voice(line), *self._numbers(line.shown)]
        room = MOST - len(before) - len(behind)
        end = max(room, min(len(sentence), self._mark_in(sentence) + _BEHIND_MARK))
        return before, sentence[max(0, end - room) : end], behind

    def _mark_in(self, sentence: Sequence[int]) -> int:
        mark = self.pieces.index["[TARGET]"]
        return sentence.index(mark) if mark in sentence else -_BEHIND_MARK

    def _voice(self, line: Line) -> list[int]:
        """A sign for lines without the mark: the paper's own, or going on about the work."""
        if "⟦TARGET⟧" in line.shown:
            return []
        return [self.pieces.index["[ON]" if line.goes_on else "[OWN]"]]

    def _numbers(self, text: str) -> list[int]:
        found: list[int] = []
        for part in _MARK.split(text):
            found += [self.pieces.index[_MARKS[part]]] if part in _MARKS else self.pieces.numbers(part)
        return found


def padded(lines: Sequence[Pieces]) -> tuple[Array, Array]:
    """Lines in two arrays (lines x pieces of the longest): the numbers of their pieces, 0 behind the last, and 1 for those of the
    sentence itself."""
    width = max(sum(map(len, line)) for line in lines)
    pieces, segments = np.zeros((2, len(lines), width), np.int64)
    for row, (before, sentence, behind) in enumerate(lines):
        whole = before + sentence + behind
        pieces[row, : len(whole)] = whole
        segments[row, len(before) : len(before) + len(sentence)] = 1
    return pieces, segments


class OnnxEncoder:
    """The network as it ships; loaded at its first line."""

    def __init__(self, network: Path, vocabulary: Path) -> None:
        self._network, self._vocabulary = network, vocabulary

    def opinions(self, lines: Sequence[Line]) -> list[tuple[float, ...]]:
        """See ``ports.SentenceEncoder``."""
        known = [i for i, line in enumerate(lines) if not is_chinese(line.shown)]
        cut = {i: self._cutter.cut(lines[i]) for i in known}
        known.sort(key=lambda i: sum(map(len, cut[i])))
        found: list[tuple[float, ...]] = [()] * len(lines)
        for at in range(0, len(known), BATCH):
            some = known[at : at + BATCH]
            for i, opinion in zip(some, self._read([cut[i] for i in some]), strict=True):
                found[i] = tuple(map(float, opinion))
        return found

    def _read(self, lines: Sequence[Pieces]) -> Array:
        pieces, segments = padded(lines)
        kinds, speakers, central, alone = self._session.run(None, {"ids": pieces, "segments": segments})
        shares: Array = np.log(np.concatenate([speakers, kinds, central, alone], axis=1) + 1e-6)
        return shares

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = usable_cores(physical=True)
        return onnxruntime.InferenceSession(str(self._network), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _cutter(self) -> LineCutter:
        return LineCutter(self._vocabulary)
