"""Evidence for a row: sentences about the work, the work marked, the words untouched."""

from dataclasses import replace

from tests.papers import document, mention, reference, span

from citegrid.core.document import Span
from citegrid.pipeline.evidence import retrieve

ONE = "Gao et al. (2023) build ALCE, a benchmark for citations."
NEXT = "They report that half of the answers lack support."
LIST = "Many works study attribution (Bohnet, 2022; Gao, 2023)."
OTHER = "However, Liu (2023) audits four engines."
DOC = document([f"{ONE} {NEXT} {OTHER}", LIST, "We propose a new verifier that checks every cell."], title="Ours")
GAO = reference(
    "gao", [mention(DOC, "Gao et al. (2023)", ONE, narrative=True), mention(DOC, "Gao, 2023", LIST, beside=1)]
)
BOHNET = reference("bohnet", [mention(DOC, "Bohnet, 2022", LIST, beside=1)])
LIU = reference("liu", [mention(DOC, "Liu (2023)", OTHER, narrative=True)])
CITED = retrieve.citations_of(DOC, [GAO, BOHNET, LIU])


def test_a_reference_gets_its_sentences_and_what_goes_on_about_it():
    texts = [p.text for p in retrieve.of_reference(DOC, GAO, CITED)]
    assert texts == [ONE, NEXT, LIST]


def test_a_sentence_about_the_next_work_is_no_evidence():
    assert [p.text for p in retrieve.of_reference(DOC, LIU, CITED)] == [OTHER]
    assert [p.text for p in retrieve.of_reference(DOC, BOHNET, CITED)] == [LIST]


def test_the_work_is_marked_and_so_are_the_others():
    shown = {p.text: p.shown for p in retrieve.of_reference(DOC, GAO, CITED)}
    assert shown[ONE].startswith("⟦TARGET⟧ build ALCE")
    assert "⟦OTHER⟧" in shown[LIST]
    assert "⟦TARGET⟧" in shown[LIST]
    assert "Gao" not in shown[LIST]
    assert "Bohnet" not in shown[LIST]


def test_a_bracket_of_the_text_that_a_citation_ends_in_stays():
    said = "Smokers rate it higher (against nothing; Gao, 2023)."
    doc = document([said])
    gao = reference("gao", [mention(doc, "Gao, 2023)", said)])
    (passage,) = retrieve.of_reference(doc, gao, retrieve.citations_of(doc, [gao]))
    assert passage.shown == "Smokers rate it higher (against nothing; ⟦TARGET⟧)."


def test_a_fact_for_which_few_works_are_given_is_of_each_of_them():
    alone = {p.text: p.alone for p in retrieve.of_reference(DOC, GAO, CITED)}
    assert alone[ONE]
    assert alone[LIST]


def test_a_fact_for_which_many_works_are_given_is_of_none_alone():
    many = reference("gao", [mention(DOC, "Gao, 2023", LIST, beside=3)])
    assert [p.alone for p in retrieve.of_reference(DOC, many, CITED)] == [False]


def test_what_leads_up_to_the_number_of_a_work_whose_authors_are_named_is_about_it():
    named, result, number = (
        "Shi 等构建了一种新颖的神经网络模型，用于诊断结肠炎。",
        "该模型在更具挑战性的公开数据集上的准确率达到了88. 47%。",
        "其在各项指标上的性能都显著优于现有的其他各种方法 [20] 。",
    )
    doc = document([f"随机森林已被广泛使用。 {named} {result} {number} 这里说的是别的内容，与之无关。"])
    shi = reference("shi", [mention(doc, "[20]", number)], authors=("Shi, X",))
    said = [p.text for p in retrieve.of_reference(doc, shi, retrieve.citations_of(doc, [shi]))]
    assert said[:3] == [named, result, number]


def test_what_follows_a_work_ends_where_another_work_is_named():
    one, more, other = (
        "Shi 等构建了一种新颖的神经网络模型，用于诊断结肠炎 [20] 。",
        "该模型在两个公开的数据集上都显著优于其他的各种方法。",
        "在Polat 等的研究中，发现常用模型可有效评估活动度。",
    )
    doc = document([f"{one} {more} {other} 结果一致性高 [10] 。"])
    shi = reference("shi", [mention(doc, "[20]", one)], authors=("Shi, X",))
    polat = reference("polat", [mention(doc, "[10]", "结果一致性高 [10] 。")], authors=("Polat, G",))
    said = [p.text for p in retrieve.of_reference(doc, shi, retrieve.citations_of(doc, [shi, polat]))]
    assert said == [one, more]


