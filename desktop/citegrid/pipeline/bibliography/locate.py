"""Where the reference lists of a document are, and where they end.

A list begins at its heading and ends at the next heading that is not part of it, at the back matter of the journal,
or where its lines no longer look like entries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from citegrid.core.document import BlockKind, Document
from citegrid.core.text import key_text
from citegrid.pipeline.bibliography.lines import (
    AUTHOR_START,
    ENDS_ENTRY,
    LABELS,
    YEAR,
    Line,
    chain_of,
    label_of,
    lines_of,
)
from citegrid.pipeline.bibliography.locate_unheaded import marked_lists

_NAMES = (
    r"references?(?: lists?| and notes?| cited| and further reading| and bibliography)?|cited references|reference list|list of references|notes and references|endnotes"
    r"|bibliograph(?:y|ie|ies|ía|ia)(?: and references| citada| sélective| générale)?|literature(?: cited)?|works (?:cited|consulted)|cited (?:works|literature)"
    r"|(?:quellen-? (?:und|&) )?literatur(?:verzeichnis|angaben|hinweise|liste|nachweise?)?|literatur-? (?:und|&) quellen(?:verzeichnis|angaben)?|quellen(?:verzeichnis|angaben)?"
    r"|r[ée]f[ée]rences(?: bibliographiques| citées)?|ouvrages cités|(?:sources et )?bibliographie"
    r"|referencias(?: bibliogr[áa]ficas| citadas)?|(?:literatura|obras) citadas?|refer[êe]ncias(?: bibliogr[áa]ficas| citadas)?|bibliograf[íi]a|riferimenti(?: bibliografici)?"
    r"|(?:použitá )?literatura|seznam (?:použité )?literatury|piśmiennictwo|irodalom(?:jegyzék)?|kaynak(?:lar|ça)|bibliografie"
    r"|literatuur(?:lijst)?|referenties|referenser|referencer|referanser|litteratur(?:förteckning|lista|liste)?|källförteckning|lähteet|kirjallisuus(?:luettelo)?"
    r"|daftar pustaka|tài liệu tham khảo"
    r"|(?:использованная )?литература|библиография|библиографический список|список(?: использованн(?:ых|ой))?(?: источников| литературы)(?: и (?:литературы|источников))?"
    r"|література|список використаних джерел|βιβλιογραφία|المراجع"
    r"|(?:主\s*要\s*)?[参參]\s*考\s*(?:文\s*[献獻]|[书書]\s*目|[资資]\s*料)(?:一覧|リスト|列表)?|引\s*用\s*(?:文\s*[献獻]|[书書]\s*目)|[参參]照文[献獻]|文\s*[献獻](?:一覧)?"
    r"|(?:引用|参考)[・･](?:引用|参考)文献|참\s*고\s*(?:문\s*헌|자\s*료)|인용\s*문헌"
)
_NUMBERED = r"(?:(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.)、]?\s+|[一二三四五六七八九十]{1,3}\s*[、.．]\s*|第\s*[一二三四五六七八九十\d]{1,3}\s*章\s*)"
_HEADING = re.compile(rf"^\W*{_NUMBERED}?(?:{_NAMES})\s*(?:[:：.]|[（(].*[）)]|\[J\])?\W*$", re.I)
_SPACED = re.compile(r"^(?:[A-Z] ){4,}[A-Z]$")
_AFTER = re.compile(
    r"^\W*(?:(?:[A-Z]|[IVX]+|\d+(?:\.\d+)*)[.:]?\s+)?(?:appendi(?:x|ces)|supplement(?:ary|al)?|supporting information|additional supporting information|acknowledge?ments?|author contributions?|about the authors?"
    r"|biograph|figure legends?|figures?$|tables?$|competing interests|conflicts? of interest|data availability|附录|致谢|作者简介|收稿日期|基金项目|checklist)",
    re.I,
)

#: What journals print behind the list, run in with its text.
_BACK_MATTER = re.compile(
    r"^\W*(?:conflicts? of interest|competing interests?|copyright|©|publisher['’]s note|open access|how to cite|cite this article"
    r"|(?:received|accepted|submitted)\s*:|correspondence|the (?:use, distribution|author\(?s\)? (?:20|19)\d\d)|springer nature remains"
    r"|this (?:paper|article) (?:has been|was) typeset|publisher.s disclaimer|submit your|ready to submit)\b",
    re.I,
)


#: The share of a page's height in which running heads stand.
_TOP = 0.08
#: So many lines further on the next label of a list is looked for.
_FAR = 40


@dataclass(slots=True)
class List:
    """The lines of one reference list, in reading order; ``starts`` are its entries' first lines and labels where they are known."""

    lines: list[Line] = field(default_factory=list)
    starts: dict[int, str] = field(default_factory=dict)


