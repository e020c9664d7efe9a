"""WordPiece: words cut into the longest pieces that a vocabulary knows."""

from pathlib import Path

import pytest

from citegrid.engines import word_pieces
from citegrid.engines.word_pieces import WordPieces

VOCABULARY = ["[UNK]", "un", "##aff", "##able", "##a", "run", "##n", "##ing", "running", ".", "(", "法", "cafe", "a"]


@pytest.fixture
def pieces(tmp_path: Path) -> WordPieces:
    path = tmp_path / "vocab.txt"
    path.write_text("\n".join(VOCABULARY) + "\n", "utf-8")
    return WordPieces(path)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("unaffable", ["un", "##aff", "##able"]),
        # the longest piece first: not run + ##n + ##ing
        ("Running", ["running"]),
        ("runn", ["run", "##n"]),
        # a piece within a word is no word, and a word no piece within one
        ("able", ["[UNK]"]),
        ("unrun", ["[UNK]"]),
        # one unknown letter makes the whole word unknown, and no other
        ("unaffablez a", ["[UNK]", "a"]),
        ("a.(a", ["a", ".", "(", "a"]),
        ("法法", ["法", "法"]),
        ("Café", ["cafe"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(pieces: WordPieces, text: str, cut: list[str]) -> None:
    assert [VOCABULARY[number] for number in pieces.numbers(text)] == cut


def test_numbers_are_the_lines_of_the_vocabulary(pieces: WordPieces) -> None:
    assert pieces.index == {piece: number for number, piece in enumerate(VOCABULARY)}
    assert pieces.numbers("a") == [VOCABULARY.index("a")]


def test_what_is_longer_than_any_word_is_unknown(pieces: WordPieces) -> None:
    longest = word_pieces.LONGEST_WORD
    assert pieces.numbers("un" + "a" * (longest - 2))[0] == VOCABULARY.index("un")
    assert pieces.numbers("un" + "a" * (longest - 1)) == [0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. don’t", ["the", "u", ".", "s", ".", "don", "’", "t"]),
        ("co-\u00adoperate\u200b", ["co", "-", "operate"]),
        ("Naïve Ångström", ["naive", "angstrom"]),
        ("a\u00a0b\nc", ["a", "b", "c"]),
        ("3.5%", ["3", ".", "5", "%"]),
        ("用BERT模型", ["用", "bert", "模", "型"]),
        ("October 2018 \ufffd", ["october", "2018"]),
    ],
)
def test_words_are_small_letters_without_accents_and_signs_stand_alone(text: str, words: list[str]) -> None:
    assert list(word_pieces.words(text)) == words
