"""Words for the model and from it: marked sentences made readable, answers made clean."""

from __future__ import annotations

import re
import unicodedata

from citegrid.core.script import is_chinese
from citegrid.pipeline.evidence import patterns
from citegrid.pipeline.evidence.citation_markers import one_mark
from citegrid.pipeline.evidence.patterns import NAMED_BY, OTHER, TARGET

#: How works are spoken of.
_SPOKEN_ZH, _OTHERS = {TARGET: "作者", OTHER: "其他研究"}, "others"
#: The authors in English, by whether there is only one.
_AUTHORS = {True: "the author", False: "the authors"}
#: What stands for a mark that a model left in its answer, by the answer's language.
_LEFT = {"zh": {TARGET: "该文献", OTHER: ""}, "en": {TARGET: " the work ", OTHER: " "}}
#: What no answer begins with; it is left where a marker before it was taken out.
_BEGINS_NOTHING = " ，、。；：,;:"


def plain(shown: str, *, one_author: bool = False) -> str:
    """A marked sentence without marks, as one would read it aloud: ``⟦TARGET⟧ train …`` → ``The authors train …``; ``one_author``:
    the marked work has one.  The number of an item and a heading that stand before the sentence are left out.

    Citations in brackets, behind names and at the end of a clause are left out; those that are part of the sentence become
    "the authors" and "others", in Chinese "作者" and "其他研究".
    """
    shown = freed(shown)
    text = patterns.SEVERAL.sub(one_mark, patterns.AS_SHOWN.sub("", patterns.IN_BRACKETS.sub("", shown)))
    text = patterns.NAMED_ANY.sub(r"\1", text)
    chinese = is_chinese(patterns.ANY_MARK.sub("", shown))
    text = _read_chinese(text) if chinese else _read_english(text, _AUTHORS[one_author])
    return tidied(text)


def freed(shown: str) -> str:
    """The sentence without what its page put before it, and without pointers to other places."""
    return patterns.GLUED.sub("", patterns.POINTER.sub("", shown.replace(NAMED_BY, "")))


def tidied(text: str) -> str:
    """One line that begins with a capital, without the words that linked it to others and blanks before stops."""
    text = patterns.BEFORE_STOP.sub(r"\1", " ".join(text.split()))
    text = patterns.LINKING.sub("", text)
    return text[:1].upper() + text[1:]


def _read_chinese(text: str) -> str:
    names = _SPOKEN_ZH
    text = patterns.MARK_BEHIND.sub("", patterns.NAMED_ANY_ZH.sub(r"\1", text))
    return patterns.ANY_MARK.sub(lambda m: names[m.group()], text)


def _read_english(text: str, authors: str) -> str:
    names = {TARGET: authors, OTHER: _OTHERS}
    text = patterns.IN_A_WORK.sub("", text)
    text = patterns.POSSESSIVE.sub(lambda m: names[m.group(1)] + ("’s" if authors.endswith("r") else "’"), text)
    text = patterns.AS_NOUN.sub(lambda m: m.group().replace(m.group(1), names[m.group(1)]), text)
    return patterns.MARK_LEFT.sub("", text)


def tidy(text: str, language: str, *, column: str = "", whole: bool = True) -> str:
    """One clean line: no markers, no column name before it, no quotes around it, no half sentence."""
    text = _without_marks(text, language)
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    text = patterns.PREAMBLE.sub("", patterns.BETWEEN_CJK.sub("", text))
    text = text.strip().strip("“”\"'`*").strip()
    text = _without_echo(_without_name(_without_label(text, column), column), column)
    return (text if whole else _whole_sentences(text)).lstrip(_BEGINS_NOTHING)


def _without_marks(text: str, language: str) -> str:
    left = _LEFT[language]
    text = patterns.OTHER_LEFT.sub(left[OTHER], text)  # with its brackets, which alone stand for the work itself
    text = patterns.TARGET_LEFT.sub(left[TARGET], text)
    if language == "zh":
        text = patterns.WE_ZH.sub("本文", text)
    return patterns.WORK_ZH.sub("该文献", text).replace("该文献文献", "该文献")


def _whole_sentences(text: str) -> str:
    """``text`` up to its last stop; empty where it has none."""
    ends = [m.end() for m in patterns.SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else ""


def _without_label(text: str, column: str) -> str:
    """``text`` without a label in front that shares a word with the column's name: ``Research Aim: …``."""
    label = patterns.LABELLED.match(text)
    if label and set(label.group(1).casefold().split()) & set(re.findall(r"[a-z]+", column.casefold())):
        return text[label.end() :]
    return text


def _without_echo(text: str, column: str) -> str:
    """``text`` without sentences that only speak of the column itself ("…来判断创新点/理论贡献。"), when others remain."""
    if not column or column not in text:
        return text
    return "".join(p for p in patterns.SENTENCE_ZH.findall(text) if column not in p) or text


def _without_name(text: str, column: str) -> str:
    """``text`` without an echo of the column's name in front: ``主要方法：…``, ``该文献的局限与备注是…``."""
    parts = [re.escape(p) for p in (column, *patterns.OF_A_LIST.split(column)) if len(p.strip()) > 1]
    if not parts:
        return text
    name = rf"[“\"]?(?:{'|'.join(parts)})[”\"]?"
    echo = rf"{patterns.ECHO_BEFORE}{name}(?:[与和及/、]{name})*{patterns.ECHO_BEHIND}"
    return re.sub(echo, "", text, flags=re.I) or text