def find_lists(document: Document) -> list[List]:
    """The reference lists of ``document``; one without a heading is found by its numbered or dated entries at the end."""
    lines = [
        line
        for page in document.pages
        for line in lines_of(page)
        if line.kind not in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.LINE_NUMBER)
    ]
    starts = [i for i, line in enumerate(lines) if is_heading(line) and _is_list(lines[i + 1 : i + 40])]
    running = _running_heads(lines, starts)
    starts = [i for i in starts if i not in running]
    lists = []
    for n, start in enumerate(starts):
        until = starts[n + 1] if n + 1 < len(starts) else len(lines)
        found = _until_end([lines[i] for i in range(start + 1, until) if i not in running], lines[start])
        if found:
            lists.append(List(found))
    lists = lists or _without_heading(lines)
    taken = {(line.page, line.start) for found in lists for line in found.lines}
    lists += [List(*found) for found in marked_lists([ln for ln in lines if (ln.page, ln.start) not in taken])]
    return sorted(lists, key=lambda found: (found.lines[0].page, found.lines[0].start))


def is_heading(line: Line) -> bool:
    """Whether a line names a reference list, whatever stands below it."""
    text = line.text.strip()
    if len(text) > 60 or line.kind in (BlockKind.CAPTION, BlockKind.TABLE):
        return False
    if _SPACED.match(text):
        text = text.replace(" ", "")
    if text[:1].islower() and text.endswith("."):
        return False  # the last word of a sentence
    return bool(_HEADING.match(text))


def _running_heads(lines: Sequence[Line], starts: Sequence[int]) -> set[int]:
    """Headings that a list repeats at the top of its pages: the first line of the page after one with the same heading."""
    result: set[int] = set()
    for a, b in pairwise(starts):
        before, line = lines[a], lines[b]
        first = lines[b - 1].page < line.page
        same = key_text(before.text).strip("0123456789") == key_text(line.text).strip("0123456789")
        same = same or line.y1 < _TOP * line.page_height
        # The pages between must be filled with the list, and its numbers must not begin again.
        next_one = line.page - before.page == 1 and not re.match(r"\W*1\W", lines[b + 1].text)
        if first and same and next_one:
            result.add(b)
    return result


def _is_list(lines: Sequence[Line]) -> bool:
    """Whether these lines look like entries rather than running text or a table of contents."""
    text = "\n".join(line.text for line in lines)
    if not lines:
        return False
    dots = sum(bool(re.search(r"\.{4,}|(?: \.){3,}", line.text)) for line in lines)
    if dots > len(lines) / 4:
        return False
    years = len(YEAR.findall(text))
    labels = max(sum(bool(pattern.match(line.text)) for line in lines) for _, pattern, counts in LABELS if counts)
    return years >= max(1, len(lines) / 12) or labels >= 3 or (len(lines) < 12 and years + labels >= 1)