def test_the_words_of_a_passage_are_those_of_the_page():
    for passage in retrieve.own_sentences(DOC, CITED):
        printed = " ".join(DOC.page(s.page).text[s.start : s.end] for s in passage.spans)
        assert " ".join(printed.split()) == passage.text


def test_own_sentences_run_over_columns_and_pages():
    doc = document(["We show that the verifier"], ["finds every planted error."])
    own = retrieve.own_sentences(doc, retrieve.citations_of(doc, []))
    assert [p.text for p in own] == ["We show that the verifier finds every planted error."]
    assert [s.page for s in own[0].spans] == [1, 2]


def test_the_best_passages_answer_the_query():
    own = retrieve.own_sentences(DOC, CITED)
    assert retrieve.best(own, ["verifier checks"], per_query=1)[0].text.startswith("We propose")
    assert retrieve.best((), ["anything"]) == ()


def test_a_sentence_over_a_page_end_is_quoted_from_the_page_of_its_citation():
    doc = document(["Gao (2023) build a large benchmark that"], ["serves well."])
    first = mention(doc, "Gao (2023)", "Gao (2023) build a large benchmark that")
    whole = "Gao (2023) build a large benchmark that serves well."
    across = replace(first, sentence=whole, sentence_spans=(*first.sentence_spans, span(doc, "serves well.", 2)))
    gao = reference("gao", [across])
    found = retrieve.of_reference(doc, gao, retrieve.citations_of(doc, [gao]))
    assert [s.page for p in found for s in p.spans] == [1]


def test_a_row_of_a_table_and_a_long_list_of_names_are_no_evidence():
    row = "Gao (2023) 41.5 Doe (2020) 38.1 Roe (2021)"
    doc = document([row])
    gao = reference("gao", [mention(doc, "Gao (2023)", row)])
    assert retrieve.of_reference(doc, gao, retrieve.citations_of(doc, [gao])) == ()


def test_what_may_speak_of_the_paper_cites_nobody():
    """Of whom the rest speaks, and whether it is understood alone, is for the classifier to say."""
    own = retrieve.own_sentences(DOC, CITED)
    assert [p.text for p in retrieve.about_itself(own)] == [NEXT, "We propose a new verifier that checks every cell."]


def named(text: str, work: str = "kudo", title: str = "Better evaluation", cites: str = "Kudo (2012)") -> list[str]:
    """What the paper ``text`` says of the work by its name, as shown to the model."""
    sentence = text.split(". ")[0] + "."
    doc = document([text])
    works = [reference(work, [mention(doc, cites, sentence)], title=title)]
    found = retrieve.of_reference(doc, works[0], retrieve.citations_of(doc, works))
    return [p.shown for p in found if "(of ⟦TARGET⟧)" in p.shown]


def test_a_work_is_known_by_the_name_before_its_citation():
    text = "The usual metric is M2 Kudo (2012). M2 aligns edits with a graph. We use M2 as a baseline here. BLEU aligns nothing at all."
    assert named(text) == ["M2 (of ⟦TARGET⟧) aligns edits with a graph."]


def test_a_work_is_known_by_the_name_in_its_title_before_any_other():
    text = (
        "One may classify with BERT Kudo (2012). BERT is a large encoder of text. BertAA is tuned on authors of books."
    )
    assert named(text, title="BertAA: tuning for authors") == ["BertAA (of ⟦TARGET⟧) is tuned on authors of books."]


def test_a_plain_word_before_a_citation_is_no_name():
    assert named("The usual way is Alignment Kudo (2012). Alignment needs a graph of edits.") == []


def test_a_name_that_two_works_share_is_nobodys():
    doc = document(["It is M2 Kudo (2012). Later came M2 Doe (2013). M2 aligns edits with a graph."])
    kudo = reference("kudo", [mention(doc, "Kudo (2012)", "It is M2 Kudo (2012).")])
    doe = reference("doe", [mention(doc, "Doe (2013)", "Later came M2 Doe (2013).")])
    assert retrieve.citations_of(doc, [kudo, doe]).names == {}


