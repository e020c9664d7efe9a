"""What a column asks for, in plain English: small models judge “how it works” far better than a bare “主要方法/理论”.

A column whose name matches nothing here is judged by its name alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from citegrid.core.table import AnswerType, Column

_METHOD = "how it works, that is its method"


class Says(Enum):
    """The kinds of information that a sentence is sorted into, each by the letter of its line in the question."""

    AIM = "A"
    METHOD = "B"
    RESULT = "C"
    LIMIT = "D"
    NOTHING = "E"


#: The question that sorts a sentence; a letter for each of ``Says``.
SORT = (
    "Which kind of information does the sentence give about the work?\n"
    "A) the question or aim of the work\n"
    "B) how the work was done: its method, model, material or procedure\n"
    "C) a finding, result, fact or number\n"
    "D) a weakness, problem or limit\n"
    "E) nothing in particular\n"
    "Answer with one letter."
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What columns of one kind ask for.

    ``gloss`` ends the question “Does the sentence state …” (“it” is the work), ``words`` are looked for in the paper,
    ``says`` is the kind of sentence that answers (None: any), and ``sections`` are where a paper says it of itself.
    """

    names: re.Pattern[str]
    gloss: str
    words: str
    says: Says | None
    sections: re.Pattern[str] | None


def _topic(names: str, gloss: str, words: str, says: Says | None, sections: str) -> Topic:
    return Topic(re.compile(names, re.I), gloss, words, says, re.compile(sections, re.I) if sections else None)


