"""Lists of works as publishers, BibTeX and footnotes print them, in house styles that are drawn: each list has one.

What is drawn is how names are printed, what stands between the fields, and in which order; the fields carry their labels along.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

import words as w
from cjk_lists import cjk_list, gbt_list
from labelled import Labelled, of_segments
from people import person
from pieces import MARKS, MONTHS, Segment, Style, addresses_of, balanced, kind_of, printed, style
from printed_names import editors_of, people_of
from records import Record, record
from titles import Material, year


def lists(rng: random.Random, material: Material, count: int, size: int) -> list[list[Labelled]]:
    """``count`` lists of up to ``size`` entries, each list in one style."""
    made: list[list[Labelled]] = []
    for number in range(count):
        chance = number / count
        if chance < 0.17:
            made.append(gbt_list(rng, material, size))
        elif chance < 0.22:
            made.append(cjk_list(rng, material, size))
        elif chance < 0.24:
            made.append(_capitals_list(rng, material, size))
        elif chance < 0.31:
            made.append(_bare_list(rng, material, size))
        elif chance < 0.42:
            made.append(_spelt_list(rng, material, size))
        else:
            language = (
                ""
                if rng.random() < 0.55
                else rng.choice(("en", "en", "en", "de", "fr", "es", "it", "pl", "pt", "ru", "nl", "sv"))
            )
            drawn = style(rng)
            if language not in ("", "en") and rng.random() < 0.6:
                drawn = replace(drawn, last="own")
            made.append(
                [
                    _entry(rng, drawn, record(rng, material, language or ("en" if rng.random() < 0.7 else "")))
                    for _ in range(size)
                ]
            )
    return made


def _capitals_list(rng: random.Random, material: Material, size: int) -> list[Labelled]:
    """ISO 690: families in capitals before given names in full, and issues as "15.2"."""
    made = replace(
        style(rng), name="F, N", later="F, N", joint=rng.choice(("; ", ", ", "; ")), last=rng.choice(("", "", "and", "&")), capitals=True,
        most=rng.choice((1, 3, 99)), behind_authors=". ", date="end", title="T", behind_title=". ", inside=rng.choice(("In: ", "In ")),
        place=rng.choice((", y, v.n: p", ", y, v: p", " (y), v.n, p")),
    )  # fmt: skip
    return [_entry(rng, made, record(rng, material, "en" if rng.random() < 0.8 else "")) for _ in range(size)]


def _spelt_list(rng: random.Random, material: Material, size: int) -> list[Labelled]:
    """Conferences on computing: given names in full stand first, nothing but a comma parts the names."""
    behind, date = rng.choice(
        ((". Y. ", "front"), (". Y. ", "front"), (". ", "end"), (". ", "place"), (" (Y). ", "front"))
    )
    made = replace(
        style(rng), name="N F", later="N F", joint=", ", last=rng.choice((", and", ", and", "and", "")), capitals=False,
        most=rng.choice((6, 10, 99, 99)), behind_authors=behind, date=date, title="T", behind_title=". ", inside="In ",
    )  # fmt: skip
    kinds = ("article-journal", "paper-conference", "article", "book", "software")
    return [
        _entry(rng, made, record(rng, material, "en", rng.choices(kinds, (25, 50, 18, 5, 2))[0])) for _ in range(size)
    ]


def _bare_list(rng: random.Random, material: Material, size: int) -> list[Labelled]:
    """Physics, chemistry and astronomy: places without titles, some with them."""
    drawn = style(rng)
    names = rng.choice(("I. I. F", "I.I. F", "F, I. I.", "F I. I.", "F, I.I."))
    titled = rng.random() < 0.3
    behind, place = rng.choice(
        (
            (", ", " v, p (y)"),
            (", ", " v (y) p"),
            (" Y, ", ", v, p"),
            (" ", ", y, v, p"),
            (", ", " y, v, p"),
            (", ", ", v, p (y)"),
            (" (Y) ", " v p"),
            (", ", " v, p"),
            ("; ", " y, v, p"),
            (" Y, ", " v p"),
        )
    )
    front = "Y" in behind
    made = Style(
        names,
        names,
        ", ",
        rng.choice(("and", ", and", "&", "")),
        drawn.most,
        False,
        behind,
        "front" if front else "place",
        "T",
        ", ",
        "C",
        "in ",
        place,
        " (u, l, y)",
        "–",
        drawn.identifiers,
        ".",
        True,
        False,
        "in",
        not titled,
        True,
    )
    return [
        _entry(
            rng,
            made,
            record(
                rng,
                material,
                "en",
                rng.choices(("article-journal", "book", "paper-conference", "article"), (80, 8, 6, 6))[0],
            ),
        )
        for _ in range(size)
    ]


def _entry(rng: random.Random, style: Style, made: Record) -> Labelled:
    """One record in a style."""
    out: list[Segment] = []
    language = made["language"]
    front = style.date == "front"
    undated = rng.random() < (0.12 if made["type"] in ("webpage", "report") else 0.015)
    shown_year = str(made["issued"]) + (rng.choice("abc") if rng.random() < (0.15 if front else 0.01) else "")
    values = {
        "v": (made.get("volume", ""), "V"),
        "n": (made.get("issue", ""), "V"),
        "p": (made.get("page", "").replace("-", style.pages), "P"),
        "y": ("" if front or undated else shown_year, "Y"),
        "M": (rng.choice(MONTHS), "O"),
        "u": (made.get("publisher", ""), "U"),
        "l": (made.get("publisher-place", ""), "L"),
    }
    if rng.random() < 0.1 and values["p"][0]:
        values["p"] = (_short_pages(values["p"][0], style.pages), "P")
    if made["author"] and rng.random() < 0.025:
        out.append((rng.choice(("———", "———", "——", "— — —", "—", "---", "______", "Ders.", "Idem", "–")), "B", False))
    else:
        out += people_of(rng, style, made["author"], language)
    if front and not out and not undated:
        values["y"] = (shown_year, "Y")
    edited = made["type"] == "book" and rng.random() < 0.12 and made["author"] and "literal" not in made["author"][0]
    if edited:
        out.append(
            (
                rng.choice(
                    (
                        " (Eds.)",
                        " (Ed.)",
                        ", eds.",
                        " (Hrsg.)",
                        ", editors",
                        " (dir.)",
                        " (ed.)",
                        ", editor",
                        " (Director)",
                        " (Hg.)",
                        ", Hg.",
                        ", ed.",
                        " (coords.)",
                    )
                ),
                "E",
                False,
            )
        )
    out += _behind_authors(rng, style, made, shown_year, undated, bool(out))
    bare = rng.random() < {"chapter": 0.3 if style.untitled else 0.03, "article-journal": 0.004}.get(made["type"], 0)
    if bare or (style.untitled and made["type"] == "article-journal" and language == "en"):
        out += _where(rng, style, made, values)
        return _finish(rng, style, made, out, values)
    out += _title(rng, style, made)
    out += _where(rng, style, made, values)
    return _finish(rng, style, made, out, values)


def _short_pages(pages: str, dash: str) -> str:
    first, _, last = pages.partition(dash)
    return f"{first}{dash}{last[-2:]}" if len(last) == len(first) > 2 else first


def _behind_authors(
    rng: random.Random, style: Style, made: Record, shown: str, undated: bool, named: bool
) -> list[Segment]:
    if not named:
        return []
    form = style.behind_authors
    if style.date != "front":
        return [(form, "O", False)]
    before, _, behind = form.partition("Y")
    if undated:
        return [(before + rng.choice(("n.d.", "in press", "forthcoming", "s.d.")) + behind, "O", False)]
    date: list[Segment] = [(shown, "Y", False)]
    if "month" in made and "(" in before and rng.random() < 0.4:
        day = made["day"]
        date.append((f", {MONTHS[made['month'] - 1]}{rng.choice(('', f' {day}'))}", "O", False))
    if rng.random() < 0.012:
        first = str(year(rng))
        date = rng.choice(
            (
                [(first, "O", False), ("/", "O", False), *date],
                [(f"[{first}] ", "O", False), *date],
                [*date, (f" [{first}]", "O", False)],
            )
        )
    return [(before, "O", False), *date, (behind, "O", False)]


def _title(rng: random.Random, style: Style, made: Record) -> list[Segment]:
    text = made["title"]
    whole = made["type"] in ("book", "thesis", "report", "webpage", "software", "dataset", "standard")
    quotes = style.title != "T" and not (whole and rng.random() < 0.6)
    italic = style.italic and whole and not quotes
    if quotes:
        before, _, behind = style.title.partition("T")
        if text[-1:] in "?!" and behind[:1] in ",.":
            behind = behind[1:]
        if "“" in text and "“" in before:
            text = text.replace("“", "‘").replace("”", "’")
        return [(before, "O", False), (text, "T", False), (behind, "O", False), *kind_of(rng, made, " ")]
    end = style.behind_title or ". "
    out: list[Segment] = [(text, "T", italic)]
    kind = kind_of(rng, made, "")
    if style.marks and rng.random() < 0.9:
        kind = [("[" + MARKS[made["type"]] + "]", "K", False)]
    if kind:
        out += [(rng.choice((" ", ". ", " ", ", ")) if not style.marks else "", "O", False), *kind]
    if text[-1:] in "?!？！" and end[:1] in ".,":
        end = rng.choice((end[1:], end[1:], end))
    return [*out, (end, "O", False)]


def _where(rng: random.Random, style: Style, made: Record, values: dict[str, tuple[str, str]]) -> list[Segment]:
    """The journal or the book with its numbers, or the publisher."""
    container = made.get("container-title", "")
    kind = made["type"]
    if kind == "article":
        return _preprint(rng, style, made)
    if kind in ("chapter", "paper-conference"):
        return _in_book(rng, style, made, values)
    if container and kind == "article-journal":
        if style.untitled and rng.random() < 0.6:
            container = rng.choice(w.LISTS.short_journals)
        elif style.short:
            container = w.abbreviated(rng, container)
        if rng.random() < 0.04:
            container += f" {rng.choice((2000, 2000, 2015, 2020, 21, rng.randint(1985, 2025)))}"
        out: list[Segment] = [(container, "C", style.italic)]
        if rng.random() < 0.03:
            return [*out, (rng.choice((", in press", " (in press)", ", forthcoming", ", to appear")), "O", False)]
        numbers = printed(style.place, values)
        if style.housed or rng.random() < 0.03:
            house = rng.choice(w.LISTS.publishers) + rng.choice(("", "", "", ", Ltd.", " Limited", " SA", " Inc"))
            out += [(". ", "O", False), (house, "U", False)]
            dated = ("; y", "; y;v(n):p", ", y. v(n): p", ". y") if values["y"][0] else ()
            numbers = printed(rng.choice((style.place, *dated)), values)
        if (
            re.match(r"(?:[A-Z][\w.]* ){1,4}\d", f"{container} 1")
            and style.untitled
            and rng.random() < 0.3
            and values["v"][0]
        ):
            values["v"] = (rng.choice("ABCDE") + values["v"][0], "V")
            numbers = printed(rng.choice((" v, p (y)", " v (y) p", " v, p")), values)
        return [*out, *balanced(numbers)]
    out = [(container, "C", style.italic)] if container else []
    if "translator" in made:
        one = made["translator"][0]
        name = f"{one['given']} {one['family']}".strip()
        out += [
            (
                rng.choice(
                    (
                        "Translated by ",
                        "translated by ",
                        "trans. ",
                        "Trans. ",
                        "Übers. von ",
                        "Edited by ",
                        "ed. ",
                        "trad. ",
                    )
                )
                + name,
                "E",
                False,
            ),
            (rng.choice((". ", ", ", " ")), "O", False),
        ]
    imprint = balanced(printed(style.publisher, values))
    if imprint and not out:
        first = imprint[0]
        imprint[0] = (
            first[0].lstrip(" .,:–") if first[1] == "O" and not first[0].lstrip().startswith("(") else first[0],
            *first[1:],
        )
    if kind == "thesis" and rng.random() < 0.5:
        imprint = [(made["publisher"], "U", False)]
    return out + imprint


def _in_book(rng: random.Random, style: Style, made: Record, values: dict[str, tuple[str, str]]) -> list[Segment]:
    container = made["container-title"]
    inside = style.inside
    if (container.startswith("Proceedings of") and inside == "In Proceedings of") or inside == "In Proceedings of":
        inside = "In "
    if made["type"] == "paper-conference" and rng.random() < 0.05:
        inside = rng.choice(
            ("Paper presented at the ", "Presented at the ", "Poster session presented at the ", "Vortrag auf der ")
        )
    out: list[Segment] = [(inside, "O", False)] if inside and rng.random() < 0.93 else []
    editors = editors_of(rng, style, made)
    role = rng.choice(("(Eds.)", "(Ed.)", "(eds.)", "(Hg.)", "(Hrsg.)", "(ed.)", "(coord.)", "(dir.)"))
    if editors and style.editors in ("in", "bracket"):
        out += [*editors, (" ", "E", False), (role, "E", False), (rng.choice((", ", ": ", " ", ". ")), "O", False)]
        editors = []
    elif editors and style.editors == "eds":
        out += [
            *editors,
            (rng.choice((", editors", ", eds.", ", ed.")), "E", False),
            (rng.choice((", ", " ")), "O", False),
        ]
        editors = []
    out.append((container, "C", style.italic))
    if editors:
        out += [
            (
                rng.choice(
                    (", edited by ", ", ed. by ", ", ed. ", ". Edited by ", ", hg. von ", ", sous la direction de ")
                ),
                "E",
                False,
            ),
            *editors,
        ]
    if "volume" in made and rng.random() < 0.8:
        out += [(rng.choice((", vol. ", ", volume ", " (Vol. ", ", Bd. ")), "O", False), values["v"] + (False,)]
        if out[-2][0] == " (Vol. ":
            out.append((")", "O", False))
    if values["p"][0]:
        lead, behind = rng.choice(
            (
                (", pp. ", ""),
                (" (pp. ", ")"),
                (", pages ", ""),
                (", S. ", ""),
                (", ", ""),
                (": ", ""),
                (", p. ", ""),
                (" (S. ", ")"),
            )
        )
        pages: list[Segment] = [(lead, "O", False), (values["p"][0], "P", False), (behind, "O", False)]
    else:
        pages = []
    first = rng.random() < 0.6
    out += pages if first else []
    if values["u"][0] or values["l"][0]:
        out += balanced(printed(style.publisher, values))
    out += [] if first else pages
    if not any(label == "Y" for _, label, _ in out) and values["y"][0]:
        out += rng.choice(
            (
                [(", ", "O", False), (values["y"][0], "Y", False)],
                [(" (", "O", False), (values["y"][0], "Y", False), (")", "O", False)],
                [(", ", "O", False), (rng.choice(MONTHS), "O", False), (" ", "O", False), (values["y"][0], "Y", False)],
            )
        )
    return out


def _preprint(rng: random.Random, style: Style, made: Record) -> list[Segment]:
    number = made["arxiv"]
    form = rng.choice(
        (
            "arXiv preprint arXiv:#",
            "arXiv:#",
            "arXiv:# [cs.CL]",
            "CoRR, abs/#",
            "ArXiv, abs/#",
            "Preprint, arXiv:#",
            "arXiv e-prints, arXiv:#",
            "https://arxiv.org/abs/#",
            "arXiv preprint arXiv:#v2",
            "[#]",
            "arXiv #",
        )
    )
    before, _, behind = form.partition("#")
    named = re.match(r"(arXiv preprint|CoRR|ArXiv|Preprint|arXiv e-prints)(.*)", before)
    lead: list[Segment] = [(named[1], "C", style.italic), (named[2], "O", False)] if named else [(before, "D", False)]
    out: list[Segment] = [*lead, (number, "D", False), (behind, "O", False)]
    return out


def _finish(
    rng: random.Random, style: Style, made: Record, out: list[Segment], values: dict[str, tuple[str, str]]
) -> Labelled:
    """The year where none stands yet, addresses, the day of a visit, the stop."""
    dated = any(label == "Y" for _, label, _ in out)
    if not dated and values["y"][0]:
        end = "".join(part for part, _, _ in out).rstrip()[-1:]
        joint = " " if end in ".?" else rng.choice((", ", ", ", " "))
        month: list[Segment] = (
            [(f"{rng.choice(MONTHS)}{rng.choice(('', f' {rng.randint(1, 28)},'))} ", "O", False)]
            if rng.random() < 0.2
            else []
        )
        out += (
            [(joint, "O", False), *month, (values["y"][0], "Y", False)]
            if joint != " " or month or end == "."
            else [(" (", "O", False), (values["y"][0], "Y", False), (")", "O", False)]
        )
    out += addresses_of(rng, style, made)
    text = "".join(part for part, _, _ in out)
    if style.untitled and rng.random() < 0.08:
        out = [("(a) ", "O", False), *out, ("; (b) ", "O", False), (text, "X", False)]
    elif rng.random() < 0.1 and style.untitled:
        name, place = person(rng, "en")["family"], rng.choice(("ibid.", rng.choice(w.LISTS.short_journals)))
        other = f"; {rng.choice(('', 'A. ', 'R. B. '))}{name}, {place} {rng.randint(1, 99)}, {rng.randint(1, 999)} ({year(rng)})"
        out.append((other, "X", False))
    if not text.endswith(style.stop) or not style.stop:
        out.append((style.stop, "O", False))
    return of_segments(out)
