"""The patterns of this package, by name, built from ``resources/lexicon/evidence.toml``.

⟦TARGET⟧ is the work in question and ⟦OTHER⟧ some other work, as ``passages`` puts them in place of citations.
"""

from __future__ import annotations

import re

from citegrid.core.language.lexicon import any_of, compiled, pattern_of, words
from citegrid.core.language.script import HAN
from citegrid.core.language.text import RAISED

TARGET, OTHER = "⟦TARGET⟧", "⟦OTHER⟧"
#: Stands behind the work's own name where a sentence speaks of it by that name ("GLEU computes …").
NAMED_BY = f" (of {TARGET})"


def cue(*tables: str) -> str:
    """Any phrase of the tables: whole words where it is in letters, anywhere where it is in ideographs."""
    return any_of(phrase for table in tables for phrase in words("evidence", table))


def cues(*tables: str) -> re.Pattern[str]:
    """A pattern for such a phrase, whatever its case."""
    return re.compile(cue(*tables), re.I)


# -- marks in a sentence --------------------------------------------------------------------------------------------------

MARK = f"(?:{TARGET}|{OTHER})"
_CAPITALISED = r"[A-ZÀ-Þ][\w’'\-]+"
_ET_AL = r"et al\.?,?"
_COLLEAGUES = rf"(?:colleagues|co-workers|{_CAPITALISED})"
_AUTHORS = rf"{_CAPITALISED}(?:(?:,? (?:and|&|{_ET_AL})(?: {_COLLEAGUES})?)+| {_ET_AL})"

ANY_MARK = re.compile(MARK)
ONE_MARK = re.compile(f"({MARK})")
IN_BRACKETS = re.compile(rf"\s*[(\[（【][^()\[\]（）]{{0,80}}?{MARK}[^()\[\]（）]{{0,200}}[)\]）】]")
#: A name with "and others", or the word for a work, before the mark; group 1 without it.
_NAMED_ZH = rf"[\w·]+\s*等人?(?:的(?:研究|工作))?|{cue('works_zh')}"
NAMED = re.compile(rf"({_AUTHORS}|{_NAMED_ZH})\s*{MARK}")
WORKS = cues("works_zh")
#: Somebody named a little way before the mark of the work that is theirs, or was used by them ("Devlin 等人在其 BERT ⟦TARGET⟧ 中").
NAMED_AHEAD = re.compile(
    rf"({_CAPITALISED} {_ET_AL}|[A-Za-z·‑-]{{2,}}\s*等人?|[{HAN}]{{2,4}}等人)[^⟦,，。；;]{{0,25}}{TARGET}"
)
SEVERAL = re.compile(rf"{MARK}(?:\s*(?:[,;，；、]|and|&|和|与|–|-)\s*{MARK})+")
MARKS = re.compile(rf"{SEVERAL.pattern}|{MARK}")
#: A citation that is part of the sentence: it stands first, behind a comma, or behind a word that wants a noun.
AS_NOUN = re.compile(rf"(?:^|{cue('before_noun')}\s+|[,;:]\s+|[，；：]\s*(?={MARK}\s*[{HAN}]))({MARK})", re.I)
#: Those of these words behind which a work is meant, and not who wrote it ("as was shown in ⟦TARGET⟧").
BEFORE_WORK = frozenset(words("evidence", "before_work"))
#: A group of marks in brackets of its own.
BRACKETED_MARKS = re.compile(rf"[(\[（]\s*({MARK}(?:[\s,;，；]*{MARK})*)\s*[)\]）]")
#: A Chinese citation behind what it belongs to ("研究⟦TARGET⟧提出"): there it is a note, at the beginning of a clause a noun.
MARK_BEHIND = re.compile(rf"(?<=[\w）)】”」])\s*{MARK}\s*|\s*{MARK}(?=\s*[。；，,;.]|$)")
#: The work as the place of what is told ("In ⟦TARGET⟧, a network is used …"), and another one where its authors are named again.
IN_A_WORK = re.compile(rf"^In (?:{TARGET},\s*|{MARK},\s*(?=the authors?\b|they\b))")
POSSESSIVE = re.compile(rf"({MARK})[’']s?(?=\s)")
MARK_LEFT = re.compile(rf"\s*{MARK}(?:’s|'s)?")

