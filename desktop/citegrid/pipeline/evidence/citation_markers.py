"""Words for the model and from it: marked sentences made readable, answers made clean.

⟦TARGET⟧ is the work in question and ⟦OTHER⟧ some other work, as
``retrieve`` puts them in place of citations.
"""

from __future__ import annotations

import re
import unicodedata

TARGET, OTHER = "⟦TARGET⟧", "⟦OTHER⟧"
#: Stands behind the work's own name where a sentence speaks of it by that name ("GLEU computes …").
NAMED_BY = f" (of {TARGET})"
_MARK = rf"(?:{TARGET}|{OTHER})"
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")

_IN_BRACKETS = re.compile(rf"\s*[(\[（【][^()\[\]（）]{{0,80}}?{_MARK}[^()\[\]（）]{{0,200}}[)\]）】]")
_NAMED = re.compile(
    rf"(?:[A-ZÀ-Þ][\w’'\-]+(?:,? (?:and|&|et al\.?,?)(?: (?:colleagues|co-workers|[A-ZÀ-Þ][\w’'\-]+))?)+|[A-ZÀ-Þ][\w’'\-]+ et al\.?,?)\s*{TARGET}"
)
_NAMED_OTHER = re.compile(_NAMED.pattern.replace(TARGET, OTHER))
_SEVERAL = re.compile(rf"{_MARK}(?:\s*(?:[,;，；、]|and|&|和|与|–|-)\s*{_MARK})+")
_BEFORE_NOUN = (
    r"\b(?:by|of|in|from|with|to|for|see|and|following|follow|follows|than|like|unlike|that|where|while|as|both|on|between|since|"
    r"because|when|although|though|but|per|after|via|which)\s+|[,;:]\s+"
)
_AS_NOUN = re.compile(rf"(?:^|(?:{_BEFORE_NOUN}))({_MARK})", re.I)

#: Where a work is only what another one is measured against, the sentence speaks of the other one.
_MEASURED_AGAINST = re.compile(
    rf"(?:unlike|differ\w* (?:\w+ )?from|in contrast (?:to|with)|contrary to|as opposed to|compared (?:to|with)|rather than|instead of"
    rf"|(?:better|worse|larger|smaller|higher|lower|more|less|faster|slower|further|other) than|outperform\w*|surpass\w*|exceed\w*"
    rf"|improv\w+ (?:up)?on|build\w* (?:up)?on|extend\w*|adapted from|inspired by|following|similar to)"
    rf"\s+(?:the |that of |those of |work of |results? of |[\w\-]+ ){{0,4}}\(?\[?{TARGET}"
    rf"|\bas (?:in |with )?[\w\-]* ?\(?{TARGET}\)? (?:do|does|did)\b|\b(?:similarly|identically|analogously) to [\w\- ]{{0,20}}\(?{TARGET}"
    rf"|(?:不同于|有别于|相比于|优于|区别于)[^，。]{{0,8}}{TARGET}|(?:与|和){TARGET}[^，。]{{0,8}}(?:不同|相比|相反)",
    re.I,
)

#: Where a clause ends: what follows may be about somebody else.
_CLAUSE_END = re.compile(
    r"(?<=[;；，])|(?<=,)(?=\s+(?:whereas|while|but|and|or|yet|we|our|in this|in our|although|though|unlike|instead|rather)\b)"
    r"|(?=\s+(?:whereas|while|but)\b)",
    re.I,
)
_OURS = re.compile(r"\b(?:we|our|ours|us)\b|本文|我们|本研究", re.I)

#: The citing paper speaks of itself; the cited works stand beside it in brackets.
_CITING = re.compile(
    r"\b(?:we|our|us|ours)\b|\b(?:this|the present|the current|present|current) (?:study|paper|work|research|survey|article|thesis|review|finding|result)s?\b"
    r"|\b(?<!a )(?<!A )the (?:study|findings?|results?|survey) (?:findings? |results? |further |also )?(?:show|found|find|reveal|indicate|suggest|area|was|were|is|are)"
    r"|\b(?:similar|consistent|in line|in agreement|agree\w*|in accordance|concur\w*) (?:\w+ )?(?:to|with)\b|as (?:\w+ )?(?:been )?(?:previously )?reported"
    r"|\b(?:was|were) (?:conducted|carried out|done|recorded|observed) (?:in|from|on|at|between|within|again)\b"
    # "more small ones were killed, probably because they are hard to see [47]": what is explained is the citing paper's own
    r"|\b(?:probably|possibly|presumably|perhaps|(?:most )?likely|may be|might be|could be|partly) (?:because|due to|owing to|explained by|attribut\w+ to|as a result of)"
    r"|\b(?:is|are|was|were) (?:then|subsequently|next) \w+(?:ed|t|n)\b|\bthen (?:proceed|use|run|call|pass|appl)\w*\b"
    r"|本文|本研究|我们|本实验|与[^，。]{0,12}(?:一致|相符|相似)",
    re.I,
)

