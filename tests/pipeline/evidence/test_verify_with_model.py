"""The verifier with the real model: what a sentence says of a neighbour, of the citing paper, or the other way round is
not carried, whatever its words are; most of what is true is."""

from __future__ import annotations

import pytest

from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.engines.language_model.process import ModelProcess
from citegrid.pipeline.evidence import verify
from citegrid.store.model_files import models

pytestmark = [pytest.mark.model, pytest.mark.slow]

WORK = Work(WorkKind.REFERENCE, "r1", "A work", ("Doe, Jane",), 2020)
BOTH = "⟦OTHER⟧ fine-tune a retriever on search logs, whereas ⟦TARGET⟧ prompt a frozen model with ten examples."
OURS = "Unlike ⟦TARGET⟧, who label every sentence by hand, we let two annotators label a sample of 300."
FINDS = "⟦TARGET⟧ find that half of the sentences of four search engines lack full support."
COSTS = "⟦TARGET⟧ report that the drug lowered blood pressure in adults but did not reduce mortality."
BIRDS = "Birds with small bodies are hit by cars more often than others (⟦TARGET⟧), and owls suffer most at night (⟦OTHER⟧)."

TRUE = [
    (BOTH, "用十个示例提示冻结的模型"),
    (BOTH, "The authors prompt a frozen model with ten examples."),
    (OURS, "人工标注每个句子"),
    (FINDS, "四个搜索引擎的句子有一半缺乏完整支持"),
    (FINDS, "Half of the sentences of four search engines lack full support."),
    (COSTS, "该药物降低了成人的血压"),
    (COSTS, "The drug did not reduce mortality."),
    (BIRDS, "体型小的鸟类更常被汽车撞死"),
]
FALSE = [
    (BOTH, "在搜索日志上微调检索器"),  # the neighbour's
    (BOTH, "The authors fine-tune a retriever on search logs."),
    (OURS, "让两名标注者标注300个样本"),  # the citing paper's
    (OURS, "Two annotators label a sample of 300."),
    (FINDS, "四个搜索引擎的句子全部得到完整支持"),  # the other way round
    (FINDS, "No sentence of four search engines lacks support."),
    (FINDS, "三个搜索引擎的句子有一半缺乏完整支持"),  # a flipped number
    (COSTS, "该药物降低了死亡率"),
    (COSTS, "The drug reduced mortality in adults."),
    (COSTS, "该药物没有降低血压"),
    (BIRDS, "猫头鹰在夜间受害最重"),
    (BIRDS, "ALCE 是一个带引文的问答基准"),  # an invented one
]


@pytest.fixture(scope="module")
def model():
    model = ModelProcess(models.resolve(None))
    yield model
    model.close()


def findings(model, cases):
    found = []
    for shown, claim in cases:
        passage = Passage(SourceKind.DOCUMENT, "p.pdf", 1, shown, shown=shown)
        found.append(verify.check([(claim, [passage])], WORK, (), model)[0])
    return found


def test_no_false_statement_is_carried(model):
    carried = [case for case, f in zip(FALSE, findings(model, FALSE), strict=True) if f.carried]
    assert carried == []


def test_most_true_statements_are_carried(model):
    carried = [f.carried for f in findings(model, TRUE)]
    assert sum(carried) >= 0.7 * len(TRUE)