def _until_end(lines: Sequence[Line], heading: Line) -> list[Line]:
    """The lines of the list that begins with ``lines``: until a heading that is not an entry.

    A list whose numbers, or whose authors from A to Z, go on behind tables and figures goes on there.
    """
    usual = Counter(line.size for line in lines[:60]).most_common(1)[0][0] if lines else 0.0
    if len({line.size for line in lines[:3]}) == 1 and lines[0].size < 0.93 * usual:
        usual = lines[0].size  # a short list in small print, before text in larger
    label = label_of(lines[:80])
    notes = _notes(lines, usual)
    result: list[Line] = []
    at = 0
    while at < len(lines):
        stop = _run(lines, at, result, heading, usual, label, notes)
        goes_on = (
            _resumes(lines, stop, label, result) if label else _resumes_by_name(lines, stop, result, usual, heading)
        )
        if goes_on is None:
            break
        at = goes_on
    return result


def _run(
    lines: Sequence[Line],
    at: int,
    result: list[Line],
    heading: Line,
    usual: float,
    label: re.Pattern[str] | None,
    notes: set[tuple[int, int]],
) -> int:
    """Add the lines from ``at`` to the end of this stretch of the list to ``result``; where the stretch ends."""
    missed = 0
    for i in range(at, len(lines)):
        line = lines[i]
        text = line.text.strip()
        if line.kind in (BlockKind.CAPTION, BlockKind.TABLE) or (line.page, line.block) in notes:
            continue
        if _is_beside_the_list(line, heading, usual):
            continue
        labelled = label is not None and bool(label.match(text))
        if not labelled and len(result) > 2 and _BACK_MATTER.match(text) and ENDS_ENTRY.search(result[-1].text):
            return i
        if not labelled and _ends_here(
            line, text, lines[i + 1 : i + 9], usual, heading, partial(_goes_on, lines, i, result, label)
        ):
            return i
        if line.size > 1.25 * usual and not labelled and len(text) < 70:
            return i
        result.append(line)
        named = text.count(",") >= 2 and abs(line.size - usual) < 0.05 * usual  # a list of a hundred authors
        missed = 0 if labelled or YEAR.search(text) or "http" in text else missed + (not named)
        if missed > 14:
            del result[-missed:]
            return i
    return len(lines)


def _goes_on(lines: Sequence[Line], at: int, result: Sequence[Line], label: re.Pattern[str] | None) -> bool:
    """Whether the next label of a list stands not far behind line ``at``; so behind a subheading, not behind a chapter's list."""
    if label is None or not result:
        return True
    if not any(pattern is label and counts for _, pattern, counts in LABELS):
        return any(label.match(line.text) for line in lines[at + 1 : at + 9])
    before = next((int(m.group(2)) for line in reversed(result) if (m := label.match(line.text))), None)
    after = [int(m.group(2)) for line in lines[at + 1 : at + 1 + _FAR] if (m := label.match(line.text))]
    return before is None or any(before < n <= before + 2 for n in after)


def _resumes(lines: Sequence[Line], stop: int, label: re.Pattern[str] | None, result: Sequence[Line]) -> int | None:
    """Where the numbers of the list go on after ``stop``, at most three pages on: the next one, before an author."""
    counts = any(pattern is label and counts for _, pattern, counts in LABELS)
    if label is None or not counts or not result or stop >= len(lines):
        return None
    matches = [m for line in result if (m := label.match(line.text))]
    if not matches:
        return None
    last = max(int(m.group(2)) for m in matches[-3:])
    for i in range(stop, len(lines)):
        if lines[i].page > result[-1].page + 3:
            return None
        match = label.match(lines[i].text)
        if match and int(match.group(2)) == last + 1:
            rest = lines[i].text[match.end() :].strip()
            dated = any(YEAR.search(line.text) for line in lines[i : i + 6])
            return i if AUTHOR_START.match(rest) and dated else None
    return None