def test_a_name_that_no_title_has_is_of_the_work_beside_which_it_is_first_printed():
    first, then = "Cells leave the M2 Kudo (2012).", "Strokes change the M2 Doe (2013)."
    more = "M2 cells are of many kinds in mice."
    doc = document([f"{first} {then} {more}"])
    doe = reference("doe", [mention(doc, "Doe (2013)", then)])
    kudo = reference("kudo", [mention(doc, "Kudo (2012)", "Cells leave the M2 Kudo (2012).", beside=1)])
    cited = retrieve.citations_of(doc, [kudo, doe])
    assert cited.names == {}
    assert more not in [p.text for p in retrieve.of_reference(doc, doe, cited)]
    assert retrieve.citations_of(doc, [doe]).names == {"doe": ("M2",)}  # nobody else is cited there


def by_name(pages: list[str], title: str) -> list[tuple[str, bool]]:
    """What is said of the work that the first page cites, by its name alone, and whether it is near a citation."""
    doc = document(*([page] for page in pages))
    kudo = reference("kudo", [mention(doc, "[16]", pages[0])], title=title)
    found = retrieve.of_reference(doc, kudo, retrieve.citations_of(doc, [kudo]))
    return [(p.shown, p.alone) for p in found if "(of ⟦TARGET⟧)" in p.shown]


def test_a_name_of_the_title_stands_for_the_work_on_later_pages_too():
    pages = [
        "该算法被用于改进分布估计算法RM-MEDA[16]，并提高了效率。",
        "RM-MEDA采用局部主成分分析来建立所需的概率模型。",
    ]
    assert by_name(pages, "RM-MEDA: A regularity model") == [
        ("RM-MEDA (of ⟦TARGET⟧)采用局部主成分分析来建立所需的概率模型。", False)
    ]
    assert by_name(pages, "A regularity model") == []


def test_a_name_that_shares_its_sentence_says_nothing_of_the_work_alone():
    pages = [
        "该算法被用于改进分布估计算法RM-MEDA[16]，并提高了效率。",
        "RM-MEDA和DES都使用Matlab在同一台计算机上运行实验程序。",
    ]
    assert by_name(pages, "RM-MEDA: A regularity model") == []


def test_the_title_is_quoted_from_the_entry_and_from_nowhere_else():
    title = "A benchmark for citations in answers"
    doc = document([f"We praise {title} here.", f"Gao, T. (2023). {title}. In EMNLP."])
    at = doc.page(1).text.index("Gao, T.")
    entry = Span(1, at, len(doc.page(1).text))
    gao = replace(reference("gao", [], title=title), spans=(entry,))
    found = retrieve.of_title(doc, gao)
    assert found is not None
    assert found.text == title
    assert found.spans[0].start > at
    assert retrieve.of_title(doc, replace(gao, title="Another title that is not printed")) is None


def test_what_the_paper_does_with_its_own_tool_is_not_said_of_the_tools_it_calls():
    called = "VESPA proceeds to create a database for searching with BLAST (Altschul, 1997)."
    about = "BLAST by Altschul (1997) finds regions that are alike in two sequences, as VESPA needs."
    doc = document([called, about], title="VESPA: large analyses of selection")
    blast = reference(
        "blast",
        [mention(doc, "Altschul, 1997", called), mention(doc, "Altschul (1997)", about, narrative=True)],
    )
    cited = retrieve.citations_of(doc, [blast])
    assert cited.itself == "VESPA"
    assert [p.text for p in retrieve.of_reference(doc, blast, cited)] == [about]
    assert retrieve.citations_of(DOC, [GAO]).itself == ""


def test_an_item_of_a_list_without_a_verb_is_no_evidence():
    item = "Coding: LiveCodeBench v5 (Jain, 2024) with averaged score of eight repetitions."
    said = "Coding: it was measured with LiveCodeBench v5 (Jain, 2024) in eight repetitions."
    doc = document([item, said])
    jain = reference("jain", [mention(doc, "Jain, 2024", item), mention(doc, "Jain, 2024", said)])
    assert [p.text for p in retrieve.of_reference(doc, jain, retrieve.citations_of(doc, [jain]))] == [said]


def test_where_a_figure_is_from_is_no_evidence():
    lent = "Reproduced with permission from Canepa (2017), the structure is shown along one axis."
    doc = document([lent])
    canepa = reference("canepa", [mention(doc, "Canepa (2017)", lent)])
    assert retrieve.of_reference(doc, canepa, retrieve.citations_of(doc, [canepa])) == ()


