"""A paper is told of in the third person singular, each of its verbs too."""

import pytest

from citegrid.pipeline.review.own_voice import third_person, told_of_paper


@pytest.mark.parametrize(
    ("verb", "told"),
    [("propose", "proposes"), ("study", "studies"), ("do", "does"), ("have", "has"), ("pass", "passes"), ("can", "can"),
     ("found", "found"), ("applied", "applied"), ("survey", "surveys"), ("aims", "aims"), ("aim", "aims")],
)  # fmt: skip
def test_a_verb_agrees(verb: str, told: str) -> None:
    assert third_person(verb) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We study scores and show that they hold", "This paper studies scores and shows that they hold"),
        ("We also order works, and we compare our marks", "This paper also orders works, and it compares its marks"),
        ("To help readers, we propose a score", "To help readers, this paper proposes a score"),
        ("We use it to find and describe the gap", "This paper uses it to find and describe the gap"),
        ("Our tests show that we were right", "The paper's tests show that it was right"),
        ("Tools shed light on our deep past", "Tools shed light on our deep past"),
        ("In our tests, we count marks", "In the paper's tests, it counts marks"),
        ("We build tools that let us count", "This paper builds tools that let it count"),
        ("Readers read and show the gap", "Readers read and show the gap"),
        ("We apply two scores and rely on one", "This paper applies two scores and relies on one"),
    ],
)
def test_a_paper_is_told_of(text: str, told: str) -> None:
    assert told_of_paper(text, "this paper") == told


def test_a_paper_s_caution_stays():
    told = told_of_paper("To our knowledge, no study compares them.", "this paper")
    assert told == "So far as is known, no study compares them."