#: How the sentence behind takes up the authors of a work, or what they made, as its subject, maybe behind an opening phrase.
_OPENING = rf"(?:[A-Z][^,.:;]{{1,40}}, |[^，。；]{{1,15}}，)?(?:{cue('linking')}\s*)?"
AUTHORS_AGAIN = re.compile(rf"{_OPENING}({cue('authors_again')})(?!\s+{cue('auxiliary')}\b)", re.I)
PLURAL = cues("plural")
WORK_AGAIN = re.compile(rf"{_OPENING}({cue('work_again')})", re.I)

# -- whom a sentence speaks of --------------------------------------------------------------------------------------------

_SELF = rf"(?:{cue('first_person')}|{cue('this')}\s+{cue('paper_nouns')})"
FIRST_PERSON = cues("first_person")
#: The citing paper speaks of itself; the cited works stand beside it in brackets.
SELF = re.compile(_SELF, re.I)
#: The citing paper is the subject of the sentence, before the work is named.
CITING_SUBJECT = re.compile(rf"(?:[\w\-]+,? ){{0,6}}?{_SELF}|[^\n]{{0,12}}{_SELF}", re.I)
#: Its own results, held against the work's; its own doing, in the passive; its own guess at a reason.
AGREEMENT = re.compile(
    rf"{cue('agreement')}.*{TARGET}(?!,? who)|与[^，。]{{0,12}}{cue('agreement_behind')}|与[^，。]{{0,60}}{cue('agreement_of_results')}",
    re.I,
)
PROCEDURE = re.compile(rf"(?<!that )(?<!which )\b(?:was|were)\s+{cue('procedure')}\s+{cue('where_done')}", re.I)
#: What was done by the lights of the work, or found with what it made ("Staining with the marker ⟦TARGET⟧ revealed that …"), or in the
#: tool (group 1) that is the work.
_WITH_TOOL = rf"^(?![^⟦]*{cue('by_people')})[^⟦,;]{{0,60}}\b{cue('by_tool')}\s[^.]*?{TARGET}[^.]*?\s{cue('tells')}\s"
DONE_AFTER = re.compile(rf"\b(?:was|were)\s+{cue('procedure')}\s+{cue('done_after')}\b.*{TARGET}|{_WITH_TOOL}", re.I)
DONE_WITH = re.compile(
    rf"\b(?:{cue('procedure')}\s+{cue('tool')}|{cue('by_tool')})\s+([^⟦.,;]{{2,30}}?)\s*{TARGET}", re.I
)
ASIDE = cues("asides")
#: How a paper opens what its authors did before.
EARLIER = cues("earlier_work")
CONJECTURE = cues("conjecture")
#: A clause that was set as a sentence, where no comma ends it; "since 2019" and "because of" open none.
FRAGMENT = re.compile(rf"{cue('fragment_openings')}(?! (?:\d|the \d|{cue('no_fragment')}))")

