"""The words of the lexicon as patterns: heads of lists, labels, and how entries begin."""

import pytest

from citegrid.core.language import lexicon
from citegrid.pipeline.bibliography.lines import label_form
from citegrid.pipeline.bibliography.patterns import (
    AFTER_LIST,
    AUTHOR_START,
    BRACKET,
    LABEL_FORMS,
    LIST_HEAD,
    MARKED_TITLE,
)


@pytest.mark.parametrize(
    "head",
    [
        "References", "7. References", "REFERENCES AND NOTES", "Literaturverzeichnis", "Quellen- und Literaturverzeichnis",
        "Références bibliographiques", "Referencias citadas", "Список использованной литературы", "参 考 文 献", "主要参考文献",
        "第六章 参考文献", "引用・参考文献", "참고문헌", "참 고 문 헌", "Works cited:", "Methods References", "References for the Supplement", "Sekundärliteratur",
    ],
)  # fmt: skip
def test_a_head_of_a_list_is_known_in_the_languages_of_the_field(head):
    assert LIST_HEAD.match(head)


@pytest.mark.parametrize(
    "text", ["References to power", "Список", "The literature", "Literary works", "文学", "Quelle"]
)
def test_words_like_those_of_a_head_are_none(text):
    assert not LIST_HEAD.match(text)


@pytest.mark.parametrize(
    "head", ["A Appendix", "Acknowledgements", "7 Supplementary material", "致谢", "Figures", "Highlights"]
)
def test_what_stands_behind_a_list_is_known(head):
    assert AFTER_LIST.match(head)


def test_figures_of_speech_do_not_end_a_list():
    assert not AFTER_LIST.match("Figures of speech")


@pytest.mark.parametrize(
    "line",
    ["Smith, J. Things", "SMITH J A, Roe B.", "J. A. Smith and", "Žižek, S. Things", "van der Berg, J.", "张三，李四", "———. Another", "OpenAI. 2023"],
)  # fmt: skip
def test_a_line_may_begin_with_an_author(line):
    assert AUTHOR_START.match(line)


@pytest.mark.parametrize("line", ["and the Berg is high", "in Berlin we met", "things of note", "12, 34–56."])
def test_a_line_may_go_on(line):
    assert not AUTHOR_START.match(line)


@pytest.mark.parametrize("mark", ["[J]", "[EB/OL]", "［M］", "[DB/CD]", "[DS]", "[A/MT]"])
def test_a_mark_of_gbt_7714_ends_a_title(mark):
    assert MARKED_TITLE.search(f"张三. 一种方法的研究{mark}. 北京, 2010.")


def test_a_number_in_brackets_is_a_label_and_a_key_has_none():
    assert BRACKET.number("[12] Smith, J.") == 12
    assert BRACKET.numbers(["[1] a", "no label", "［2］ b"]) == [1, 2]


def test_no_label_no_form():
    assert label_form([]) is None


@pytest.mark.parametrize("name", ["bibliography", "names"])
def test_every_list_says_where_its_words_are_from_and_none_stands_twice(name):
    for table, languages in lexicon.tables(name).items():
        assert languages, table
        for words in languages.values():
            assert len(set(words)) == len(words), table


def test_keys_of_names_and_a_year_are_labels():
    listed = [
        "[Baydogan, 2019] Mustafa Baydogan. Data sets of worms, 2019.",
        "[Cai et al., 2020] Ling Cai and Rui Zhu. Worms in traffic. Journal of Worms, 2020.",
        "[Ismail Fawaz et al., 2019a] Hassan Ismail Fawaz. A review of worms. Worms, 2019.",
    ]
    matches = [LABEL_FORMS[1].pattern.match(line) for line in listed]
    assert [match and match[1] for match in matches] == [line[: line.index("]") + 1] for line in listed]
    assert (
        LABEL_FORMS[1].pattern.match("[see the long story of the worms, told by Ann Lee and her friends in 2019] A")
        is None
    )


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("SAU10: Ferdinand de Saussure, Linguistique", "SAU10:"),
        ("W&P92 : Robert-Léon Wagner", "W&P92 :"),
        ("GAR91deux: Marie-Noëlle Gary-Prieur", "GAR91deux:"),
        ("[Dev19] Devlin, J.", "[Dev19]"),
        ("BERT: Pre-training of deep transformers", None),
        ("IEEE 2010: Proceedings", None),
        ("ABC10 Devlin, J.", None),
    ],
)
def test_a_key_stands_in_brackets_or_before_a_colon(line: str, label: str | None) -> None:
    match = LABEL_FORMS[1].pattern.match(line)
    assert (match and match.group(1)) == label