#: The work is named only as an example of its kind, behind what is said of all of them.
_EXAMPLE = re.compile(
    rf"(?:\be\.\s?g\.,?|\bsuch as|\bfor (?:example|instance),?|\bincluding|例如|比如|如)\s?[^.;()]{{0,90}}?{TARGET}(?!\s+\w)",
    re.I,
)

#: Words that open a clause which says nothing without the main one.
_SUBORDINATE = re.compile(
    r"(?:Although|Though|Even though|Despite|In spite of|While|Whereas|Since|Because|As|If|When|Given|Besides|Beyond|In addition to|Apart from|Due to|Owing to"
    r"|With|Following|Based on|Unlike|Contrary to|In contrast (?:to|with)|Compared (?:to|with))\b|尽管|虽然|由于|因为|除了|当",
    re.I,
)
#: A clause that was set as a sentence: one that a reason, a contrast or a relative opens and no comma ends.
_FRAGMENT = re.compile(
    r"(?:Because|Since|Whereas|While|Although|Though)\b(?! (?:of|then|\d|the (?:\d|early|late|mid|begin)))"
)
_RELATIVE = re.compile(r"\s*[Ww](?:hich|hose)\b(?![^.]*\?)")
#: A stretch between citations that is at least this long says something by itself: words, or characters where it is Chinese.
_CLAUSE_WORDS, _CLAUSE_CHARACTERS = 5, 10
#: What an "and" adds without one of these is one more thing, not one more clause.
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|have|had|can|could|may|might|will|do|does|did)\b", re.I)

#: How a sentence hangs on the one before it; a cell stands alone.
_HANGS = re.compile(
    r"^(?:(?:Additionally|Furthermore|Moreover|However|Nevertheless|Nonetheless|Therefore|Thus|Hence|Consequently|Accordingly|Besides|Again|Finally|Lastly|First(?:ly)?|Second(?:ly)?|Third(?:ly)?"
    r"|Meanwhile|Similarly|Likewise|Also|Indeed|In addition|In fact|As a result|For example|For instance|On the other hand|In contrast|By contrast),\s*"
    r"|(?:此外|另外|再者|而且|因此|所以|然而|但是|不过|同时|再次|最后|首先|第[一二三]|例如|比如|其次|总之|相反|同样)[，,]\s*)+"
)

#: The citing paper is the subject of the sentence, before the work is named.
_CITING_SUBJECT = re.compile(
    r"(?:[\w\-]+,? ){0,6}?(?:we|our|this (?:paper|study|work|survey|article|thesis|review))\b|.{0,12}(?:本文|本研究|我们)",
    re.I,
)
_AS_SHOWN = re.compile(
    rf",?\s*\(?\b(?:as|which (?:is|was|are|were)) (?:\w+ ){{0,2}}?(?:shown|reported|described|discussed|observed|proposed|noted|defined|found|suggested|seen)"
    rf"(?: \w+)? (?:in|by) {_MARK}(?:\s*(?:[,;]|and)\s*{_MARK})*\)?"
)

#: Pointers to what the table's reader does not have before them.
_POINTER = re.compile(
    r"\s*[(（](?:see |cf\. |e\.g\., )?(?:also )?(?:Fig(?:ure)?s?|Tables?|Tab|Appendi(?:x|ces)|Sec(?:tion)?s?|Supplement\w*|Eqs?|Equations?|图|表|附录)\b[^()（）]*[)）]"
)
_TARGET_LEFT = re.compile(r"\s*[⟦\[]?\s*TARGET\s*[⟧\]]?(?:'s)?\s*|⟦|⟧")
_OTHER_LEFT = re.compile(r"\s*[（(\[⟦]?\s*OTHER\s*[⟧\])）]?\s*")
_CJK = r"[\u3400-\u9fff，。；：、）（]"
_CJK_SPACE = re.compile(rf"(?<={_CJK})\s+(?={_CJK})")
_PREAMBLE = re.compile(
    r"^(?:这句话的意思是|这句话(?:说|表明|指出)|意思是|答案|回答|证据|译文|翻译|句子|中文|Answer|Evidence|Translation|Sentence|Shortened|Short(?:ened)? (?:version|statement))\s*[:：]\s*",
    re.I,
)