#: Where a work is only what another one is measured against, the sentence speaks of the other one.
MEASURED_AGAINST = re.compile(
    rf"{cue('comparison')}\s+(?:(?:the|(?:that|those|work|results?) of|[\w\-]+) ){{0,6}}\(?\[?{TARGET}"
    rf"|\bthan\s+(?:(?:[\w\-]+ ){{1,4}}{cue('of_whom')}\s+)?(?-i:{_AUTHORS}\s+)?{TARGET}",
    re.I,
)
AS_IT_DOES = re.compile(rf"\bas (?:in |with )?[\w\-]* ?\(?{TARGET}\)? (?:do|does|did)\b", re.I)
MEASURED_AGAINST_ZH = re.compile(
    rf"{cue('comparison_before')}[^，。]{{0,8}}{TARGET}|[与和][^，。；⟦]{{0,20}}{TARGET}[^，。]{{0,8}}{cue('compared_behind')}"
)
#: The work is named only as an example of its kind, behind what is said of all of them.
EXAMPLE = re.compile(rf"{cue('example')},?\s?[^.;()]{{0,90}}?{TARGET}(?!\s+\w)", re.I)
AS_SHOWN = re.compile(
    rf",?\s*\(?\b(?:as|which (?:is|was|are|were)) (?:\w+ ){{0,2}}?{cue('as_shown')}(?: \w+)? (?:in|by) {MARK}(?:\s*(?:[,;]|and)\s*{MARK})*\)?"
)

# -- clauses --------------------------------------------------------------------------------------------------------------

#: Where a clause ends: what follows may be about somebody else.
CLAUSE_END = re.compile(rf"(?<=[;；，])|(?<=,)(?=\s+{cue('clause_openers')})|(?=\s+{cue('contrast')})", re.I)
SUBORDINATE = cues("subordinate")
#: A clause that was set as a sentence.
RELATIVE = re.compile(r"\s*[Ww](?:hich|hose)\b(?![^.]*\?)")
AUXILIARY = cues("auxiliary")
ONE_MORE = re.compile(r"[\s,)]*(?:and|or)\b")
CLAUSE_EDGES = re.compile(r"^\s*(?:[Ww]hereas|[Ww]hile|but|and)\s+|^[\s,;，；]+|[\s,;，；]+$")

# -- sentences that stand alone -------------------------------------------------------------------------------------------

#: How a sentence hangs on the one before it; a cell stands alone.
LINKING = re.compile(rf"^(?:(?:{cue('linking')}|{cue('pointing_openings')})[,，]\s*)+|^(?:如|但是?|然而)(?=该)")
#: What a page's layout puts before a sentence: the number of an item, a bullet, the heading above it.
_SUBJECT = rf"(?=\s+{cue('subjects')}\s)"
#: A heading of a number and a few words, set into the line of a paper's own sentence ("3.2 数据来源本文选取…"), and a label of its abstract.
_RUN_IN = rf"(?:{pattern_of('evidence', 'heading_numbers')}[^，。；：:]{{0,24}}?(?=[{HAN}])(?={_SELF})|{pattern_of('evidence', 'abstract_labels')}\s*)"
GLUED = re.compile(
    rf"^\s*(?:{_RUN_IN}|[(（]?\d{{1,2}}[)）]\s+|[•·▪–—-]\s+|(?:[A-Z]|[IVX]+|\d+(?:\.\d+)*)\.?\s+(?:[A-Z][\w-]*\s+){{0,4}}[A-Z][\w-]*{_SUBJECT}\s+"
    rf"|{cue('section_names')}(?::\s*|{_SUBJECT}\s+|\s+(?=[A-Z][a-z]+,))|[A-Z][\w -]{{2,40}}:\s+(?=[A-Z⟦]))"
)
_CONNECTED = rf"(?:{'|'.join(words('evidence', 'connectors'))})?"
#: What is said of a work in such words, nobody understands without the sentence before.
UNRESOLVED = re.compile(
    rf"{_CONNECTED}{cue('unresolved')}(?! {cue('paper_nouns')})|.{{0,240}}{cue('exception')}|{cue('same_as')}"
)
#: A name that begins small: "mRNA", "scHiCluster".
SMALL_NAME = re.compile(r"[a-z]{1,3}[A-Z]")
#: A whole sentence begins with a capital, a figure, an ideograph or such a name, not with a section's number, and ends with a stop.
BEGINS = re.compile(rf"(?!\d+(?:\.\d+)+\s)(?:[A-ZÀ-Þ{HAN}\d“\"‘'(（《]|{SMALL_NAME.pattern})")
ENDS = re.compile(r"[.!?。！？；;][”’\"')\]）」』\d,–\-]*$")
#: An item of a list ("Coding: LiveCodeBench with 8 repetitions.") has a label and no verb.
LABEL = re.compile(r"[A-Z][\w\- ]{2,40}: ")
FINITE = cues("finite")
#: A name of a method, a tool or a data set: two capitals, or a capital and a figure, in one word ("BLEU", "BertAA", "M2");
#: "LLMs" are many.
_NAME = r"(?=[A-Za-z0-9\-]*[A-Z][A-Za-z0-9\-]*[A-Z0-9])[A-Z][A-Za-z0-9\-]+"
#: The mark behind the name of what the sentence is about ("Rupta ⟦TARGET⟧ 是一款 …", "The HiCRep tool ⟦TARGET⟧ compares …").
SUBJECT_MARK = re.compile(
    rf"(?:The )?(?:[\w\-·]+ ){{0,2}}(?:{_NAME}(?: \w+)?\s*{TARGET}\s*(?=[a-z])(?!and\b|or\b)"
    rf"|[\w\-·]+\s*{TARGET}\s*(?=[{HAN}])(?![等和与及]))"
)
NAME_IN_TITLE = re.compile(rf"({_NAME}(?: {_NAME})?)(?:\s*[:：]|\s+[–—-]\s)")
#: Two letters stand for anything.
NAME_BEFORE = re.compile(rf"(?:^|[\s({HAN}])({_NAME})(?<![\s({HAN}][A-Z]{{2}})(?<![A-Z]s)\s*[(\[]?$")