def test_formalities_are_not_what_a_paper_says_of_itself():
    told = "We surveyed households along the two rivers of the region."
    doc = document(
        [
            told,
            "We obtained informed consent from all of the households.",
            "She is the author of more than ten papers on rivers.",
        ]
    )
    own = retrieve.own_sentences(doc, retrieve.citations_of(doc, []))
    assert [told] == [p.text for p in retrieve.about_itself(own)]


def test_the_best_passage_for_a_query_shares_its_words_and_the_first_of_equals_wins():
    doc = document(
        ["Traps were set along the road at dawn. Frogs were counted. Traps were set along the road at dusk."]
    )
    own = retrieve.own_sentences(doc, retrieve.citations_of(doc, []))
    assert retrieve.best(own[::-1], ["counted frogs"], 1) == (own[1],)
    assert retrieve.best(own, ["traps road"], 1) == (own[0],)


def test_of_many_sentences_those_that_cite_the_work_alone_are_kept_before_longer_ones_that_name_others(monkeypatch):
    monkeypatch.setattr(retrieve, "MOST_PASSAGES", 2)
    assert [p.text for p in retrieve.of_reference(DOC, GAO, CITED)] == [ONE, NEXT]


def test_authors_named_again_after_a_note_are_those_of_its_work():
    note = "Pairs were trained with a new loss (Gao, 2023)."
    they, it = "They find that it halves the errors.", "This loss is used below."
    doc = document([f"{note} {they} {it}"])
    gao = reference("gao", [mention(doc, "Gao, 2023", note)])
    found = retrieve.of_reference(doc, gao, retrieve.citations_of(doc, [gao]))
    assert [p.text for p in found] == [note, they]
    assert found[1].shown == "⟦TARGET⟧ find that it halves the errors."


def test_nobody_is_taken_up_behind_a_note_that_goes_on_otherwise():
    note, other, they = "Gao is right (Gao, 2023).", "Yields fell in all towns.", "They find that it halves the errors."
    doc = document([f"{note} {other} {they}"])
    gao = reference("gao", [mention(doc, "Gao, 2023", note)])
    assert [p.text for p in retrieve.of_reference(doc, gao, retrieve.citations_of(doc, [gao]))] == [note]


def test_what_goes_on_about_a_work_is_found_where_its_own_sentence_hangs_on_the_one_before():
    this, their = "This was first done by Gao (2023).", "In their method, a set of pairs is drawn at random."
    plain = "Pairs are cheap to get in any town."
    doc = document([f"We draw pairs. {this} {their} {plain}"])
    gao = reference("gao", [mention(doc, "Gao (2023)", this, narrative=True)])
    (found,) = retrieve.of_reference(doc, gao, retrieve.citations_of(doc, [gao]))
    assert found.text == their
    assert "(of ⟦TARGET⟧)" in found.shown


def test_what_is_said_of_all_works_of_a_kind_goes_on_about_none_of_them():
    one, many, more = (
        "李四等[3]提出了一种基于轮廓的方法来分割图像中的各种结节。",
        "这类方法需要预先设定初始的轮廓，每次分割都要很久才行。",
        "其结果受病例之间个体差异的影响，不确定性比较大。",
    )
    doc = document([one + many + more])
    li = reference("li", [mention(doc, "[3]", one)])
    assert [p.text for p in retrieve.of_reference(doc, li, retrieve.citations_of(doc, [li]))] == [one]


def test_that_something_has_been_suggested_is_understood_alone():
    said, hangs = (
        "It has been suggested that cells divide in the dark (Gao, 2023).",
        "It has an effect on cells (Gao, 2023).",
    )
    doc = document([f"{said} Mice are small. {hangs}"])
    gao = reference("gao", [mention(doc, "Gao, 2023", said, beside=1), mention(doc, "Gao, 2023", hangs, beside=1)])
    assert [p.text for p in retrieve.of_reference(doc, gao, retrieve.citations_of(doc, [gao]))] == [said]


