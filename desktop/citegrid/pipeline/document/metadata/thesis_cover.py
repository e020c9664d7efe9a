"""The cover of a thesis or a report: what its labels say (``论文题目 …``, ``作者姓名：…``), read row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.document import Page, Word
from citegrid.core.text import join_lines

#: Rows whose words begin within this part of their height of each other are one row.
_LEVEL = 0.5
_TITLE = re.compile(
    r"^(?:(?:学位|毕业|本科)?论文|参赛|作品|设计|项目|课题|报告)?\s*(?:题\s*目|题\s*名|名\s*称)(?:\s*[:：]\s*|\s+|(?=\w))|^(?:thesis )?title\s*[:：]\s*",
    re.I,
)
_AUTHOR = re.compile(
    r"^(?:作\s*者\s*姓\s*名|学\s*生\s*姓\s*名|研\s*究\s*生(?:\s*姓\s*名)?|学\s*位\s*申\s*请\s*人|申\s*请\s*[人者](?:\s*姓\s*名)?"
    r"|作\s*者|姓\s*名|博\s*士\s*生|硕\s*士\s*生)(?:\s*[:：]\s*|\s+|(?=[\u4e00-\u9fff]))|^(?:author|candidate)\s*[:：]\s*",
    re.I,
)
#: The label of another field.
_FIELD = re.compile(
    r"^\W*(?:学\s*科|专\s*业|学\s*号|作\s*者|姓\s*名|学\s*生|研\s*究|指\s*导|导\s*师|副\s*导|院\s*|系\s*|学\s*院|学\s*校|培\s*养|申\s*请|学\s*位|提\s*交|答\s*辩"
    r"|班\s*级|年\s*级|队\s*伍|团\s*队|单\s*位|日\s*期|分\s*类|密\s*级|时\s*间|[^\s:：]{1,12}\s*[:：]|[(（])"
)
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?")
_LATIN_NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w.'’-]*){1,3}")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年\s*\d{1,2}\s*月|(?<!\d)((?:19|20)\d\d)\s*[届级]")
_SPELT = re.compile(r"([一二][〇零○九O0][〇零○一二三四五六七八九O0]{2})\s*年")
_DIGITS = {**{c: str(i) for i, c in enumerate("零一二三四五六七八九")}, "〇": "0", "○": "0", "O": "0"}


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    size: float
    top: float
    bottom: float


def cover_title(pages: Sequence[Page]) -> str:
    """What a cover among ``pages`` gives as the title of the work; empty when no label says."""
    for page in pages:
        rows = _rows(page)
        for i, row in enumerate(rows):
            match = _TITLE.match(row.text)
            if not match:
                continue
            parts = [row.text[match.end() :].strip(" _:：")]
            for before, after in zip(rows[i:], rows[i + 1 : i + 4], strict=False):
                near = after.top - before.bottom < 2 * row.size
                if _FIELD.match(after.text) or abs(after.size - row.size) > 0.5 or not near:
                    break
                parts.append(after.text.strip(" _"))
            title = join_lines("\n".join(p for p in parts if p))
            if sum(c.isalpha() for c in title) >= 4:
                return title
    return ""


def cover_authors(pages: Sequence[Page]) -> tuple[str, ...] | None:
    """The names a cover labels as the authors'; empty where it has a label without a name, None without a label."""
    found = False
    for page in pages:
        for row in _rows(page):
            match = _AUTHOR.match(row.text)
            if not match:
                continue
            found = True
            value = row.text[match.end() :].strip(" _:：")
            value = value.replace(" ", "") if re.fullmatch(r"[\u4e00-\u9fff] +[\u4e00-\u9fff]", value) else value
            parts = [p for p in re.split(r"[、,，;；]|\s{1,}(?=[\u4e00-\u9fff])", value) if p]
            names = [p for p in parts[:1] if _CHINESE_NAME.fullmatch(p) or _LATIN_NAME.fullmatch(p)]
            if names and any(c in value for c in "、,，;；"):
                names = [p.strip() for p in parts if _CHINESE_NAME.fullmatch(p.strip())]
            if names:
                return tuple(names)
    return () if found else None


def cover_year(pages: Sequence[Page], latest: int) -> int | None:
    """The year of the date a cover prints in Chinese (``2022 年 5 月``, ``二〇二二年``, ``2022 届``), none after ``latest``."""
    for page in pages:
        years = [int(a or b) for a, b in _DATE.findall(page.text)]
        years += [int("".join(_DIGITS.get(c, c) for c in spelt)) for spelt in _SPELT.findall(page.text)]
        years = [y for y in years if 1900 <= y <= latest]
        if years:
            return max(years)
    return None


def _rows(page: Page) -> list[_Row]:
    """The printed rows of a page from the top, each from left to right, past any gap."""
    rows: list[list[Word]] = []
    for word in sorted(page.words, key=lambda w: (w.box.y0 + w.box.y1) / 2):
        middle = (word.box.y0 + word.box.y1) / 2
        last = rows[-1][0].box if rows else None
        if last is not None and abs(middle - (last.y0 + last.y1) / 2) < _LEVEL * (last.y1 - last.y0):
            rows[-1].append(word)
        else:
            rows.append([word])
    result = []
    for row in rows:
        row.sort(key=lambda w: w.box.x0)
        text = " ".join(w.text for w in row)
        result.append(_Row(text, max(w.size for w in row), min(w.box.y0 for w in row), max(w.box.y1 for w in row)))
    return result