def _resumes_by_name(
    lines: Sequence[Line], stop: int, result: Sequence[Line], usual: float, heading: Line
) -> int | None:
    """Where a list without labels goes on after a table: with entries on one of the next pages, later in the alphabet."""
    if stop >= len(lines) or len(result) < 3 or _ends_here(lines[stop], lines[stop].text.strip(), (), usual, heading):
        return None
    last = next((line for line in reversed(result) if AUTHOR_START.match(line.text)), None)
    if last is None:
        return None
    for i in range(stop, len(lines)):
        line = lines[i]
        if line.page > result[-1].page + 2 or is_heading(line) or _AFTER.match(line.text.strip()):
            return None
        if line.page == result[-1].page or abs(line.size - usual) > 0.05 * usual or not AUTHOR_START.match(line.text):
            continue
        stretch = lines[i : i + 12]
        entries = sum(bool(AUTHOR_START.match(ln.text) and YEAR.search(ln.text)) for ln in stretch)
        dated = sum(bool(YEAR.search(ln.text)) for ln in stretch)
        if min(entries, dated) >= 2 and key_text(line.text)[:1] >= key_text(last.text)[:1]:
            return i
    return None


def _is_beside_the_list(line: Line, heading: Line, usual: float) -> bool:
    """Text that stands above the list in the next column of its page, watermarks, and the numbers of lines."""
    above = line.page == heading.page and line.column > heading.column and line.y1 < heading.y0
    other = above and abs(line.size - usual) > 0.08 * usual
    return other or line.size > 4 * usual or (line.size < 0.7 * usual and line.text.strip().isdigit())


def _notes(lines: Sequence[Line], usual: float) -> set[tuple[int, int]]:
    """Blocks of footnotes: small print in the lower part of a page."""
    small: dict[tuple[int, int], bool] = {}
    for line in lines:
        low = line.size < 0.93 * usual and (line.y0 > 0.6 * line.page_height or line.kind is BlockKind.FOOTNOTE)
        small[(line.page, line.block)] = small.get((line.page, line.block), True) and low
    return {block for block, is_note in small.items() if is_note}


def _ends_here(
    line: Line,
    text: str,
    following: Sequence[Line],
    usual: float,
    heading: Line,
    goes_on: Callable[[], bool] = lambda: True,
) -> bool:
    stands_out = line.kind is BlockKind.HEADING or line.bold or line.size > 1.04 * usual or len(text) < 30
    if _AFTER.match(text) and len(text) < 80 and stands_out:
        return not YEAR.search(text)
    if line.kind is not BlockKind.HEADING and not (line.bold and line.size >= 1.05 * usual):
        return False
    lettered = re.match(r"[A-H](?:\.\d+)*\.?\s+[A-Z][a-z]+(?: \w+)*$", text)  # "A. Additional Experiments"
    if lettered and line.bold and line.size >= 1.1 * usual:
        return True
    if YEAR.search(text) or AUTHOR_START.match(text) or len(text) > 90 or re.search(r"https?:|doi", text):
        return False
    subheading = _is_list(following[1:]) and len(following) > 3 and line.size < heading.size + 0.3
    return not (subheading and goes_on())


def _without_heading(lines: Sequence[Line]) -> list[List]:
    """A numbered list at the end of the document that no heading announces: at least five entries, most with years."""
    for _, pattern, counts in LABELS[:4:1]:
        if not counts:
            continue
        tail = lines[len(lines) // 3 :]
        matches = [(i, m) for i, line in enumerate(tail) if (m := pattern.match(line.text))]
        ones = [k for k, (_, m) in enumerate(matches) if int(m.group(2)) == 1]
        for k in reversed(ones):
            chain = chain_of([int(m.group(2)) for _, m in matches[k:]])
            if len(chain) < 5:
                continue
            start, end = matches[k][0], matches[k + chain[-1]][0]
            text = "\n".join(line.text for line in tail[start : end + 4])
            if len(YEAR.findall(text)) >= 0.6 * len(chain):
                return [List(_until_end(tail[start:], tail[start]))]
    return []