def test_a_name_may_begin_small_and_many_things_have_none():
    said = "scHiCluster (Gao, 2023) reads sparse maps of single cells."
    doc = document([f"{said} One may ask LLMs (Doe, 2020) as well. LLMs are the state of the art."])
    gao = reference("gao", [mention(doc, "Gao, 2023", said)])
    doe = reference("doe", [mention(doc, "Doe, 2020", "One may ask LLMs (Doe, 2020) as well.")])
    cited = retrieve.citations_of(doc, [gao, doe])
    assert [p.text for p in retrieve.of_reference(doc, gao, cited)] == [said]
    assert cited.names.get("doe", ()) == ()


def test_a_raised_number_stands_before_the_comma_that_is_printed_before_it():
    sentence = "The maps of Gao et al.,7 Doe and Roe,8 and Berg9 are made of cubes."
    doc = document([sentence])
    doe = reference("doe", [mention(doc, "8", sentence)])
    cited = retrieve.citations_of(doc, [reference("gao", [mention(doc, "7", sentence)]), doe])
    (found,) = retrieve.of_reference(doc, doe, cited)
    assert found.shown == "The maps of Gao et al. ⟦OTHER⟧, Doe and Roe ⟦TARGET⟧, and Berg9 are made of cubes."


def test_what_the_paper_does_with_a_tool_is_not_said_of_the_tool():
    used = "Pairpot uses UCell [28] to score the cells of every data set."
    often = " ".join(f"Pairpot shows the slices of data set number {n}." for n in "123456789")
    doc = document([f"{used} {often}"], title="Pairpot: a database of pairs")
    ucell = reference("ucell", [mention(doc, "[28]", used)])
    assert retrieve.of_reference(doc, ucell, retrieve.citations_of(doc, [ucell])) == ()
    unnamed = document([f"{used} {often}"], title="A database of pairs")
    assert retrieve.of_reference(unnamed, ucell, retrieve.citations_of(unnamed, [ucell])) != ()


def test_what_authors_did_before_is_said_of_the_work_of_theirs_alone():
    told = "In an earlier work [9], we argued that tissues can be treated as viscous fluids."
    doc = replace(document([told]), authors=("Markus Basan", "Jens Elgeti"))
    own = reference("own", [mention(doc, "[9]", told)], authors=("Basan, M", "Risler, T"))
    other = replace(own, id="other", authors=("Foty, R A",))
    shown = [retrieve.of_reference(doc, one, retrieve.citations_of(doc, [one]))[0].shown for one in (own, other)]
    assert shown[0] == "⟦TARGET⟧ argued that tissues can be treated as viscous fluids."
    assert shown[1].startswith("In an earlier work")


def test_what_a_review_tells_of_a_work_before_its_number_is_not_the_papers_own():
    told = "Shi 等构建了一种新颖的神经网络模型，用于提升结肠炎的诊断性能。 该模型在公开的数据集上取得了优越的性能与很高的准确率。"
    doc = document(
        [
            f"本文综述了人工智能在内镜诊断中的应用与局限性的研究。 {told} 其在各项指标上的性能都显著优于现有的其他各种方法 [20] 。"
        ]
    )
    shi = reference(
        "shi", [mention(doc, "[20]", "其在各项指标上的性能都显著优于现有的其他各种方法 [20] 。")], authors=("Shi, X",)
    )
    cited = retrieve.citations_of(doc, [shi])
    own = retrieve.about_itself(tuple(retrieve.not_of_others(retrieve.own_sentences(doc, cited), cited)))
    assert [p.text for p in own] == ["本文综述了人工智能在内镜诊断中的应用与局限性的研究。"]


def test_a_citation_in_brackets_does_not_make_the_next_sentence_that_of_its_authors():
    one = "Coal is the main source of sulfur in this region (Gao et al., 2023)."
    doc = document([f"{one} The inventory showed that traffic emitted the rest of the oxides."])
    gao = reference("gao", [mention(doc, "(Gao et al., 2023)", one)], authors=("Gao, Ann", "Bee, Bob", "Cee, Cid"))
    assert [p.text for p in retrieve.of_reference(doc, gao, retrieve.citations_of(doc, [gao]))] == [one]


def test_the_name_of_a_method_that_many_use_stands_for_a_work_only_where_its_title_has_it():
    text = "One may classify with SVM Kudo (2012). SVM produces a model for predicting values."
    assert named(text) == []
    assert named(text, title="SVM for text") == ["SVM (of ⟦TARGET⟧) produces a model for predicting values."]
