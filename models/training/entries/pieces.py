"""The pieces that entries are printed of, with their labels: a style, the kind of a work, addresses, numbers in their forms."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from records import Record

Segment = tuple[str, str, bool]
MARKS = {"article-journal": "J", "paper-conference": "C", "book": "M", "chapter": "M", "thesis": "D", "report": "R", "article": "J", "webpage": "EB/OL", "standard": "S", "patent": "P", "software": "CP", "dataset": "DB/OL", "article-newspaper": "N"}  # fmt: skip


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Style:
    """How a list prints its works; each field names one of the forms below."""

    name: str
    later: str  # form of the names behind the first
    joint: str
    last: str
    most: int
    capitals: bool
    behind_authors: str
    date: str  # where the year stands: "front", "place", "end"
    title: str
    behind_title: str
    container: str
    inside: str
    place: str
    publisher: str
    pages: str
    identifiers: str
    stop: str
    italic: bool
    marks: bool
    editors: str
    untitled: bool = False
    short: bool = False
    housed: bool = False  # journals with their publishers


_INITIALS = ("F, I. I.", "F, I.I.", "I. I. F", "I.I. F", "F I.I.", "F II", "F I I", "F, II", "F I. I.")
_SPELT = ("N F", "F, N", "F, N", "N F", "F N")


def style(rng: random.Random) -> Style:
    name = rng.choice(_INITIALS if rng.random() < 0.62 else _SPELT)
    later = name
    if name in ("F, N", "F, I. I.", "F, I.I.") and rng.random() < 0.3:
        later = "N F" if name == "F, N" else "I. I. F"
    date = rng.choices(("front", "place", "end"), (42, 28, 30))[0]
    behind = (
        rng.choice((". ", ". ", ". ", ", ", ", ", ": ", " : ", "; "))
        if date != "front"
        else rng.choice(
            (
                " (Y). ",
                " (Y). ",
                " (Y) ",
                " (Y) ",
                " (Y): ",
                " (Y), ",
                ", (Y). ",
                ". Y. ",
                ". Y. ",
                " Y. ",
                ", Y. ",
                ", Y, ",
                " Y: ",
                " [Y] ",
                ". (Y). ",
                " (Y): ",
                " Y, ",
                ". [Y]. ",
            )
        )
    )
    quotes = rng.random() < 0.28
    title = (
        rng.choice(
            (
                "“T,” ",
                "“T,” ",
                "“T”, ",
                "“T.” ",
                '"T," ',
                '"T", ',
                "„T“, ",
                "«T», ",
                "‘T’, ",
                "‘T.’ ",
                "« T », ",
                "“T”. ",
                "``T,'' ",
                "”T,” ",
            )
        )
        if quotes
        else "T"
    )
    commas = behind in (", ", ", Y, ") or rng.random() < 0.1
    joint = rng.choice(("; ", "/", " / ", " – ", ", ", "; ")) if rng.random() < 0.25 else ", "
    return Style(
        name, later, joint, rng.choice(("and", "and", ", and", ", and", "&", ", &", "", "", "own", ", and ")),
        rng.choice((1, 3, 3, 3, 6, 6, 10, 99, 99, 99)), rng.random() < 0.07, behind, date, title,
        "" if quotes else rng.choice((", ", ", ", ", ", ". ")) if commas else rng.choice((". ", ". ", ". ", ". ", ". ", " // ", ", ", ". – ")),
        rng.choice(("C", "C", "C", "c")), rng.choice(("In: ", "In ", "in: ", "in ", "In: ", "In ", "//", "", ". In: ", "In Proceedings of", "w: ", "dans ", "en ")),
        rng.choice(tuple(_PLACES)), rng.choice(tuple(_IMPRINTS)), rng.choice(("–", "-", "–", "—", "--")), rng.choice(("", "", "doi", "doi", "url", "both")), rng.choice((".", ".", ".", "", ";")),
        rng.random() < 0.75, rng.random() < 0.12, rng.choice(("in", "in", "comma", "eds", "by", "bracket")), rng.random() < 0.04, rng.random() < 0.4, rng.random() < 0.05,
    )  # fmt: skip


def kind_of(rng: random.Random, made: Record, lead: str) -> list[Segment]:
    """The kind of work, its edition, version or number, in brackets or not."""
    value = ""
    if made["type"] == "thesis":
        value = made["genre"]
    elif made["type"] == "report" and rng.random() < 0.6:
        value = f"{made['genre']} {made.get('number', '')}".strip()
    elif "edition" in made:
        value = rng.choice(
            (
                "{}th ed.",
                "Revised Edition",
                "Revised and expanded",
                "{}nd rev. ed.",
                "Editio quarta",
                "{}. Aufl.",
                "{}th edition",
                "{}e éd.",
                "{}a ed.",
                "Rev. ed.",
                "{}. ed.",
            )
        ).format(made["edition"])
    elif "version" in made:
        value = rng.choice(
            (
                f"Version {made['version']}",
                f"v{made['version']}",
                f"(Version {made['version']})",
                "[Computer software]",
                f"R package version {made['version']}",
            )
        )
    elif made["type"] in ("webpage", "dataset") and rng.random() < 0.25:
        value = rng.choice(("[Internet]", "[Online]", "[WWW Document]", "[Data set]", "[Blog post]", "[En línea]"))
    elif made["type"] in ("standard", "patent"):
        value = made.get("number", "")
    if not value:
        return []
    if value[0] in "[(":
        return [(lead, "O", False), (value, "K", False), (rng.choice(("", ". ")) if lead else "", "O", False)]
    form = rng.choice(("{}", "({})", "[{}]", "{}"))
    return [(lead, "O", False), (form.format(value), "K", False), (". " if lead else "", "O", False)]


# ---- where a work appeared ---------------------------------------------------------------------------------------

#: How journals print volume, issue, year and pages; v, n, y, p stand for these and everything else for itself.
_PLACES = (
    ", v(n):p", ", v(n), p", " v(n), p", " v, p (y)", " v (y) p", " v(n):p", ". y;v(n):p", ". y; v: p", ", vol. v, no. n, pp. p", ", vol. v, pp. p, y",
    ", v:p", " v:p", ", v, p", ", v (n): p", ", Vol. v, No. n (y), pp. p", " v, no. n (y): p", ", Bd. v, H. n, S. p", " v (y), S. p", " v(n) (y), pp. p",
    ", y, v, p", ", v, n, p", ", t. v, n° n, p. p", ", y, vol. v, n. n, pp. p", " v.n (y): p", ", y. v(n): p", ", v(n):p, y", " v, n (y), p", ", vol. v, p. p",
    ". v: p", ", v: p", " – v. – y. – P. p", ", v(n), y, pp. p", " y; v: p", ", Jg. v, Nr. n, S. p", " y, v(n), p", " y v p", ", v p (y)", " v.",
    ", v(n) p", ", v(n):p, M y", ". v, p.", " v, p", ", volume v, pages p", ", volume v, issue n, pages p, y", ": v (n), p", ", y(n): p", ", y, No. n, p. p", " y;v:p", ", Vol. v, pp. p",
)  # fmt: skip
#: How publishers are printed: l, u, y for place, publisher and year.
_IMPRINTS = (
    ". l: u",
    ". u",
    ". u, l",
    ", u, l, y",
    " (u, l, y)",
    ". l: u, y",
    ". l: u; y",
    ", l: u y",
    ", l y",
    ", l, u, y",
    " (l: u, y)",
    ": u, l",
    ". l, u",
    ". l : u, y",
    ", u, y",
    ". – l: u, y",
    " (u, y)",
    ". u, l (y)",
    ". u; y",
    ", l : u",
    ", (l: u, y)",
    ". u: l",
)


def printed(form: str, values: dict[str, tuple[str, str]]) -> list[Segment]:
    """The letters of ``form`` that stand alone, filled in; where a value is missing, what leads to it goes as well."""
    out: list[Segment] = []
    for lead, letter in _pieces(form):
        value = values.get(letter, ("", "O"))
        if letter and not value[0]:
            continue
        if lead:
            out.append((lead, "O", False))
        if letter:
            out.append((value[0], value[1], False))
    return out


def _pieces(form: str) -> list[tuple[str, str]]:
    """``form`` cut behind each letter that stands for a value; brackets that are open close with it."""
    found: list[tuple[str, str]] = []
    lead = ""
    for i, char in enumerate(form):
        alone = not (form[i - 1 : i].isalpha() or form[i + 1 : i + 2].isalpha()) and form[i + 1 : i + 2] not in ("°",)
        stopped = (
            char in "pvn"
            and form[i + 1 : i + 2] == "."
            and i + 1 < len(form)
            and not form.endswith(" p.")
            and form[i + 1 : i + 3] != ".n"
        )
        if char in "vnpyMul" and alone and not stopped:
            found.append((lead, char))
            lead = ""
        else:
            lead += char
    if lead:
        found.append((lead, ""))
    return found


def balanced(segments: list[Segment]) -> list[Segment]:
    """Without brackets that nothing fills."""
    text = "".join(s[0] for s in segments)
    if text.count("(") == text.count(")"):
        return segments
    return [
        (part.replace("(", "").replace(")", "") if label == "O" else part, label, italic)
        for part, label, italic in segments
    ]


def addresses_of(rng: random.Random, style: Style, made: Record) -> list[Segment]:
    out: list[Segment] = []
    if "DOI" in made and style.identifiers in ("doi", "both"):
        lead = rng.choice(
            (
                ". https://doi.org/",
                ". doi:",
                ", doi: ",
                ". DOI: ",
                " https://doi.org/",
                ", https://doi.org/",
                ". doi: ",
                " [doi:",
            )
        )
        mark = re.match(r"([.,]? )(.*)", lead)
        out += [(mark[1], "O", False), (mark[2] + made["DOI"], "D", False)] if mark else []
        out += [("]", "O", False)] if "[" in lead else []
    if made["type"] == "book" and rng.random() < 0.08:
        out += [
            (rng.choice((". ", ", ", " ")), "O", False),
            (
                rng.choice(("ISBN ", "ISBN: ", "ISBN"))
                + f"978-{rng.randint(0, 9)}-{rng.randint(100, 999)}-{rng.randint(10000, 99999)}-{rng.randint(0, 9)}",
                "D",
                False,
            ),
        ]
    if made["type"] == "article-journal" and rng.random() < 0.02:
        out += [(" ", "O", False), (f"PMID: {rng.randint(10**6, 10**8)}", "D", False)]
    visit = _visit(rng, made)
    if "URL" in made and (style.identifiers in ("url", "both") or made["type"] == "webpage"):
        lead = rng.choice(
            (
                ". ",
                ". URL ",
                ". Available at: ",
                ". Retrieved from ",
                ". [Online]. Available: ",
                ", URL: ",
                ": ",
                " – URL: ",
                ". Available from: ",
                ", ",
                ". Disponible en: ",
                ". Dostępny w: ",
                ". Режим доступа: ",
            )
        )
        if visit and rng.random() < 0.25:
            out += [(". ", "O", False), *visit, (" from ", "O", False), (made["URL"], "D", False)]
            return out
        out += [(lead, "O", False), (made["URL"], "D", False)]
        if visit:
            out += [(rng.choice((". ", ", ", " (", " [", "; ")), "O", False), *visit]
            out += [({" (": ")", " [": "]"}.get(out[-len(visit) - 1][0], ""), "O", False)]
    return out


def _visit(rng: random.Random, made: Record) -> list[Segment]:
    if "accessed" not in made:
        return []
    y, m, d = made["accessed"]
    day = rng.choice(
        (
            f"{d} {MONTHS[m - 1]} {y}",
            f"{MONTHS[m - 1]} {d}, {y}",
            f"{y}-{m:02d}-{d:02d}",
            f"{d:02d}.{m:02d}.{y}",
            f"{d:02d}/{m:02d}/{y}",
            f"{MONTHS[m - 1][:3]}. {d}, {y}",
            f"{y}",
        )
    )
    return [
        (
            rng.choice(
                (
                    "Accessed ",
                    "accessed on ",
                    "Retrieved ",
                    "last accessed ",
                    "Accessed: ",
                    "cited ",
                    "abgerufen am ",
                    "Zugriff: ",
                    "consulté le ",
                    "dostęp: ",
                    "visited on ",
                    "Consultado el ",
                    "accessed: ",
                )
            )
            + day,
            "A",
            False,
        )
    ]
