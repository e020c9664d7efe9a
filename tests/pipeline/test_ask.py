from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Column
from citegrid.engines.fake import FakeModel
from citegrid.pipeline import ask
from citegrid.ports import Ask

PASSAGES = tuple(
    Passage(SourceKind.DOCUMENT, "p.pdf", n, f"Sentence {n}.", shown=f"⟦TARGET⟧ says {n}.") for n in (1, 2, 3)
)
WORK = Work(WorkKind.REFERENCE, "r1", "A Title")


class Chooser(FakeModel):
    """Picks the passage of ``choice`` and doubts every passage in ``doubted``."""

    def __init__(self, choice: int, doubted: tuple[str, ...] = (), says: str = "提出了一种方法。") -> None:
        super().__init__(lambda ask: says)
        self._choice, self._doubted = choice, doubted

    def weigh(self, asks, choices, *, cancel=None):
        self.asked.extend(asks)
        return [self._odds(a, choices) for a in asks]

    def _odds(self, ask: Ask, choices):
        if tuple(choices) == ("Yes", "No"):
            return (-3.0, 3.0) if any(d in ask.shared + ask.own for d in self._doubted) else (3.0, -3.0)
        return tuple(4.0 if str(self._choice) == c else -0.1 * float(c) for c in choices)


def test_a_cell_is_written_from_the_picked_passage_alone():
    model = Chooser(2)
    draft = ask.ask_cells(WORK, PASSAGES, [Column("方法")], "zh", model)[0]
    assert (draft.text, draft.used, draft.nothing) == ("提出了一种方法。", (PASSAGES[1],), False)
    written = model.asked[-1]
    assert "says 2." in written.own
    assert "says 1." not in written.own


def test_a_passage_that_does_not_speak_of_the_column_gives_way_to_the_next():
    draft = ask.ask_cells(WORK, PASSAGES, [Column("方法")], "zh", Chooser(2, ("says 2.",)))[0]
    assert draft.used == (PASSAGES[0],)


def test_when_none_speaks_of_the_column_nothing_is_written():
    model = Chooser(2, ("says",))
    assert ask.ask_cells(WORK, PASSAGES, [Column("方法")], "zh", model) == [ask.NOTHING]
    assert all(a.max_tokens == 1 for a in model.asked)


def test_plain_words_for_nothing_mean_nothing():
    for words in ("证据中没有说明该内容", "未提及。", "Not stated.", ""):
        assert ask.ask_cells(WORK, PASSAGES, [Column("方法")], "zh", Chooser(1, says=words))[0].nothing


def test_the_same_words_stand_in_one_column_only():
    drafts = ask.ask_cells(WORK, PASSAGES, [Column("方法"), Column("创新点")], "zh", Chooser(1))
    assert [d.nothing for d in drafts] == [False, True] or [d.nothing for d in drafts] == [True, False]


def test_english_where_chinese_is_wanted_is_asked_again():
    model = Chooser(1, says="The work proposes a retriever with two encoders")
    draft = ask.ask_cells(WORK, PASSAGES, [Column("方法")], "zh", model)[0]
    assert model.asked[-1].prefill == "该文献"
    assert draft.nothing


def test_markers_and_echoes_never_reach_the_reader():
    assert ask.tidy("⟦TARGET⟧ introduces a method", "en") == "the work introduces a method"
    assert "TARGET" not in ask.tidy("[TARGET]提出⟦TARGET⟧方法", "zh")
    assert ask.tidy("主要方法/理论：双编码器", "zh", column="主要方法/理论") == "双编码器"
    assert ask.tidy("该文献的局限与备注是成本高", "zh", column="局限与备注") == "成本高"
    assert ask.tidy("局限：成本高", "zh", column="局限与备注") == "成本高"
    assert ask.tidy("方法论的转变", "zh", column="方法") == "方法论的转变"


def test_an_answer_that_was_cut_off_ends_with_its_last_whole_sentence():
    assert ask.tidy("第一句。第二句没有", "zh", whole=False) == "第一句。"
    assert ask.tidy("没有说完的", "zh", whole=False) == ""


def test_the_questions_of_a_row_share_everything_but_the_column():
    model = Chooser(1)
    ask.pick(WORK, PASSAGES, [Column("方法"), Column("结论", "只写数值")], model)
    assert len({(a.system, a.shared) for a in model.asked}) == 1
    assert "[2] ⟦TARGET⟧ says 2." in model.asked[0].shared
    assert "结论" in model.asked[1].own
    assert "只写数值" in model.asked[1].own


def test_without_evidence_the_model_is_not_asked():
    model = FakeModel()
    drafts = ask.ask_cells(WORK, (), [Column("方法")], "zh", model)
    assert drafts[0].nothing
    assert model.asked == []
