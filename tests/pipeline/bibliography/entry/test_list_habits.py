"""What a list does elsewhere decides where a field of one of its entries ends."""

import numpy as np

from citegrid.pipeline.bibliography.entry import tagger
from citegrid.pipeline.bibliography.entry.list_habits import habits, sign_kinds
from citegrid.pipeline.bibliography.entry.parse import PrintedEntry, parse_entries, parse_entry
from citegrid.pipeline.bibliography.entry.tokens import tokens_of

TITLE, STOP, JOURNAL = 0, 1, 2
TITLES = (
    "A survey of lake ice",
    "Trade routes of early towns in Saxony, Germany",
    "Water use by large herds in the Mara, Kenya",
    "Grazing and fire on wide plains",
    "Long rains and short grass in the north, Uganda",
)


def test_the_place_at_the_end_of_a_title_belongs_to_it_where_the_list_ends_titles_at_stops():
    others = [f"Holm A. {t}. Afr J Ecol. {1990 + n};{20 + n}:10–19." for n in range(6) for t in TITLES]
    entry = "Adler C. Velocity, thickness, and rheology from afar: La Clapière landslide, France. Geophys Res Lett. 2013;40:4–9."
    read = parse_entries([PrintedEntry(text) for text in (*others, entry)])[-1]
    assert read.title.endswith("La Clapière landslide, France")
    assert parse_entry(entry).title.endswith("La Clapière landslide")  # alone it is read without its place


def test_pairs_of_labels_are_worth_what_the_list_shows_at_a_sign():
    entries = [tokens_of("Wide plains. Journal")] * 6
    kinds = [sign_kinds(tokens, [False] * len(tokens)) for tokens in entries]
    paths = [np.array([TITLE, TITLE, STOP, JOURNAL])] * 6
    worth, rows = habits(paths, kinds, 3)
    at_stop = worth[rows[0][2]]
    assert at_stop[TITLE, STOP] > at_stop[TITLE, TITLE] == at_stop[JOURNAL, STOP]
    assert not worth[rows[0][1]].any(), "words have no habits"


def test_a_short_list_has_no_habits(monkeypatch):
    asked = []
    monkeypatch.setattr(tagger, "habits", lambda *given: asked.append(given) or habits(*given))
    entries = [PrintedEntry(f"Holm A. {title}. Afr J Ecol. 1990;20:10–19.") for title in TITLES]
    parse_entries(entries[:-1])
    assert not asked
    parse_entries(entries)
    assert len(asked) == 1


def test_a_year_behind_a_sign_is_left_to_the_tagger():
    assert sign_kinds(tokens_of("plains, 2022. URL"), [None] * 5)[1] == ()
