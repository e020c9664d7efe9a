"""Words for the model and from it: marked sentences made readable, answers made clean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial

from citegrid.core.language.lexicon import words
from citegrid.core.language.script import is_chinese, with_narrow_letters
from citegrid.pipeline.evidence import patterns
from citegrid.pipeline.evidence.citation_markers import one_mark
from citegrid.pipeline.evidence.patterns import NAMED_BY, OTHER, TARGET

#: How works are spoken of; another one only where its printed citation is not known.
_SPOKEN_ZH, _ANOTHER = {TARGET: "作者", OTHER: "另一项研究"}, "another study"
#: The authors in English, by whether there is only one.
_AUTHORS = {True: "the author", False: "the authors"}
#: The marked work itself in English, where the words around it want a work and no persons.
_WORK = "this work"
#: How words end that are no verbs behind one thing.
_NO_ENDING = ("ss", "us")
#: What stands before a work in Chinese where its number is left out.
_THIS = "该"
#: Characters before and behind a mark by which it is found as printed, and those that a citation takes at most.
_BEFORE, _BEHIND, _LONGEST_CITATION = 8, 3, 80
_BARE = re.compile(r"[\d,–-]+")
#: How a mark begins, and the words before one that opens a sentence as an example.
_MARK_BEGINS, _EXAMPLES = TARGET[0], words("evidence", "opens_example")
#: What no answer begins with.
_BEGINS_NOTHING = " ，、。；：,;:"


def plain(shown: str, *, printed: str = "", one_author: bool = False) -> str:
    """A marked sentence without marks, as one would read it aloud: ``⟦TARGET⟧ train …`` → ``The authors train …``; ``one_author``:
    the marked work has one.  The number of an item and a heading that stand before the sentence are left out.

    Citations in brackets, behind names and at the end of a clause are left out.  Of those that are part of the sentence the
    marked work becomes "the authors" or "this work", in Chinese "作者"; another one stays as the sentence has it where that is ``printed``.
    """
    shown = freed(shown)
    text = patterns.SEVERAL.sub(one_mark, patterns.AS_SHOWN.sub("", patterns.IN_BRACKETS.sub("", shown)))
    chinese = is_chinese(patterns.ANY_MARK.sub("", shown))
    spoken = _SPOKEN_ZH if chinese else {TARGET: _AUTHORS[one_author], OTHER: _ANOTHER}

    def named(mark: re.Match[str]) -> str:
        known = as_printed(mark, printed) if mark.group(1) == OTHER else ""
        before = mark.group()[: mark.start(1) - mark.start()]
        if mark.group(1) == TARGET and not chinese and _wants_work(before, mark.string[mark.end() :]):
            return before + _WORK
        return before + (known or spoken[mark.group(1)])

    text = patterns.NAMED.sub(partial(_named, printed=printed), text)
    return tidied(_read_chinese(text, named) if chinese else _read_english(text, named))


def _wants_work(before: str, behind: str) -> bool:
    """Whether the words around a mark speak of a work and not of persons: "as was shown in ⟦TARGET⟧", "⟦TARGET⟧ shows"."""
    word = next(iter(behind.split()), "")
    singular = word.endswith("s") and not word.endswith(_NO_ENDING)
    persons = word.strip(",").startswith("who")
    return not persons and (
        before.strip().casefold() in patterns.BEFORE_WORK or (singular and not before.strip(" ,;:"))
    )


def as_printed(mark: re.Match[str], printed: str) -> str:
    """How the sentence that is ``printed`` has the citation for which group 1 of ``mark`` stands, by the characters around it; a
    raised number gets brackets.  Empty where it is not found."""
    marked, begin, end = mark.string, mark.start(1), mark.end(1)
    before = _squeezed(patterns.ANY_MARK.split(marked[:begin])[-1])[-_BEFORE:]
    behind = _squeezed(patterns.ANY_MARK.split(marked[end:])[0])[:_BEHIND]
    places = [i for i, character in enumerate(printed) if not character.isspace()]
    around = rf"{re.escape(before) or '^'}(.{{1,{_LONGEST_CITATION}}}?){re.escape(behind) or '$'}"
    found = re.search(around, _squeezed(printed), re.I)
    if found is None:
        return ""
    cited = printed[places[found.start(1)] : places[found.end(1) - 1] + 1]
    return f"[{cited}]" if _BARE.fullmatch(cited) else cited


def _squeezed(text: str) -> str:
    return "".join(text.split())


def freed(shown: str) -> str:
    """The sentence without what its page put before it, and without pointers to other places."""
    text = patterns.GLUED.sub("", patterns.POINTER.sub("", shown.replace(NAMED_BY, "")))
    opener, mark, _ = text.partition(_MARK_BEGINS)
    return text.removeprefix(opener).lstrip() if mark and opener.strip() in _EXAMPLES else text


def tidied(text: str) -> str:
    """One line that begins with a capital, without the words that linked it to others, blanks before stops and the number of a
    note behind the last."""
    text = with_narrow_letters(" ".join(text.split()))
    text = patterns.RAISED_LAST.sub("", patterns.BEFORE_STOP.sub(r"\1\2", text))
    text = patterns.LINKING.sub("", text)
    return text if patterns.SMALL_NAME.match(text) else text[:1].upper() + text[1:]


def _named(named: re.Match[str], printed: str) -> str:
    """The name before a mark, without the mark; "文献 ⟦TARGET⟧" becomes "该文献", another stays "文献[5]"."""
    name = named.group(1)
    if not patterns.WORKS.fullmatch(name):
        return name
    mark = patterns.ONE_MARK.search(named.string, named.end(1))
    other = as_printed(mark, printed) if mark is not None and mark.group() == OTHER else ""
    return name + other if other else _THIS + name.removeprefix(_THIS)


#: A mark that is part of its sentence (group 1, the end of the match) in words.
_Named = Callable[[re.Match[str]], str]


def _read_chinese(text: str, named: _Named) -> str:
    text = patterns.MARK_BEHIND.sub("", patterns.AS_NOUN.sub(named, text))
    return patterns.BETWEEN_CJK.sub("", patterns.ONE_MARK.sub(named, text))


def _read_english(text: str, named: _Named) -> str:
    text = patterns.IN_A_WORK.sub("", text)
    text = patterns.POSSESSIVE.sub(lambda mark: _possessive(named(mark)), text)
    return patterns.MARK_LEFT.sub("", patterns.AS_NOUN.sub(named, text))


def _possessive(name: str) -> str:
    return name + ("’" if name.endswith("s") else "’s")


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
