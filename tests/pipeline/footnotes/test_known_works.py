"""Which work a short form in a note, or a reference in full, names."""

from __future__ import annotations

import pytest

from citegrid.pipeline.footnotes.known_works import KnownWork, KnownWorks, short_title

RIVERS = KnownWork.of(("Smith, Anna",), "The History of Rivers", 1999)
SEAS = KnownWork.of(("Smith, Anna",), "The Law of Seas", 2004)
ICE = KnownWork.of(("van der Berg, Eva",), "The Ways of Ice", 2001)
HAN = KnownWork.of(("王明",), "河流的历史", 2005)
WORKS = KnownWorks([RIVERS, SEAS, ICE, HAN])


@pytest.mark.parametrize(
    ("printed", "cited", "work"),
    [
        ("Smith, History of Rivers, 14", (), 0),
        ("Smith, “Law of Seas”, p. 3", (), 1),
        ("Smith et al., Law of Seas, p. 3", (), 1),
        ("Smith u. a., Law of Seas, S. 3", (), 1),
        ("Smith, 14", (), None),
        ("Smith, 14", (1,), 1),
        ("van der Berg, 14", (), 2),
        ("Berg, op. cit.", (), 2),
        ("Berg says so", (), None),
        ("Smith, Law of Seas, 2004, 3", (), None),
        ("王明：《河流的历史》，第 3 页", (), 3),
        ("Jones, Law of Seas, 3", (), None),
    ],
)
def test_a_short_form_names_the_only_work_that_it_can_mean(
    printed: str, cited: tuple[int, ...], work: int | None
) -> None:
    assert WORKS.short_form(printed, cited) == work


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        (", History of Rivers, p. 5", "historyofrivers"),
        (", op. cit., p. 5", ""),
        (", a.a.O., S. 5", ""),
        ("History of Rivers (n 3)", "historyofrivers"),
    ],
)
def test_a_short_title_ends_before_pages_and_signals(printed: str, title: str) -> None:
    assert short_title(printed) == title


def test_a_title_much_like_a_known_one_is_not_told_unless_the_year_agrees() -> None:
    misread = KnownWork.of(("Smith, Anna",), "The Histary of Rivers", 1999)
    assert WORKS.same_work(RIVERS) == (0, True)
    assert WORKS.same_work(misread) == (0, False)
    assert WORKS.same_work(KnownWork(misread.families, misread.title, 1998)) == (None, False)
    assert WORKS.same_work(KnownWork.of(("Smith, Anna",), "On the Anatomy of Bees", 1999)) == (None, True)
    assert WORKS.same_work(KnownWork.of(("Roth, Eva",), "The History of Rivers", 1999)) == (None, True)
