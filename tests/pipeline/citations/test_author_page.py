"""Citations by names and page in the cases where they must not be guessed."""

from __future__ import annotations

import pytest
from tests.papers import document

from citegrid.pipeline.bibliography.extract import find_references
from citegrid.pipeline.bibliography.mark import mark_entries
from citegrid.pipeline.citations.resolve import find_mentions

_LIST = [
    "Adams, John. The Law of Rivers. Things UP, 1999.",
    "Adams, John. The History of Seas. Things UP, 2004.",
    "Baker, Anna, and Carl Clark. The Ways of Ice. Things UP, 2001.",
    "Clark, Carl. Snow and Its People. Things UP, 2011.",
    "Davis, Emma. A Year of Rain. Things UP, 2014.",
    "Evans, Fred, et al. All about Clouds. Things UP, 2018.",
]
#: What makes the paper one that cites by pages.
_TEXT = "It rains (Davis 42). Ice melts (Baker and Clark 12–15). Clouds rise (Evans et al. 7). Snow falls (Clark 33). Rain is wet (Davis 44)."


def _cited(sentence: str) -> list[str]:
    """The first two words of the title of each work that ``sentence`` cites."""
    doc = document([f"{_TEXT} {sentence}"], ["Works Cited", *_LIST])
    references = find_references(doc)
    found = find_mentions(mark_entries(doc, references), references, ())
    return [" ".join(r.title.split()[:2]) for r in found for m in r.mentions if sentence[:20] in m.sentence]


@pytest.mark.parametrize(
    ("sentence", "works"),
    [
        ("Here the river bends (Adams, Law of Rivers 42).", ["The Law"]),
        ("Here the river bends (Adams, Rivers 42).", []),  # not how its title begins
        ("Here the river bends (Adams, The Law 42).", ["The Law"]),
        ("Here the river bends (Adams 42).", []),  # two works of one author
        ("Here the sea rises (Adams, “The History” 42).", ["The History"]),
        ("Here the sea rises (see Davis 42; Clark 3).", ["Snow and", "A Year"]),
        ("Here we see that Davis finds it wet (42).", ["A Year"]),
        ("Here Baker and Clark find it cold (42).", ["The Ways"]),
        ("Here Davis and Evans differ (42).", []),  # two names, one page
        ("Here nobody is named (42).", []),
        ("Here steps are told by Davis: (1) wait and (2) look.", []),
        ("Here it was wet (Davis 1999).", []),  # a year is no page
        ("Here it was wet (Zimmer 42).", []),
    ],
)
def test_a_page_cites_the_work_that_its_name_can_only_mean(sentence, works):
    assert _cited(sentence) == works


def test_a_paper_that_cites_by_years_has_no_citations_by_pages():
    text = " ".join(f"It rains ({n}, {y})." for n, y in (("Davis", 2014), ("Clark", 2011), ("Baker and Clark", 2001)))
    doc = document([f"{text} Here it is (Davis 42)."], ["Works Cited", *_LIST])
    references = find_references(doc)
    found = find_mentions(mark_entries(doc, references), references, ())
    assert sum(len(r.mentions) for r in found) == 3