_TOPICS = (
    _topic(
        r"局限|不足|缺[点陷]|劣势|短板|备注|限制|问题与|挑战|空白|limit|weakness|caveat|drawback|shortcoming|remark|notes?\b|challenge|gaps?\b",
        "its weaknesses, limits or caveats",
        "limitation limited however only future cannot fail weakness caveat restrict",
        Says.LIMIT,
        r"limit|discussion|conclusion|future|threat|局限|讨论|结论|展望",
    ),
    _topic(
        r"国家|国别|地区|地域|区域|地点|\bcountry|\bcountries|\bregions?\b|\blocation|study (?:area|site)",
        "the country or region where it was done",
        "country region conducted located national area site province city state",
        None,
        r"method|material|study (?:area|site|setting)|setting|sample|data|abstract|方法|研究区|样本|数据|摘要",
    ),
    _topic(
        r"质量|证据(?:等级|级别|水平)|偏倚|\bquality|risk of bias|(?:level|grade|strength) of evidence|evidence (?:level|grade)",
        "the quality or level of its evidence, or its risk of bias",
        "quality bias level evidence grade rated randomised blinded certainty reliable",
        None,
        r"quality|bias|limit|method|discussion|质量|偏倚|局限|方法|讨论",
    ),
    _topic(
        r"优势|优点|长处|strength|advantage|benefit|\bpros\b",
        "its strengths or advantages",
        "advantage strength benefit better higher improve efficient outperform superior robust simple low cost",
        None,
        r"abstract|discussion|conclusion|result|advantage|strength|摘要|讨论|结论|结果|优势",
    ),
    _topic(
        r"创新|贡献|新颖|亮点|价值|意义|contribut|novel|innovat|original|signific",
        "its contribution or novelty",
        "contribution first novel new propose introduce unlike previous",
        None,
        r"abstract|introduction|contribution|conclusion|摘要|引言|绪论|结论",
    ),
    _topic(
        r"数据集|语料|数据来源|样本|研究对象|被试|受试|dataset|corpus|corpora|data source|\bdata\b|sample|participants|population|subjects",
        "the data, corpus or sample it uses",
        "dataset data corpus sample participants collected questions annotated patients",
        Says.METHOD,
        r"data|material|method|sample|subject|participant|corpus|experiment|数据|材料|方法|样本|实验",
    ),
    _topic(
        r"研究问题|研究目[的标]|问题|目[的标]|假设|question|aims?\b|objective|purpose|hypothes|problem|\bgoals?\b",
        "the question or aim it pursues",
        "question aim objective goal investigate whether problem hypothesis",
        Says.AIM,
        r"abstract|introduction|objective|aim|background|摘要|引言|绪论|前言|背景|问题",
    ),
    _topic(
        r"结[论果]|发现|性能|效果|表现|finding|result|conclusion|outcome|performance|effect",
        "its results, numbers or conclusions",
        "results show find outperform accuracy percent significant improve conclude",
        Says.RESULT,
        r"abstract|result|finding|experiment|evaluation|conclusion|摘要|结果|实验|结论",
    ),
    _topic(
        r"指标|评[价估测]|度量|metric|measure|evaluat|indicator",
        "how it is measured or evaluated",
        "metric measure evaluate score accuracy precision recall",
        Says.METHOD,
        r"metric|measure|evaluation|experiment|method|statistic|analys|指标|评价|评估|方法",
    ),
    _topic(
        r"理论(?:框架|基础|视角)|概念|视角|theor|concept|perspective|^理论$",
        "the theory or concept it builds on",
        "theory concept model framework define notion perspective",
        Says.METHOD,
        r"theor|framework|background|related|preliminar|理论|框架|基础|相关",
    ),
    _topic(
        r"方法|理论|技术|算法|模型|路线|设计|框架|手段|干预|措施|method|approach|technique|algorithm|model|design|framework|procedure|intervention",
        _METHOD,
        "method propose present approach model algorithm framework train design use used using collected conducted measured sampled surveyed recorded analysed analysis",
        Says.METHOD,
        r"method|material|approach|model|design|procedure|implementation|architecture|system|training|方法|材料|模型|设计|实现|系统",
    ),
    _topic(
        r"应用|用途|场景|领域|application|use case|domain|field\b|setting",
        "what it is used for",
        "application use applied domain task practice",
        None,
        r"",
    ),
    _topic(
        r"关系|联系|相关性|relation|relevance|link to",
        "how it relates to the citing paper",
        "follow build extend differ compare similar contrast",
        None,
        r"",
    ),
    _topic(
        r"背景|动机|background|motivation|context",
        "why it was done",
        "motivation because need lack despite important",
        Says.AIM,
        r"introduction|background|motivation|abstract|引言|绪论|背景|摘要",
    ),
)
#: A title that names a way of working says what the work did; any title says what it is about.
_NAMES_A_METHOD = re.compile(
    r"\b(?:method|approach|model|algorithm|framework|metric|technique|system|tool|using|via|based|analys[ie]s|review|survey|trial|simulation|"
    r"experiment|dataset|benchmark|corpus|network|estimat\w+|measur\w+)s?\b|方法|模型|算法|框架|基于|综述|系统|分析|实验|网络|测量|估计",
    re.I,
)


def topic_of(column: Column) -> Topic | None:
    """What a column asks for; None when its name is of no known kind."""
    return next((t for t in _TOPICS if t.names.search(column.name)), None)


def gloss_of(column: Column) -> str:
    """The end of the question “Does the sentence state …”; empty when the name is of no known kind."""
    topic = topic_of(column)
    return topic.gloss if topic else ""


def words_of(column: Column) -> str:
    """English words that stand in sentences about a column of this kind; empty when it is of no known kind."""
    return " ".join(t.words for t in _TOPICS if t.names.search(column.name))


def _is_telling(title: str) -> bool:
    """Whether a title is more than a name: three words, or eight ideographs."""
    return len(title.split()) >= 3 or len(re.findall(r"[\u3400-\u9fff]", title)) >= 8


def told_by_title(column: Column, title: str) -> bool:
    """Whether a work's title alone answers the column: what it is about, or the way of working that it names."""
    topic = topic_of(column)
    if topic is None or column.answer_type is not AnswerType.TEXT or not _is_telling(title):
        return False
    return topic.says is Says.AIM or (topic.gloss == _METHOD and bool(_NAMES_A_METHOD.search(title)))
