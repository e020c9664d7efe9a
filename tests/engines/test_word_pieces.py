"""Words and their pieces, as BERT's uncased tokenizer cuts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from citegrid.engines.word_pieces import LONGEST_WORD, WordPieces, words

VOCABULARY = ("[PAD]", "[UNK]", "un", "##aff", "##able", "##a", "able")


@pytest.fixture
def pieces(tmp_path: Path) -> WordPieces:
    (tmp_path / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return WordPieces(tmp_path / "vocab.txt")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A naïve Bayes", ["a", "naive", "bayes"]),
        ("state-of-the-art (p<.05)", ["state", "-", "of", "-", "the", "-", "art", "(", "p", "<", ".", "05", ")"]),
        ("方法 A", ["方", "法", "a"]),
        ("soft\u00adhyphen\x00, lost \ufffd sign", ["softhyphen", ",", "lost", "sign"]),
        ("tabs\tand\nlines", ["tabs", "and", "lines"]),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert list(words(text)) == found


def test_the_longest_piece_comes_first(pieces: WordPieces) -> None:
    assert [VOCABULARY[number] for number in pieces.numbers("unaffable able")] == ["un", "##aff", "##able", "able"]


@pytest.mark.parametrize("text", ["unknown", "a" * (LONGEST_WORD + 1)])
def test_a_word_that_cannot_be_cut_is_unknown_as_a_whole(pieces: WordPieces, text: str) -> None:
    assert pieces.numbers(text) == [1]
