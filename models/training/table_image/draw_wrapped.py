"""Tables whose names and cells wrap, drawn with a reader that sees their lines: what headers of several lines look like, with little cost.

``wrapped(seed)`` gives the sheet (``tests/doubles/drawn_sheet``) and the names of its columns; designs, rules and rows are drawn by lot.
"""

from __future__ import annotations

import random

from tests.doubles.drawn_sheet import Sheet
from tests.pipeline.drawn_tables import font

_NAMES = {
    "en": "Aim of the study|Research question|Sample size|Country or region|Data source|Main findings|Limitations|Year|Author|"
    "Outcome measures|Type of intervention|Quality of evidence|Journal|Model|Open code",
    "zh": "研究问题|样本数量|主要发现|数据来源|不足之处|评价指标|作者与年份|序号|研究方法|应用场景|理论框架|期刊来源|准确率（%）|国家",
    "mixed": "模型 Model|训练集 Train|参数 Params|骨干网络 Backbone|年份 Year|AUC 值|方法 Method|结论 Findings|数据集 Dataset|代码 Code",
}
_CELLS = {
    "en": "Smith (2019)|Small sample|0.87|2021|Germany|Three public datasets|Higher accuracy than the baseline|A randomised trial",
    "zh": "张三（2020）|小样本|0.91|2021|中国|三个公开数据集|准确率高于基线模型|问卷调查与访谈",
    "mixed": "Wang 2019|BERT 模型|0.91|2021|SQuAD 2.0|多语言任务|准确率 93.1%|Transformer",
}
_SIZE, _LINE = 22, 30


def wrapped(seed: int) -> tuple[Sheet, list[str]]:
    """The sheet of a number, and the names of its columns."""
    lot = random.Random(seed)
    script = lot.choice([*_NAMES])
    names = lot.sample(_NAMES[script].split("|"), lot.randint(3, 6))
    wide = [lot.randint(80, 190) for _ in names]
    starts = [50 + sum(wide[:n]) + 30 * n for n in range(len(names))]
    rows = [[lot.choice(_CELLS[script].split("|")) for _ in names] for _ in range(lot.choice([0, 0, 1, 2, 3, 4]))]
    if lot.random() < 0.2 and rows:
        rows = [[str(n + 1), *[""] * (len(names) - 1)] for n in range(len(rows))]
    sheet, right, centred = Sheet(starts[-1] + wide[-1] + 60, 1500), starts[-1] + wide[-1] + 20, lot.random() < 0.4
    white, top, edges = lot.choice([6, 14, 26]), 60, [50]
    for row in [names, *rows]:
        cells = [_lines(text, limit) for text, limit in zip(row, wide, strict=True)]
        most = max(map(len, cells))
        for start, cell in zip(starts, cells, strict=True):
            off = (most - len(cell)) * _LINE // 2 if centred else 0
            for n, line in enumerate(cell):
                sheet.text(start, top + off + n * _LINE, line, size=_SIZE)
        top += most * _LINE + white
        edges.append(top - white // 2 - 1)
    header, end = edges[1], edges[-1]
    rules = lot.choice([(50, header, end), (50, header), (50, end), (header,), (header, end), edges, ()])
    return sheet.rules(sorted(set(rules)), 40, right), names


def _lines(text: str, limit: int) -> list[str]:
    """A text in lines no longer than ``limit``: between words, and between Chinese letters."""
    pieces: list[str] = []
    for word in text.split():
        pieces += [" " + word] if word.isascii() else [" " + word[0], *word[1:]]
    lines = [""]
    for piece in pieces:
        if lines[-1] and font(_SIZE).getlength(lines[-1] + piece) > limit:
            lines.append(piece.strip())
        else:
            lines[-1] = (lines[-1] + piece).strip() if not lines[-1] else lines[-1] + piece
    return [line for line in lines if line]
