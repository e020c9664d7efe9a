"""What a column asks for, in plain English: small models judge “how it works” far better than a bare “主要方法/理论”.

A column whose name matches nothing here is judged by its name alone.
"""

from __future__ import annotations

import re

from citegrid.core.table import Column

#: Pattern of a column's name → the end of “Does the sentence state …” (“it” is the work), and words to search for.
_TOPICS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.I), gloss, words)
    for pattern, gloss, words in (
        (
            r"局限|不足|缺[点陷]|备注|限制|问题与|挑战|limit|weakness|caveat|drawback|shortcoming|remark|notes?\b|challenge",
            "its weaknesses, limits or caveats",
            "limitation limited however only future cannot fail weakness caveat restrict",
        ),
        (
            r"创新|贡献|新颖|亮点|价值|意义|contribut|novel|innovat|original|signific",
            "its contribution or novelty",
            "contribution first novel new propose introduce unlike previous",
        ),
        (
            r"数据集|语料|数据来源|样本|研究对象|被试|受试|dataset|corpus|corpora|data source|\bdata\b|sample|participants|population|subjects",
            "the data, corpus or sample it uses",
            "dataset data corpus sample participants collected questions annotated patients",
        ),
        (
            r"研究问题|研究目[的标]|问题|目[的标]|假设|question|\baims?\b|objective|purpose|hypothes|problem|\bgoals?\b",
            "the question or aim it pursues",
            "question aim objective goal investigate whether problem hypothesis",
        ),
        (
            r"结[论果]|发现|性能|效果|表现|finding|result|conclusion|outcome|performance|effect",
            "its results, numbers or conclusions",
            "results show find outperform accuracy percent significant improve conclude",
        ),
        (
            r"指标|评[价估测]|度量|metric|measure|evaluat|indicator",
            "how it is measured or evaluated",
            "metric measure evaluate score accuracy precision recall",
        ),
        (
            r"方法|技术|算法|模型|路线|设计|框架|手段|method|approach|technique|algorithm|model|design|framework|procedure|intervention",
            "how it works, that is its method",
            "method propose present approach model algorithm framework train design use",
        ),
        (
            r"理论|概念|视角|theor|concept|perspective",
            "the theory or concept it builds on",
            "theory concept model framework define notion perspective",
        ),
        (
            r"应用|用途|场景|领域|application|use case|domain|field\b|setting",
            "what it is used for",
            "application use applied domain task practice",
        ),
        (
            r"关系|联系|相关性|relation|relevance|link to",
            "how it relates to the citing paper",
            "follow build extend differ compare similar contrast",
        ),
        (
            r"背景|动机|background|motivation|context",
            "why it was done",
            "motivation because need lack despite important",
        ),
    )
)


def gloss_of(column: Column) -> str:
    """The end of the question “Does the sentence state …”; empty when the name is of no known kind."""
    return next((gloss for pattern, gloss, _ in _TOPICS if pattern.search(column.name)), "")


def words_of(column: Column) -> str:
    """English words that stand in sentences about a column of this kind; empty when it is of no known kind."""
    return " ".join(words for pattern, _, words in _TOPICS if pattern.search(column.name))
