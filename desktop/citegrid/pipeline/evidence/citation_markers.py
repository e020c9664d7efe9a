"""What a marked sentence says of whom: of ⟦TARGET⟧, the work in question, of ⟦OTHER⟧ works, or of the citing paper.

``passages`` puts the marks in place of citations; every function here takes a marked sentence and answers one question
about it, by the cue phrases of ``patterns``.
"""

from __future__ import annotations

import re
from itertools import accumulate, islice

from citegrid.core.language.lexicon import words
from citegrid.core.language.script import count_han
from citegrid.pipeline.evidence import patterns
from citegrid.pipeline.evidence.patterns import NAMED_BY, OTHER, TARGET

#: A stretch between citations that is at least this long says something by itself: words, or characters where it is Chinese.
CLAUSE_WORDS, CLAUSE_CHARACTERS = 5, 10
#: What a clause may end with, and a clause that says nothing yet, before it.
_STOPS_ZH, _SAYS_NOTHING = " 。，；：", words("evidence", "says_nothing_yet")
#: In a sentence that only notes the work, each of these tells that the citing paper speaks of itself.
_CITING = (patterns.SELF, patterns.PROCEDURE, patterns.CONJECTURE)
_WE = ", we "
_WHICH = ("which ", "who ", "whose ")
_COMPARED = (patterns.MEASURED_AGAINST, patterns.AS_IT_DOES, patterns.MEASURED_AGAINST_ZH)


def speaks_of_another(shown: str) -> bool:
    """Whether the marked work is only what another work is compared with ("unlike ⟦TARGET⟧, we …"), or a note in a sentence
    of which others are the subject ("The idea is old ⟦TARGET⟧, Klein et al. ⟦OTHER⟧ have …")."""
    grouped = patterns.SEVERAL.sub(one_mark, shown)
    return any(pattern.search(grouped) for pattern in _COMPARED) or (
        TARGET in shown and not is_its_subject(shown) and _others_do(about_target(shown))
    )


def _others_do(shown: str) -> bool:
    """Whether a sentence names the authors of another work before its mark."""
    return any(named.group().endswith(OTHER) for named in patterns.NAMED.finditer(shown))


def is_part_of_it(shown: str) -> bool:
    """Whether the marked work is part of the sentence ("⟦TARGET⟧ show", "a study by ⟦TARGET⟧"), not a mere note to it.

    A sentence without any mark goes on about the work and counts as well.
    """
    if TARGET not in shown or NAMED_BY in shown:
        return True
    rest = patterns.SEVERAL.sub(one_mark, patterns.IN_BRACKETS.sub("", shown))
    return bool(printed_before_target(rest)) or TARGET in patterns.AS_NOUN.findall(rest)


def is_its_subject(shown: str) -> bool:
    """Whether the sentence is about the marked work as its subject, be it only by the name of what it made ("Rupta ⟦TARGET⟧ is …")."""
    return is_part_of_it(shown) or patterns.SUBJECT_MARK.match(shown) is not None


def names_before_target(shown: str) -> str:
    """The name in ``printed_before_target``, or one a little further ahead; "文献 ⟦TARGET⟧" names nobody."""
    printed = patterns.WORKS.sub("", printed_before_target(shown))
    return printed or next(iter(patterns.NAMED_AHEAD.findall(shown)), "")


def printed_before_target(shown: str) -> str:
    """The names that a sentence prints before the mark of the work ("Smith et al. ⟦TARGET⟧"); empty without any."""
    grouped = patterns.SEVERAL.sub(one_mark, shown)
    named = (match for match in patterns.NAMED.finditer(grouped) if TARGET in match.group())
    return next((match.group(1) for match in named), "")


def taken_up(text: str, *, of_work: bool) -> str:
    """A sentence behind one about the marked work, marked itself where it takes up its authors ("They find …" → "⟦TARGET⟧ find …")
    or, ``of_work``, what they made ("This metric (of ⟦TARGET⟧) counts …"); else as it stands."""
    authors = patterns.AUTHORS_AGAIN.match(text)
    if authors:
        return f"{text[: authors.start(1)]}{TARGET}{text[authors.end(1) :]}"
    made = patterns.WORK_AGAIN.match(text) if of_work else None
    return f"{text[: made.end(1)]}{NAMED_BY}{text[made.end(1) :]}" if made else text


def takes_up(text: str, shown: str) -> bool:
    """Whether a sentence, with its marks ``shown``, cites nobody and takes up who, or what, the one before it was about."""
    return text != shown and shown in (taken_up(text, of_work=True), taken_up(text, of_work=False))


def of_earlier_work(shown: str) -> str:
    """A sentence in which the authors of a paper tell what they did in the marked work of theirs, the work marked as who did it:
    "In an earlier work ⟦TARGET⟧, we argued …" → "⟦TARGET⟧ argued …"; any other as it stands."""
    opening, told, rest = shown.partition(_WE)
    earlier = told and TARGET in shown and OTHER not in shown and patterns.EARLIER.match(opening)
    return f"{TARGET} {rest}" if earlier else shown


def one_mark(several: re.Match[str]) -> str:
    """The mark that stands for a group of marks."""
    return TARGET if TARGET in several.group() else OTHER


