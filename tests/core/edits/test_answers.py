"""Which answers and checked texts a project keeps."""

from __future__ import annotations

from citegrid.core.edits.answers import MOST, MOST_SENTENCES, forget_all, keep
from citegrid.core.outcome.answers import CheckedSentence, CheckedText, Found, QuestionAnswered, Standing
from citegrid.core.project import Project, apply


def kept(*found: Found) -> tuple[Found, ...]:
    project = Project()
    for one in found:
        project, _, _ = apply(project, keep(project, one))
    return project.answers


def text(*sentences: str, standing: Standing = Standing.SUPPORTED) -> CheckedText:
    return CheckedText(tuple(CheckedSentence(one, standing) for one in sentences))


def test_the_newest_stands_first_and_takes_the_place_of_an_older_one_to_the_same() -> None:
    why, who = QuestionAnswered("Why?", reason="old"), QuestionAnswered("Who?")
    again = QuestionAnswered("Why?", reason="new")
    assert kept(why, who, text("a"), text("a", standing=Standing.NOT_FOUND), again) == (
        again,
        text("a", standing=Standing.NOT_FOUND),
        who,
    )


def test_what_is_too_much_is_left_the_oldest_first() -> None:
    many = [QuestionAnswered(str(number)) for number in range(MOST + 3)]
    assert kept(*many) == tuple(reversed(many))[:MOST]
    long = text(*map(str, range(MOST_SENTENCES)))
    assert kept(text("a"), long) == (long,)
    assert kept(text("a"), text(*map(str, range(MOST_SENTENCES + 1)))) == (text("a"),)


def test_they_can_be_forgotten() -> None:
    project, _, _ = apply(Project(answers=(QuestionAnswered("Why?"),)), forget_all())
    assert project.answers == ()
