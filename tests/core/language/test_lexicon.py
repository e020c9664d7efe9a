"""The notation of word lists, and that every list that ships can be read and says where it comes from."""

from __future__ import annotations

import re
import tomllib

import pytest

from citegrid.core.language import lexicon
from citegrid.core.language.lexicon import alternatives, pattern_of, phrase_pattern, tables, whole_words, words
from citegrid.core.resources import resource

FILES = sorted(path.stem for path in resource("lexicon").glob("*.toml"))
LANGUAGES = {
    "ar",
    "ca",
    "el",
    "ga",
    "hu",
    "id",
    "tr",
    "uk",
    "vi",
    "en",
    "zh",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "no",
    "fi",
    "pl",
    "cs",
    "ru",
    "ja",
    "ko",
    "la",
    "mul",
}


@pytest.mark.parametrize(
    ("phrase", "matched", "not_matched"),
    [
        ("et al.", ["et al.", "et  al.", "et\nal."], ["etal.", "et alx"]),
        ("demonstrat*", ["demonstrate", "demonstrated", "demonstrat"], ["demon"]),
        ("related work(s)", ["related work", "related works"], ["related workss"]),
        ("in( this) (paper|work)", ["in paper", "in this work"], ["in this", "in this paper work"]),
        ("(|un)supervised", ["supervised", "unsupervised"], ["rsupervised"]),
        ("参考 文献", ["参考文献", "参考 文献"], ["参考"]),
        ("与…不同", ["与不同", "与前人[3]的做法不同"], ["与" + "很" * 31 + "不同", "与前人\n不同"]),
        (r"\(S. 3\)", ["(S. 3)"], ["S. 3"]),
    ],
)
def test_a_phrase_matches_what_its_notation_says(phrase: str, matched: list[str], not_matched: list[str]) -> None:
    pattern = re.compile(phrase_pattern(phrase))
    assert [text for text in matched if not pattern.fullmatch(text)] == []
    assert [text for text in not_matched if pattern.fullmatch(text)] == []


@pytest.mark.parametrize("phrase", ["related work(s", "related works)"])
def test_brackets_must_match(phrase: str) -> None:
    with pytest.raises(ValueError, match="brackets"):
        phrase_pattern(phrase)


def test_the_longest_alternative_comes_first() -> None:
    found = re.match(alternatives(["van", "van der"]), "van der Waals")
    assert found is not None
    assert found.group() == "van der"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see 3", "see"),
        ("seen 3", None),
        ("oversee 3", None),
        ("(see)", "see"),
        ("refs. 3", "refs."),
        ("reflect", None),
        ("另见Smith", "见"),
        ("p.3", "p."),
        ("app.3", None),
        ("§12", "§"),
    ],
)
def test_a_whole_word_is_no_part_of_a_longer_one(monkeypatch: pytest.MonkeyPatch, text: str, found: str | None) -> None:
    held = {"cues": {"en": ("see", "ref(s)(.)", "p.", "§"), "zh": ("见",)}}
    monkeypatch.setattr(lexicon, "tables", lambda name: held)
    match = re.search(whole_words("a list of the test", "cues"), text)
    assert (match.group() if match else None) == found


@pytest.mark.parametrize("name", FILES)
def test_every_list_says_where_it_is_from_and_makes_a_pattern(name: str) -> None:
    raw = tomllib.loads(resource("lexicon", f"{name}.toml").read_text("utf-8"))
    for table, held in raw.items():
        assert held.get("source"), f"{name}.{table} names no source"
        assert set(tables(name)[table]) <= LANGUAGES, f"{name}.{table} has an unknown language"
        assert words(name, table), f"{name}.{table} is empty"
        assert re.compile(pattern_of(name, table)).groups == 0
        for language, held_words in tables(name)[table].items():
            assert len(held_words) == len(set(held_words)), f"{name}.{table}.{language} holds a word twice"
