"""The text index: what a person reads on the page is found, wherever the file breaks it."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.papers import document

from citegrid.core.document import BlockKind, boxes_of
from citegrid.core.evidence import Match
from citegrid.core.language.text import TextIndex, join_lines, key_text, sentences


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("ﬁne-tuning eﬀects", "fine-tuning effects"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("⾃然语⾔处理", "自然语言处理"),
        ("“quoted” ‘words’", "\"quoted\" 'words'"),
        ("soft\u00adhyphen", "softhyphen"),
        ("naïve CAFÉ", "naïve café"),
    ],
)
def test_what_looks_the_same_has_the_same_key(printed, meant):
    assert key_text(printed) == key_text(meant)


def test_accents_and_digits_are_not_thrown_away():
    assert key_text("café") != key_text("cafe")
    assert key_text("10.5") == "105"


@pytest.mark.parametrize(
    ("broken", "joined"),
    [
        ("vulnera-\nbilities", "vulnerabilities"),
        ("co-\nlocated servers", "co-located servers"),
        ("state-of-\nthe-art", "state-of-the-art"),
        ("自然\n语言", "自然语言"),
        ("two\nwords", "two words"),
        ("GPT-\n4 model", "GPT-4 model"),
        ("short-\nand long-term", "short- and long-term"),
        ("pre-\ncision", "precision"),
        ("retrieve-\nthen-read", "retrieve-then-read"),
        ("Arbeits-\nmarkt", "Arbeitsmarkt"),
        ("an end-\nto-end test", "an end-to-end test"),
        ("the alterna\u00ad\n\ntives", "the alternatives"),
        ("monitor- \n ing", "monitoring"),
    ],
)
def test_lines_are_joined_as_they_are_read_aloud(broken, joined):
    assert join_lines(broken) == joined


def test_a_text_s_own_spelling_decides_its_hyphens_first() -> None:
    assert join_lines("co-\noperative", "Cooperative work is cooperative.") == "cooperative"
    assert join_lines("over-\nfitting", "Of over-fitting, then.") == "over-fitting"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Smith et al. (2020) show this. It works, e.g. on Fig. 3 of J. Doe.", 2),
        ("They mapped the zones of Mt. Rite in Sept. 2019. It slides.", 2),
        ("Vgl. Abb. 3, Bd. 2. Und weiter.", 2),
        ("The value is 3.5 percent. Done!", 2),
        ("第一句。第二句！第三句？", 3),
        ("No stop at the end", 1),
        ("", 0),
        ("First paragraph\n\nsecond one", 2),
        ("模型有效（张三，2019；李四，2020）。甲；乙。", 3),
        ("They extend the maps of Gao et al.35 Omari et al.38 proposed another.", 2),
        ("It holds for all beliefs.2 These researchers said “most lives.”3 They went on.", 3),
        ("See Fig.3 The rest is known.", 1),
        ("研究尚处于起步阶段.目前的标准较为单一.", 2),
        ("方法见文献[3].该方法的得分为0.5分，见图3.2节。", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, count):
    assert len(sentences(text)) == count


@given(st.text("ab .。!\n三A", max_size=60))
def test_sentences_hold_every_letter_once_and_in_order(text):
    parts = sentences(text)
    assert all(a < b for a, b in parts)
    assert all(before[1] <= after[0] for before, after in pairwise(parts))
    assert "".join("".join(text[a:b].split()) for a, b in parts) == "".join(text.split())


def test_a_quote_is_found_over_line_ends_with_one_box_a_line():
    doc = document(["Intro here.", "The vulnera-\nbilities of large\nmodels are known."])
    found = TextIndex(doc).find("vulnerabilities of large models")
    assert found is not None
    assert found.match is Match.EXACT
    assert [round(b.y0) for b in found.boxes] == sorted({round(b.y0) for b in found.boxes})
    assert len(found.boxes) == 3
    assert found.page == 1


def test_a_quote_that_the_page_prints_otherwise_is_normalised():
    found = TextIndex(document(["The ﬁne model."])).find("the fine model")
    assert found is not None
    assert found.match is Match.NORMALISED


def test_a_quote_is_looked_for_on_the_asked_pages_only():
    index = TextIndex(document(["Alpha beta."], ["Gamma delta."]))
    assert index.find("Gamma delta", [1]) is None
    assert index.find("Gamma delta", [2]) is not None
    assert index.find("not there") is None
    assert index.find("…") is None


def test_words_across_a_caption_are_no_quote():
    doc = document(["The results are", (BlockKind.CAPTION, "Figure 1: a plot"), "very good."])
    assert TextIndex(doc).find("results are Figure 1") is None
    assert TextIndex(doc).find("Figure 1: a plot") is not None


@given(st.integers(0, 40), st.integers(1, 25))
def test_boxes_hold_the_very_characters(start, length):
    doc = document(["one two three four\nfive six seven eight"])
    page = doc.page(1)
    end = min(start + length, len(page.text))
    boxes = boxes_of(page, start, end)
    wide = sum(b.x1 - b.x0 for b in boxes)
    letters = len(page.text[start:end].replace("\n", " ").strip())
    assert wide <= 5.0 * max(letters, 0) + 5.0 * 2
    assert bool(boxes) == bool(page.text[start:end].strip())


def test_lines_of_hyphens_are_joined_in_no_long_time() -> None:
    began = time.process_time()
    assert join_lines("A-" * 5000 + "B-\nC") == "A-" * 5000 + "B-C"
    assert time.process_time() - began < 0.5
