"""Why a text cites a work, read from the words around the citation, in English and Chinese.

A cue counts when it says what *this* paper does with the work.  Where the
cited authors are the ones who act ("Smith et al. use …"), the text reports
their work: background, unless this paper speaks of itself in the same clause.
"""

from __future__ import annotations

import re

from citegrid.core.reference import Intent

#: This paper speaking of itself.
_OURS = re.compile(
    r"\b(?:we|our|ours|us|I|my|this (?:paper|work|study|article|thesis|system|approach|method|chapter|section)|the (?:present|current|proposed) (?:work|study|paper|article|approach|method|system)|here we|herein)\b"
    r"|本文|我们|本研究|本系统|本章|本节|本课题|本项目|笔者|作者在",
    re.I,
)
_CONTRASTS = re.compile(
    r"\b(?:unlike|in contrast (?:to|with)|contrary to|differ(?:s|ed|ing|ent)? (?:\w+ )?from|as opposed to|contradict\w*|disagree\w*|inconsistent with|conflict\w* with"
    r"|at odds with|fail(?:s|ed)? to|suffer\w* from|neglect\w*|ignor(?:e|es|ed)|overlook\w*)\b"
    r"|不同于|有别于|与.{0,30}不同|相反|相悖|不一致|矛盾|未能|忽略|忽视",
    re.I,
)
_EXTENDS_OURS = re.compile(
    r"\b(?:extend(?:s|ed|ing)?|extension of|buil(?:d|ds|t|ding) (?:up)?on|improv(?:e|es|ed|ing) (?:up)?on|generali[sz]\w+|modif(?:y|ies|ied)|modified version|adapt(?:s|ed|ing)?)\b",
    re.I,
)
_EXTENDS = re.compile(
    r"\b(?:inspired by|motivated by the (?:work|idea)|an extension of|our \w+ (?:builds?|is built) (?:up)?on)\b"
    r"|扩展了?|拓展了?|加以改进|进行了?改进|改进了|在.{0,30}基础上|受.{0,30}启发|推广到",
    re.I,
)
_COMPARES_OURS = re.compile(
    r"\b(?:compar(?:e|es|ed|ing|able|ison)|outperform\w*|baselines?|better than|worse than|higher than|lower than|benchmark(?:ed)? against|similar(?:ly)? to"
    r"|same (?:trend|result)s? as)\b",
    re.I,
)
_COMPARES = re.compile(
    r"\b(?:(?:compared|in comparison|comparable) (?:with|to)|consistent with|in line with|in (?:good )?agreement with|agrees? (?:well )?with"
    r"|as (?:also |previously )?(?:reported|found|observed) (?:by|in))\b"
    r"|比较|对比|相比|优于|劣于|基线|相一致|一致[，,。]|相符|吻合",
    re.I,
)
_USES_OURS = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|utili[sz]\w+|employ\w*|adopt\w*|appl(?:y|ied|ies|ying)|follow(?:s|ed|ing)?|implement\w*|train\w*|evaluat\w+|fine-?tun\w+|initiali[sz]\w+"
    r"|rel(?:y|ies|ied) on|leverag\w+|calculat\w+|comput\w+|measur\w+|estimat\w+|obtain\w*|download\w*|select\w*|based on|according to|as described (?:in|by))\b",
    re.I,
)
#: Methods without a person: "features were computed using ABC [1]".
_USES = re.compile(
    r"\b(?:was|were)\s+(?:\w+\s+)?(?:perform|conduct|calculat|comput|measur|determin|analy[sz]|identif|obtain|extract|align|estimat|assess|generat|implement|carried|quantif"
    r"|download|collect|train|fitted|tested|evaluat|normali[sz]|process|classif|detect|amplif|prepar|synthesi[sz]|isolat|used|appl|adopt|employ|select|annotat|coded|scored|drawn|taken)"
    r"|^(?:using|following|according to|by means of)\b",
    re.I,
)
_HABIT = re.compile(
    r"\b(?:has|have) been\b|\b(?:widely|commonly|routinely|often|frequently|usually|typically|ubiquitously)\b", re.I
)
_USES_ZH = re.compile(r"使用|采用|利用|应用了|运用|借助|按照|根据|遵循|参照|参考了|基于|选用|沿用")
#: Before a citation these words show that its authors are not the ones who act.
_OBJECT = re.compile(
    r"\b(?:in|by|of|from|to|with|following|unlike|like|than|as|on|see|using|via|upon)\b|使用|采用|与|在|对|按照|基于|不同于|利用|根据|参照|由|被|比",
    re.I,
)
_CLAUSE = re.compile(r"[,;:，；：。]|\b(?:and|but|while|whereas|that)\b")


def intent_of(sentence: str, at: int, narrative: bool = False) -> Intent:
    """The intent of the citation that stands at character ``at`` of ``sentence``."""
    low = max(sentence.rfind(c, 0, at) for c in ";；") + 1
    high = min((p for c in ";；" if (p := sentence.find(c, at)) >= 0), default=len(sentence))
    clause = sentence[max(low, at - 200) : min(high, at + 140)].strip()
    ours = bool(_OURS.search(clause))
    if narrative and not ours and _acts(sentence[:at]):
        return Intent.BACKGROUND
    if _CONTRASTS.search(clause):
        return Intent.CONTRASTS
    if _EXTENDS.search(clause) or (ours and _EXTENDS_OURS.search(clause)):
        return Intent.EXTENDS
    if _COMPARES.search(clause) or (ours and _COMPARES_OURS.search(clause)):
        return Intent.COMPARES
    if (ours and _USES_OURS.search(clause)) or _USES_ZH.search(clause):
        return Intent.USES
    if _USES.search(clause) and not _HABIT.search(clause):
        return Intent.USES
    return Intent.BACKGROUND


def _acts(before: str) -> bool:
    """Whether the clause that ends with ``before`` begins with the cited authors themselves."""
    last = 0
    for match in _CLAUSE.finditer(before):
        last = match.end()
    return not _OBJECT.search(before[last:])