def is_chinese(text: str) -> bool:
    """Whether ``text`` reads as Chinese: ideographs outweigh Latin words."""
    ideographs = len(_IDEOGRAPH.findall(text))
    return ideographs > 0 and ideographs >= 0.4 * (ideographs + len(re.findall(r"[A-Za-z]+", text)))


def speaks_of_another(shown: str) -> bool:
    """Whether the marked work is only what another work is compared with ("unlike ⟦TARGET⟧, we …")."""
    return bool(_MEASURED_AGAINST.search(shown))


def is_part_of_it(shown: str) -> bool:
    """Whether the marked work is part of the sentence ("⟦TARGET⟧ show", "a study by ⟦TARGET⟧"), not a mere note to it.

    A sentence without any mark goes on about the work and counts as well.
    """
    if TARGET not in shown or NAMED_BY in shown:
        return True
    rest = _SEVERAL.sub(lambda m: TARGET if TARGET in m.group() else OTHER, _IN_BRACKETS.sub("", shown))
    return bool(_NAMED.search(rest)) or any(m.group(1) == TARGET for m in _AS_NOUN.finditer(rest))


def speaks_of_citing(shown: str) -> bool:
    """Whether the sentence is about the citing paper's own doing or findings, with the work as a note to it."""
    before = shown.split(TARGET)[0]
    if TARGET in shown and _CITING_SUBJECT.match(before):
        return True
    return TARGET in shown and not is_part_of_it(shown) and bool(_CITING.search(shown))


def about_target(shown: str) -> str:
    """``shown`` without the clauses that speak of another work, or of the citing paper, and not of the marked one; empty
    when nothing is left that could stand alone.

    A small model asked about "⟦OTHER⟧ do this, whereas ⟦TARGET⟧ do that" says yes to both; asked about the second half it does
    not.  A clause without any mark stays.
    """
    if TARGET not in shown:
        return shown
    if _FRAGMENT.match(shown) and not re.search("[,，]", shown):
        return ""
    # "⟦OTHER⟧; ⟦TARGET⟧" is one group, not the ends of two clauses
    grouped = _SEVERAL.sub(lambda m: ", ".join(re.findall(_MARK, m.group())), shown)
    clauses = _CLAUSE_END.split(grouped)
    if not is_part_of_it(shown):
        # a note does not vouch for what follows it: "it grows ⟦TARGET⟧, but nobody measures it"
        clauses = clauses[: max(i for i, c in enumerate(clauses) if TARGET in c) + 1]
    kept = [c for c in clauses if TARGET in c or not (OTHER in c or _OURS.search(c))]
    left = _within_note("".join(kept))
    if _RELATIVE.match(left):
        return ""
    if left == grouped:
        return shown
    if _SUBORDINATE.match(left) and not _is_clause(left.replace("，", ",").partition(",")[2]):
        return ""
    left = re.sub(r"^\s*(?:whereas|while|but|and)\s+|^[\s,;，；]+|[\s,;，；]+$", "", left)
    return left + ")" * (left.count("(") - left.count(")"))


def is_example(shown: str) -> bool:
    """Whether the marked work stands only as an example ("any aligner, e.g. MUSCLE ⟦TARGET⟧")."""
    return bool(_EXAMPLE.search(shown))


def _within_note(shown: str) -> str:
    """What a note vouches for where others stand in the same sentence: the words between the citation before and itself.

    "Despite its weight ⟦TARGET⟧, the trade is free ⟦OTHER⟧" says of the first work only the beginning, which is no sentence, and so
    nothing is left.  Names in a list ("A ⟦OTHER⟧, B ⟦TARGET⟧ and C ⟦OTHER⟧ score …") share what is said of them.
    """
    if OTHER not in shown or TARGET not in shown or is_part_of_it(shown):
        return shown
    parts: list[str] = []
    at = 0
    for marks in re.finditer(rf"{_SEVERAL.pattern}|{_MARK}", shown):
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
    if re.match(r"[\s,)]*(?:and|or)\b", text) and not _AUXILIARY.search(text):
        return False
    return len(_IDEOGRAPH.findall(text)) >= _CLAUSE_CHARACTERS or len(re.findall(r"\w+", text)) >= _CLAUSE_WORDS


