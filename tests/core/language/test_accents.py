"""Accents that a file sets beside their letters, or for which its font has no code."""

from __future__ import annotations

import pytest

from citegrid.core.language.accents import with_accents


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Abru˜na", "Abruña"),
        ("Rezus¸", "Rezuş"),
        ("Christian B€uchel", "Christian Büchel"),
        ("Sylvane Desrivi\ufffderes", "Sylvane Desrivieres"),
        ("The price in € and in $", "The price in € and in $"),
        ("€5", "€5"),
    ],
)
def test_accents_come_back_on_their_letters(printed: str, read: str) -> None:
    assert with_accents(printed) == read