def speaks_of_citing(shown: str) -> bool:
    """Whether the sentence is about the citing paper's own doing or findings, with the work as a note to it."""
    before, mark, behind = shown.partition(TARGET)
    if not mark or behind.lstrip(" ,").startswith(_WHICH):
        return False  # "Ours is related to ReferIt ⟦TARGET⟧, which augments …" goes on about the work
    before = patterns.ASIDE.sub("", before)
    if patterns.CITING_SUBJECT.match(before) or patterns.AGREEMENT.search(shown) or patterns.DONE_AFTER.search(shown):
        return True
    its = about_target(shown)  # "While others found it ⟦TARGET⟧, we did not" is of the work up to its comma
    return not is_part_of_it(shown) and any(cue.search(its) for cue in _CITING)


def is_example(shown: str) -> bool:
    """Whether the marked work stands only as an example ("any aligner, e.g. MUSCLE ⟦TARGET⟧")."""
    return bool(patterns.EXAMPLE.search(shown))


def about_target(shown: str) -> str:
    """``shown`` without the clauses that speak of another work, or of the citing paper, and not of the marked one; empty
    when nothing is left that could stand alone.

    A small model asked about "⟦OTHER⟧ do this, whereas ⟦TARGET⟧ do that" says yes to both; asked about the second half it does
    not.  A clause without any mark stays.
    """
    if TARGET not in shown:
        return shown
    if patterns.FRAGMENT.match(shown) and not any(comma in shown for comma in ",，"):
        return ""
    # "⟦OTHER⟧; ⟦TARGET⟧" is one group, not the ends of two clauses
    grouped = patterns.SEVERAL.sub(lambda m: ", ".join(patterns.ANY_MARK.findall(m.group())), shown)
    left = _within_note("".join(_clauses_of_target(grouped, part_of_it=is_its_subject(shown))))
    if patterns.RELATIVE.match(left):
        return ""
    if left == grouped:
        return shown
    left = _closed(patterns.CLAUSE_EDGES.sub("", left))
    lacks = _lacks_main_clause(left), _lacks_its_subject(left, shown), left.rstrip(_STOPS_ZH).endswith(_SAYS_NOTHING)
    return "" if any(lacks) else left


def _clauses_of_target(grouped: str, *, part_of_it: bool) -> list[str]:
    clauses = patterns.CLAUSE_END.split(grouped)
    if not part_of_it:
        # a note does not vouch for what follows it: "it grows ⟦TARGET⟧, but nobody measures it"
        clauses = clauses[: max(i for i, c in enumerate(clauses) if TARGET in c) + 1]
    # what follows a clause about others, up to the next mark, goes on about them: "⟦OTHER⟧ counts packets, which needs time；⟦TARGET⟧ …"
    marked = accumulate(clauses, lambda before, c: c if patterns.ANY_MARK.search(c) else before, initial=TARGET)
    of_work = [OTHER not in last or TARGET in last for last in islice(marked, 1, None)]
    return [
        c
        for c, its in zip(clauses, of_work, strict=True)
        if its and (TARGET in c or not patterns.FIRST_PERSON.search(c))
    ]


def _lacks_main_clause(left: str) -> bool:
    """Whether ``left`` opens with a clause that says nothing without another, and no other follows."""
    return bool(patterns.SUBORDINATE.match(left)) and not _is_clause(left.replace("，", ",").partition(",")[2])


def _lacks_its_subject(left: str, shown: str) -> bool:
    """Whether ``left`` goes on where a clause before it named the subject ("… and applied ⟦TARGET⟧ to the problem"); the main
    clause behind an opening one names its own ("Although it was seen in some cities, people in small towns barter …")."""
    opening = left.partition(" ")[0]
    return left[:1].islower() and not shown.startswith(opening) and not patterns.SUBORDINATE.match(shown)


def _closed(text: str) -> str:
    return text + ")" * (text.count("(") - text.count(")"))


def _within_note(shown: str) -> str:
    """What a note vouches for where others stand in the same sentence: the words between the citation before and itself.

    "Despite its weight ⟦TARGET⟧, the trade is free ⟦OTHER⟧" says of the first work only the beginning, which is no sentence, and so
    nothing is left.  Names in a list ("A ⟦OTHER⟧, B ⟦TARGET⟧ and C ⟦OTHER⟧ score …") share what is said of them.
    """
    if OTHER not in shown or TARGET not in shown or is_part_of_it(shown):
        return shown
    parts: list[str] = []
    at = 0
    for marks in patterns.MARKS.finditer(shown):
        before = shown[at : marks.start()]
        if parts and not _is_clause(before):  # one more name in a list
            parts[-1] += before + marks.group()
        else:
            parts.append(before + marks.group())
        at = marks.end()
    if len(parts) == 1:
        return shown
    parts[-1] += shown[at:]
    return "".join(part for part in parts if TARGET in part).lstrip(" ,;，；)）")


def _is_clause(text: str) -> bool:
    if patterns.ONE_MORE.match(text) and not patterns.AUXILIARY.search(text):
        return False  # what an "and" adds without a verb is one more thing, not one more clause
    return count_han(text) >= CLAUSE_CHARACTERS or len(re.findall(r"\w+", text)) >= CLAUSE_WORDS
