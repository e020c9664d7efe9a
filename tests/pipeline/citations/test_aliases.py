"""Short names of works, and what is shortened in the same words but is no work."""

from __future__ import annotations

import pytest
from tests.papers import document, reference

from citegrid.pipeline.citations.resolve import find_mentions

LIST = [
    reference("w", raw="Weiss, A. et al. 2013. Dusty galaxies.", authors=("Weiss, A", "Hill, B", "Ott, C"), year=2013, page=99, title="Dusty galaxies"),
    reference("g", raw="Gao, T. et al. 2023. Enabling citations.", authors=("Gao, T", "Yen, H", "Yu, J"), year=2023, page=99, title="Enabling citations"),
    reference("a", raw="Abbott, B. et al. 2016. Observation of waves.", authors=("Abbott, B", "Ab, C", "Ac, D"), year=2016, page=99, title="Observation of waves"),
    reference("b", raw="Black, M. and Grey, N. 2011. SQuAD: questions.", authors=("Black, M", "Grey, N"), year=2011, page=99, title="SQuAD: questions"),
]  # fmt: skip


def told(*parts: str) -> list[tuple[str, str]]:
    doc = document(list(parts))
    found = [(m, r.id) for r in find_mentions(doc, LIST, ()) for m in r.mentions]
    found.sort(key=lambda f: (f[0].spans[0].page, f[0].spans[0].start))
    return [(name, m.text) for m, name in found]


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("It was seen (Weiss et al. 2013, hereafter W13). As W13 say, dust matters.", [("w", "W13")]),
        ("Weiss et al. (2013; hereafter W13) saw it. See Fig. 2 of W13.", [("w", "W13")]),
        ("Weiss et al. (2013, henceforth “W+13”) saw it, and W+13 say so.", [("w", "W+13")]),
        ("We test (ALCE, Gao et al. 2023; henceforth ALCE). Then ALCE scores.", [("g", "ALCE")]),
        ("We test ALCE (Gao et al., 2023; hereafter referred to as ALCE). Then ALCE scores.", [("g", "ALCE")]),
        ("The data (Black and Grey, 2011; hereafter SQuAD) are old. But SQuAD lives.", [("b", "SQuAD")]),
        ("The pair (Black and Grey 2011, hereafter BG11; Gao et al. 2023, hereafter G23). BG11 beat G23.", [("b", "BG11"), ("g", "G23")]),
        ("In an earlier paper (Weiss et al. 2013, hereafter Paper I) it was seen. Paper I says so.", [("w", "Paper I")]),
        ("It was seen by Weiss et al. (2013) and Gao et al. (2023), hereafter W13 and G23. Later W13 differ from G23.", [("w", "W13"), ("g", "G23")]),
        ("已有研究（Gao等，2023，以下简称G23）提出。G23认为如此。", [("g", "G23")]),
    ],
)  # fmt: skip
def test_a_later_short_name_cites_the_work(text, later):
    found = told(text)
    assert found[-len(later) :] == later
    assert [f for f in found if f in later] == later  # the definition itself is no further mention


@pytest.mark.parametrize(
    "text",
    [
        "Gravitational waves (Abbott et al. 2016, hereafter GW) exist. Since GW are weak, they hide.",
        "The dust (hereafter WD; Weiss et al. 2013) is cold. WD is old.",
        "It was seen (Weiss et al. 2013). The model, hereafter W13, is new. W13 is ours.",
        "Seen (Weiss et al. 2013, hereafter W13). The fields W13b, W13-like and XW13 differ.",
        "As W13 was young. It was seen (Weiss et al. 2013, hereafter W13).",
        "Seen (Weiss et al. 2013, hereafter W) by day. The W boson and W are heavy.",
        "Seen (Abbott et al. 2016, hereafter A Study) by all, A Study that matters.",
    ],
)
def test_what_is_no_name_of_the_work_cites_nothing(text):
    assert [t for _, t in told(text) if not t.strip("()").endswith(("2013", "2016"))] == []


def test_a_short_name_of_two_works_means_neither():
    found = told("Seen (Weiss et al. 2013, hereafter Paper I) and (Gao et al. 2023, hereafter Paper I). Paper I holds.")
    assert [name for name, _ in found] == ["w", "g"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was seen (Weiss et al. 2013, p. 3) and shown again (ibid., p. 9).", ["w", "w"]),
        ("Das wurde gezeigt (Weiss et al. 2013), und zwar zweimal (vgl. ebd., S. 9).", ["w", "w"]),
        ("It was seen (Weiss et al. 2013; Gao et al. 2023) and again (ibid., p. 9).", ["w", "g"]),
        ("It was seen by others (ibid., p. 9).", []),
    ],
)
def test_ibid_means_the_only_work_cited_before(text, expected):
    assert [name for name, _ in told(text)] == expected
