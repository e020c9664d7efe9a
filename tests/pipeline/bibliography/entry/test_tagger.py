"""The tagger: one label for each token, the same whatever stands beside, soon done, and weights that fit the program."""

import time

import numpy as np

from citegrid.core.resources import home_of
from citegrid.pipeline.bibliography.entry.parse import PrintedEntry, parse_entries, parse_entry
from citegrid.pipeline.bibliography.entry.tagger import DILATIONS, WIDTH, tag
from citegrid.pipeline.bibliography.entry.tokens import MOST, ROWS, features_of, shape_of, tokens_of

ENTRY = "Smith JA, Doe B. Effects of X on Y: a trial. Lancet. 2019;12(3):45-67."


def test_a_list_without_entries_has_no_fields():
    assert parse_entries([]) == []


def test_addresses_numbers_and_ideographs_are_tokens_and_glued_initials_are_parted():
    shown = [token.text for token in tokens_of("MolderAP. 深度[J]. D68, 3–4. https://a.org/b.c. arXiv:1706.03762")]
    assert shown[:3] == ["Molder", "AP", "."]
    assert shown[3:8] == ["深", "度", "[", "J", "]"]
    assert shown[9:11] == ["D", "68"]
    assert {"https://a.org/b.c", "1706.03762"} <= set(shown)


def test_shapes_tell_years_initials_and_words_apart():
    assert [shape_of(word) for word in ("2019", "12", "J", "IEEE", "Smith", "of", "深", "10.1/a")] == [
        "year", "digits 2", "A", "AAAA", "Aa", "a", "han", "address",
    ]  # fmt: skip


def test_every_token_has_a_label_and_no_more_features_than_fit():
    tokens = tokens_of(ENTRY)
    features = features_of(tokens, [None] * len(tokens))
    assert max(map(len, features)) <= MOST
    assert max(row for rows in features for row in rows) < ROWS
    assert [len(labels) for labels in tag([features, [], features[:1]])] == [len(tokens), 0, 1]


def test_no_entry_leaks_into_the_next():
    """The same entry many times is the same list, so that every copy is read alike."""
    alone = parse_entry(ENTRY)
    assert set(parse_entries([PrintedEntry(ENTRY)] * 5)) == {alone}


def test_a_list_has_one_style():
    """An entry that says too little by itself is read as its neighbours are."""
    others = [PrintedEntry(f"{name} J.A., Doe B.: A title of things, Phys. Rev. Lett. 12 (20{n}) 34.") for n, name in enumerate(("Roe", "Poe", "Noe", "Koe"), 10)]  # fmt: skip
    found = parse_entries([*others, PrintedEntry("Moe K.L.: Some things, Nature 3 (2014) 1.")])[-1]
    assert (found.authors, found.title) == (("Moe, K.L.",), "Some things")


def test_the_weights_fit_the_program():
    with np.load(home_of("models") / "entries.npz", allow_pickle=False) as held:
        assert held["embedding"].shape[0] == ROWS
        assert [held[f"convolution{layer}"].shape[0] for layer in range(len(DILATIONS))] == [WIDTH] * len(DILATIONS)
        assert len(held["labels"]) == held["out"].shape[1] == len(held["transitions"])


def test_a_long_list_and_a_long_entry_take_no_long_time():
    began = time.process_time()
    parse_entries([PrintedEntry(ENTRY)] * 400)
    assert time.process_time() - began < 1.5
    for odd in ("A-" * 5000, "Adam B. Smith, " * 1500, "A title in italics " * 500, "(" * 3000):
        began = time.process_time()
        parse_entry(odd)
        assert time.process_time() - began < 1, odd[:20]