#: A name is not the subject alone before these.
AND_MORE = rf"\s*{cue('and_more')}"

# -- what the paper says of itself, and what it does not --------------------------------------------------------------------

OWN = re.compile(rf"{_SELF}|{cue('own_findings')}", re.I)
#: What goes on about several works, or about all of a kind, and of none of them alone.
OF_MANY = cues("of_many")
ABSTRACT = cues("abstract_sections")
APPENDIX = cues("appendix_sections")
TELLING_SECTION = compiled("evidence", "telling_sections")  # a space behind its number may be lost
#: Where a figure is from.
BORROWED = re.compile(rf"(?:\(\w\) )?{cue('borrowed')}.{{0,40}}?\b(?:from|by|courtesy)\b")
FORMALITY = cues("formality")
SEARCH_WORD = re.compile(rf"[a-z]{{3,}}|[{HAN}]{{2}}")

# -- answers --------------------------------------------------------------------------------------------------------------

#: Pointers to what the table's reader does not have before them.
POINTER = re.compile(rf"\s*[(（](?:see |cf\. |e\.g\., )?(?:also )?{cue('pointer_nouns')}[^()（）]*[)）]")
PREAMBLE = re.compile(rf"^{cue('preamble')}\s*[:：]\s*", re.I)
WE_ZH = re.compile(rf"(?:^|(?<=[，。；]))我们|我们(?={cue('we_act')})")
LABELLED = re.compile(r"([A-Z][A-Za-z ]{2,30}):\s+")
BETWEEN_CJK = re.compile(rf"(?<=[{HAN}，。；：、）（\]])\s+(?=[{HAN}，。；：、）（\[])")
RAISED_LAST = re.compile(rf"{RAISED}$")
BEFORE_STOP = re.compile(r"(?:\s|[①-⑳])+([,.;:!?)，。；：）])")  # a blank, the number of a note
SENTENCE_END = re.compile(r"[。；;]|[.!?](?=\s|$)")
SENTENCE_ZH = re.compile(r"[^。！？]+[。！？]?")
OF_A_LIST = re.compile(r"[/／、与和及&,，;；]|\band\b")
#: What stands before and behind the column's name where an answer repeats it.
ECHO_BEFORE = rf"^{cue('work_names')}?(?:的|'s)?\s*"
ECHO_BEHIND = rf"\s*(?:[:：]|{cue('label_verbs')})\s*"
