"""Collections by their paths, also where a damaged library goes in circles."""

from __future__ import annotations

from citegrid.core.holdings import Holdings, ItemCollection

HOLDINGS = Holdings(
    (),
    (
        ItemCollection("A", "Thesis"),
        ItemCollection("B", "Methods", "A"),
        ItemCollection("C", "Methods"),
        ItemCollection("D", "Round", "E"),
        ItemCollection("E", "And round", "D"),
    ),
)


def test_a_collection_is_found_by_its_path_or_by_its_name_if_only_one_has_it() -> None:
    assert [HOLDINGS.path_of(key) for key in "ABC"] == ["Thesis", "Thesis/Methods", "Methods"]
    found = [HOLDINGS.collection_at(path) for path in ("thesis", "Thesis/Methods", "Methods", "And round", "Nothing")]
    assert [one.key if one is not None else None for one in found] == ["A", "B", "C", "E", None]
    twice = Holdings((), (*HOLDINGS.collections[:2], ItemCollection("F", "Methods", "D"), *HOLDINGS.collections[3:]))
    assert twice.collection_at("Methods") is None


def test_circles_end() -> None:
    assert HOLDINGS.path_of("D").count("/") <= len(HOLDINGS.collections)
