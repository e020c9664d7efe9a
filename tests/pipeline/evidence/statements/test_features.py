"""What the classifier sees of a sentence."""

import pytest

from citegrid.core.statement import Line
from citegrid.pipeline.evidence.statements.features import AROUND, BEFORE, BEHIND, features_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We train BERT.", ["we", "train", "bert", "."]),
        ("In 2021, 12.5% of 3,000", ["in", "0000", ",", "0%", "of", "0"]),
        ("⟦TARGET⟧ and ⟦OTHER⟧", ["⟦TARGET⟧", "and", "⟦OTHER⟧"]),
        ("提出模型", ["提", "出", "模", "型"]),
        ("the authors’ aim", ["the", "authors", "’", "aim"]),
        ("", []),
    ],
)
def test_words_are_small_and_figures_are_all_alike(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_words_and_neighbouring_words_are_seen() -> None:
    seen = features_of(Line("We train small models."))
    assert {"1:train", "2:train small", "3:we train small", "^we", "^we train small models"} <= seen
    assert "1:large" not in seen


def test_two_figures_make_the_same_sentence() -> None:
    """A classifier that learnt of 12% knows 13%."""
    assert features_of(Line("It fell by 12%.")) == features_of(Line("It fell by 13%."))
    assert features_of(Line("It fell by 12%.")) != features_of(Line("It rose by 12%."))


def test_the_words_around_the_mark_are_seen_by_their_distance() -> None:
    words = [f"w{chr(97 + n)}" for n in range(AROUND + 2)]
    seen = features_of(Line(f"{' '.join(words)} ⟦TARGET⟧ found"))
    around = {f for f in seen if "found" in f or words[-1] in f}
    without = features_of(Line(f"{' '.join(words)} found"))
    assert around - without
    assert {f for f in seen if f.startswith("marked")} == {"marked T"}


@pytest.mark.parametrize(
    ("line", "marked"),
    [(Line("⟦TARGET⟧ say so."), "T"), (Line("They say so.", goes_on=True), ">"), (Line("We say so."), "-")],
)
def test_how_the_work_stands_in_the_sentence_is_seen(line: Line, marked: str) -> None:
    assert f"marked {marked}" in features_of(line)


def test_neighbours_and_place_are_seen() -> None:
    line = Line("We say so.", "4 Results", 0.73, "Earlier words.", "Later words.")
    seen = features_of(line)
    assert {"b:earlier", "a:later", "s:results", "p7", "ends .", "begins A"} <= seen
    assert "first" not in seen and "first" in features_of(Line("We say so."))
    assert "abstract" in features_of(Line("We say so.", "Abstract"))


def test_only_so_much_of_the_neighbours_is_seen() -> None:
    line = Line("We say so.", before=" ".join(["far", *["x"] * BEFORE]), behind=" ".join([*["x"] * BEHIND, "far"]))
    assert not {"b:far", "a:far"} & features_of(line)
