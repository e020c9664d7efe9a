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
#: What stands before a work in Chinese where its number is left out.
_THIS = "该"
#: What no answer begins with.
_BEGINS_NOTHING = " ，、。；：,;:"


def plain(shown: str, *, one_author: bool = False) -> str:
    """A marked sentence without marks, as one would read it aloud: ``⟦TARGET⟧ train …`` → ``The authors train …``; ``one_author``:
    the marked work has one.  The number of an item and a heading that stand before the sentence are left out.

    Citations in brackets, behind names and at the end of a clause are left out; those that are part of the sentence become
    "the authors" and "others", in Chinese "作者" and "其他研究".
    """
    shown = freed(shown)
    text = patterns.SEVERAL.sub(one_mark, patterns.AS_SHOWN.sub("", patterns.IN_BRACKETS.sub("", shown)))
    text = patterns.NAMED.sub(_named, text)
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
    return text if patterns.SMALL_NAME.match(text) else text[:1].upper() + text[1:]


def _named(named: re.Match[str]) -> str:
    """The name before a mark, without the mark; "文献 ⟦TARGET⟧" becomes "该文献"."""
    name = named.group(1)
    return _THIS + name.removeprefix(_THIS) if patterns.WORKS.fullmatch(name) else name


def _read_chinese(text: str) -> str:
    text = patterns.BETWEEN_CJK.sub("", patterns.MARK_BEHIND.sub("", text))
    return patterns.ANY_MARK.sub(lambda m: _SPOKEN_ZH[m.group()], text)


def _read_english(text: str, authors: str) -> str:
    names = {TARGET: authors, OTHER: _OTHERS}
    text = patterns.IN_A_WORK.sub("", text)
    text = patterns.POSSESSIVE.sub(lambda m: names[m.group(1)] + ("’s" if authors.endswith("r") else "’"), text)
    text = patterns.AS_NOUN.sub(lambda m: m.group().replace(m.group(1), names[m.group(1)]), text)
    return patterns.MARK_LEFT.sub("", text)


def tidy(text: str, *, column: str = "", whole: bool = True) -> str:
    """One clean line: no column name before it, no quotes around it, no half sentence."""
    text = unicodedata.normalize("NFC", " ".join(patterns.WE_ZH.sub("本文", text).split()))
    text = patterns.PREAMBLE.sub("", patterns.BETWEEN_CJK.sub("", text))
    text = text.strip().strip("“”\"'`*").strip()
    text = _without_echo(_without_name(_without_label(text, column), column), column)
    return (text if whole else _whole_sentences(text)).lstrip(_BEGINS_NOTHING)


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
