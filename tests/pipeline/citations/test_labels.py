"""The numbers and keys by which entries are cited."""

from __future__ import annotations

from tests.papers import reference

from citegrid.pipeline.citations.labels import labels_of


def test_labels_are_numbers_keys_or_positions() -> None:
    mixed = labels_of([reference("a", label="[3]"), reference("b", label="12."), reference("c", label="[Smi+20]")])
    assert mixed.numbers == {3: (0,), 12: (1,)}
    assert mixed.keys == {"smi+20": (2,)}
    assert mixed.printed
    bare = labels_of([reference("a"), reference("b")])
    assert bare.numbers == {1: (0,), 2: (1,)}
    assert not bare.printed


def test_a_number_of_several_lists_means_the_next_list_and_behind_the_last_its_own() -> None:
    lists = labels_of([reference("a", label="[1]", page=3), reference("b", label="[1]", page=9)])
    assert lists.numbers == {1: (0, 1)}
    assert [lists.entry(lists.numbers[1], (page, 0)) for page in (2, 5, 12)] == [0, 1, 1]