def plain(shown: str) -> str:
    """A marked sentence without marks, as one would read it aloud: ``⟦TARGET⟧ train …`` → ``The authors train …``.

    Citations in brackets and at the end of a clause are left out; those that are part of the sentence become "the authors"
    and "others", in Chinese "作者" and "其他研究".
    """
    shown = _POINTER.sub("", shown.replace(NAMED_BY, ""))
    chinese = is_chinese(shown)
    target, other = ("作者", "其他研究") if chinese else ("the authors", "others")
    text = _NAMED_OTHER.sub(OTHER, _NAMED.sub(TARGET, _IN_BRACKETS.sub("", shown)))
    text = _AS_SHOWN.sub("", text)
    text = _SEVERAL.sub(lambda m: TARGET if TARGET in m.group() else OTHER, text)
    if chinese:
        text = re.sub(rf"(\w{{2,}}等人?)\s*{TARGET}", target, text)
        text = re.sub(rf"{_MARK}(?=\s*[。；，,;.]|$)", "", text)
        text = text.replace(TARGET, target).replace(OTHER, other)
    else:
        names = {TARGET: target, OTHER: other}
        text = _AS_NOUN.sub(lambda m: m.group().replace(m.group(1), names[m.group(1)]), text)
        text = re.sub(rf"\s*{_MARK}(?:’s|'s)?", "", text)
    text = re.sub(r"\s+([,.;:!?)，。；：）])", r"\1", " ".join(text.split()))
    text = _HANGS.sub("", text)
    return text[:1].upper() + text[1:]


#: What no answer begins with; it is left where a marker before it was taken out.
_BEGINS_NOTHING = " ，、。；：,;:"


def tidy(text: str, language: str, *, column: str = "", whole: bool = True) -> str:
    """One clean line: no markers, no column name before it, no quotes around it, no half sentence."""
    zh = language == "zh"
    text = _OTHER_LEFT.sub("" if zh else " ", text)  # with its brackets, which alone stand for the work itself
    text = _TARGET_LEFT.sub("该文献" if zh else " the work ", text)
    if zh:
        text = re.sub(
            r"(?:^|(?<=[，。；]))我们|我们(?=的|在|对|将|使用|采用|提出|发现|认为|展示|证明|得出|研究|比较|重复|介绍|描述|分析|讨论|评估|报告|建议|通过|按|把|给出|表明|训练|设计|构建|利用|还|也|首先|进一步)",
            "本文",
            text,
        )
    text = re.sub(r"(?:该文献)+(?:的作者)?", "该文献", text).replace("该文献文献", "该文献")
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    text = _CJK_SPACE.sub("", text)
    text = _PREAMBLE.sub("", text)
    text = text.strip().strip("“”\"'`*").strip()
    label = re.match(r"([A-Z][A-Za-z ]{2,30}):\s+", text)
    if label and set(label.group(1).casefold().split()) & set(re.findall(r"[a-z]+", column.casefold())):
        text = text[label.end() :]
    text = _without_echo(_without_label(text, column), column)
    if not whole:
        ends = [m.end() for m in re.finditer(r"[。；;]|[.!?](?=\s|$)", text)]
        text = text[: ends[-1]] if ends else ""
    return text.lstrip(_BEGINS_NOTHING)


def _without_echo(text: str, column: str) -> str:
    """``text`` without sentences that only speak of the column itself ("…来判断创新点/理论贡献。"), when others remain."""
    if not column or column not in text:
        return text
    parts = re.findall(r"[^。！？]+[。！？]?", text)
    return "".join(p for p in parts if column not in p) or text


def _without_label(text: str, column: str) -> str:
    """``text`` without an echo of the column's name in front: ``主要方法：…``, ``该文献的局限与备注是…``."""
    parts = [re.escape(p) for p in (column, *re.split(r"[/／、与和及&,，;；]|\band\b", column)) if len(p.strip()) > 1]
    if not parts:
        return text
    name = rf"[“\"]?(?:{'|'.join(parts)})[”\"]?"
    echo = rf"^(?:该文献|本文|作者|the work|the authors|this paper|其|它)?(?:的|'s)?\s*{name}(?:[与和及/、]{name})*\s*(?:[:：]|是|为|在于|包括|\bis\b|\bare\b)\s*"
    return re.sub(echo, "", text, flags=re.I) or text
