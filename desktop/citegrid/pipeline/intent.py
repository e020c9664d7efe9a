"""Why a text cites a work, read from the words around the citation, in English and Chinese."""

from __future__ import annotations

import re

from citegrid.core.reference import Intent

_CUES: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        Intent.CONTRASTS,
        re.compile(
            r"\b(?:unlike|in contrast (?:to|with)|contrary to|differ(?:s|ed|ent)? from|as opposed to|contradict\w*|disagree\w*|conflict\w* with|inconsistent with"
            r"|whereas|rather than|however|fail(?:s|ed)? to|limitation|shortcoming|do(?:es)? not|did not|suffer\w* from|neglect\w*|ignor\w+)\b"
            r"|不同于|与.{0,20}不同|相反|相悖|不一致|矛盾|然而|但是|未能|不足|局限",
            re.I,
        ),
    ),
    (
        Intent.EXTENDS,
        re.compile(
            r"\b(?:we|our|this (?:paper|work|study))\b[^.;]{0,60}\b(?:extend|build(?:s|ing)? (?:up)?on|improv\w+|generali[sz]\w+|modif\w+|adapt(?:s|ed|ing)?)\b"
            r"|\b(?:builds?|built|building) (?:up)?on\b|\bextend(?:s|ed|ing)? (?:the )?(?:work|approach|method|model|framework|idea)\b|\ban? extension of\b"
            r"|\binspired by\b|\bbased on the (?:work|idea)"
            r"|扩展|拓展|改进了?|在.{0,20}基础上|受.{0,20}启发|推广",
            re.I,
        ),
    ),
    (
        Intent.COMPARES,
        re.compile(
            r"\b(?:compar(?:e|es|ed|ing|able|ison)|baselines?|outperform\w*|state[- ]of[- ]the[- ]art|consistent with|in line with|in agreement with|agrees? with"
            r"|similar(?:ly)? to|as (?:also )?(?:reported|found|observed) (?:by|in)|better than|worse than|higher than|lower than|benchmark(?:ed)? against|same as)\b"
            r"|比较|对比|相比|优于|基线|一致|类似于|相似",
            re.I,
        ),
    ),
    (
        Intent.USES,
        re.compile(
            r"\b(?:we|our|were|was|is|are)\b[^.;]{0,80}\b(?:us(?:e|es|ed|ing)|employ\w*|adopt\w*|appl(?:y|ied|ies)|follow(?:s|ed|ing)?|implement\w*|train(?:ed)?|evaluat\w+"
            r"|perform(?:ed)? (?:with|using)|calculated|computed|fine-?tun\w+|initiali[sz]\w+)\b"
            r"|\b(?:using|following|according to|by means of|as described (?:in|by)|as proposed (?:in|by)|with the help of|via)\b"
            r"|使用|采用|利用|应用|运用|借助|按照|根据|遵循|参照|基于",
            re.I,
        ),
    ),
)


def intent_of(sentence: str, at: int) -> Intent:
    """The intent of the citation that stands at character ``at`` of ``sentence``.

    The clause of the citation counts first, then the whole sentence when it is short.
    """
    low = max(sentence.rfind(c, 0, at) for c in ";；") + 1
    high = min((p for c in ";；" if (p := sentence.find(c, at)) >= 0), default=len(sentence))
    clause = sentence[max(low, at - 160) : min(high, at + 120)]
    for intent, cue in _CUES:
        if cue.search(clause):
            return intent
    return Intent.BACKGROUND
