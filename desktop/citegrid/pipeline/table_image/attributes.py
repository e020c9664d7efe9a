"""Attributes: words that name what a person wants to know of a paper, to tell names from values."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CHINESE = (
    "文献|论文|题目|题名|标题|名称|书目|作者|姓名|年份|年度|时间|日期|期刊|来源|出处|国家|地区|单位|机构|关键词|摘要|主题|领域|类型|"
    "研究|背景|问题|目的|目标|对象|内容|假设|理论|框架|视角|思路|模型|方法|算法|技术|路线|设计|方案|干预|措施|数据集?|样本量?|变量|指标|工具|"
    "实验|评估|评价|结果|结论|发现|观点|贡献|创新点?|优势|劣势|优点|缺点|局限性?|不足(?:之处)?|展望|应用|场景|启示|意义|价值|备注|说明|"
    "等级|质量|证据|编号|序号|数量|主要|核心|关键|相关|代表性?|使用|采用|具体|未来|实践|工作|信息|参数|性能|效果|分析|过程|步骤"
)
_ENGLISH = (
    "studys?|studies|papers?|references?|citations?|titles?|authors?|years?|dates?|journals?|venues?|sources?|country|region|keywords?|abstract|"
    "topics?|fields?|domains?|types?|research|background|problems?|questions?|aims?|objectives?|goals?|purpose|hypothes[ie]s|theory|theoretical|"
    "frameworks?|approach(?:es)?|models?|methods?|methodology|algorithms?|techniques?|design|interventions?|data|datasets?|samples?|size|participants|"
    "population|variables?|measures?|metrics?|tools?|experiments?|evaluation|assessment|results?|findings?|conclusions?|contributions?|novelty|"
    "strengths?|weaknesses|limitations?|limits|gaps?|future|work|applications?|implications?|notes?|remarks|comments|quality|evidence|main|key|"
    "of|and|the|used|scores?|number|no|id|name|outcomes?|settings?|setup|level|doi|url|performance|analysis"
)
_WORD = re.compile(rf"(?:{_CHINESE}|[与和及的之或/、·\s()（）:：.&-]|(?<![a-zA-Z])(?:{_ENGLISH})(?![a-zA-Z]))", re.I)


def is_attribute(text: str) -> bool:
    """Whether a short text says what is asked for (主要方法, Sample size), not what is answered.

    At least three fifths of its letters must belong to words that columns of literature tables are named with.
    """
    letters = len("".join(text.split()))
    if not 0 < letters <= 40 or text[-1:].isdecimal():  # “Paper 1” is one of several examples
        return False
    covered = sum(len("".join(m.group().split())) for m in _WORD.finditer(text))
    return covered >= 0.6 * letters


def share(texts: Sequence[str]) -> float:
    """The share of the texts that are attributes; 0 of none."""
    return sum(map(is_attribute, texts)) / len(texts) if texts else 0.0
