"""What entries name, over many styles: written by hand, with and without knowing which words are in italics."""

import time

import pytest
from tests.pipeline.styles import entries

from citegrid.pipeline.bibliography.entry.identifiers import identifiers
from citegrid.pipeline.bibliography.entry.parse import parse_entry

#: Share of the entries in which every field is right, and what may fall short when nobody knows the italics.
WHOLE, WITHOUT_ITALICS = 0.95, 0.95


def _wrong(entry, italic):
    found = parse_entry(entry.text, italic)
    named = ("authors", "title", "year", "venue", "doi", "arxiv", "url")
    return {
        name: (wanted, got)
        for name in named
        if (wanted := getattr(entry, name)) != (got := getattr(found, name))
        and (wanted or name in ("authors", "title", "year"))  # what is not asked for may be empty or not
        and not (name == "venue" and wanted.strip(".") == got)
    }


@pytest.mark.parametrize("italics", [True, False], ids=["italics", "plain"])
def test_entries_are_read_in_every_style(italics):
    wrong = {e.style: w for e in entries() if (w := _wrong(e, e.italic if italics else ""))}
    without_venue = {style for style, fields in wrong.items() if set(fields) != {"venue"}}
    assert len(entries()) >= 98
    assert len(without_venue) <= (1 - (WHOLE if italics else WITHOUT_ITALICS)) * len(entries()), wrong
    assert len(wrong) <= 0.1 * len(entries()), wrong


@pytest.mark.parametrize(
    ("printed", "doi", "arxiv", "url"),
    [
        ("A title. https://doi.org/10.1145/\n3442188.3445922", "10.1145/3442188.3445922", "", ""),
        ("A title. doi: 10.1016/j.jhazmat.\n2019.121112.", "10.1016/j.jhazmat.2019.121112", "", ""),
        ("A title. doi:10.1016/S0140-6736(19)30001-1.", "10.1016/S0140-6736(19)30001-1", "", ""),
        ("A title. doi:10.1000/xyz. 2019", "10.1000/xyz", "", ""),
        ("URL https://example.org/a-\nb_c/d.html.", "", "", "https://example.org/a-b_c/d.html"),
        ("https://example.org/pipeline/did_kaggle_predict_act\nivities_or_not", "", "", "https://example.org/pipeline/did_kaggle_predict_activities_or_not"),
        ("http:\n//example.org/x (accessed 3 May 2020)", "", "", "http://example.org/x"),
        ("https://example.org/en/wiki_(page). Accessed 2020.", "", "", "https://example.org/en/wiki_(page)"),
        ("(https://example.org/page).", "", "", "https://example.org/page"),
        ("https://example.org/\nAccessed: 2020-01-02", "", "", "https://example.org/"),
        ("https://example.org/data.\nSpringer, 2019.", "", "", "https://example.org/data"),
        ("arXiv:2303.\n08774v3 [cs.CL]", "", "2303.08774", ""),
        ("arXiv preprint cs.CL/0501001", "", "cs.CL/0501001", ""),
        ("https://arxiv.org/abs/2401.00001v2", "", "2401.00001", "https://arxiv.org/abs/2401.00001v2"),
        ("arXiv e-prints, arXiv:1911.02116, 2019", "", "1911.02116", ""),
    ],
)  # fmt: skip
def test_addresses_are_put_together_again(printed, doi, arxiv, url):
    assert identifiers(printed) == (doi, arxiv, url)


def test_a_work_without_a_printed_title_has_none():
    found = parse_entry("R. Feynman, Rev. Mod. Phys. 20, 367 (1948).")
    assert (found.title, found.venue, found.year) == ("", "Rev. Mod. Phys.", 1948)


def test_time_does_not_grow_with_the_powers_of_an_entry():
    names = ", ".join(f"Adam B. Smith{chr(97 + i % 26)}" for i in range(300))
    began = time.process_time()
    parse_entry(f"{names} Clinical Cancer Research Heterogeneity (2014-02-16) https://doi.org/f5tgp5 · PMID: 24536073")
    parse_entry("A Renaissance Of Neural Networks In Drug Discovery " * 40 + "PMID 1 · 2")
    assert time.process_time() - began < 2
