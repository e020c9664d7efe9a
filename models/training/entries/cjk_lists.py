"""Chinese lists by GB/T 7714, with Chinese and foreign works, and Chinese, Japanese and Korean ones with their own quotes."""

from __future__ import annotations

import random

import words as w
from labelled import Labelled, of_segments
from people import organisation, person, pinyin
from pieces import MARKS, Segment, style
from printed_names import editors_of, name_of
from records import Record, record
from titles import Material


def gbt_list(rng: random.Random, material: Material, size: int) -> list[Labelled]:
    """GB/T 7714 with its marks, in Chinese and English, with full-width or plain signs; one list in four of foreign works mostly."""
    wide = rng.choice(
        (
            {".": ". ", ",": ", ", ":": ": "},
            {".": ". ", ",": ", ", ":": ": "},
            {".": "．", ",": "，", ":": "："},
            {".": ".", ",": ",", ":": ":"},
            {".": "．", ",": ", ", ":": ": "},
            {".": ".", ",": "，", ":": "："},
        )
    )
    latin = rng.choice(("F I I", "F I I", "F II", "F, I. I.", "F, I.I.", "F I. I.", "I. I. F", "F N", "F N", "F N"))
    upper = 0.9 if latin == "F N" and rng.random() < 0.8 else 0.3
    return [
        _gbt(
            rng,
            _in_pinyin(rng, record(rng, material, "zh" if rng.random() < 0.6 else "en"), latin),
            wide,
            latin,
            rng.random() < upper,
        )
        for _ in range(size)
    ]


def _in_pinyin(rng: random.Random, made: Record, latin: str) -> Record:
    """A foreign work, more often than not by people with Chinese names where given names are in full: "ZHANG San, LI Xiaoming"."""
    if latin == "F N" and made["language"] == "en" and made["author"] and rng.random() < 0.7:
        several = made["author"][: rng.choice((2, 2, 3, 9))]
        made["author"] = [pinyin(rng) if "given" in one else one for one in several]
    return made


def _gbt(rng: random.Random, made: Record, sign: dict[str, str], latin: str, upper: bool) -> Labelled:
    out: list[Segment] = []
    people = made["author"]
    shown = people[:3]
    if made["language"] == "zh" and not people:
        people = shown = [{"literal": organisation(rng, "zh")}]
    if made["language"] == "zh" and people and rng.random() < 0.05:
        out.append((rng.choice(("[美]", "（英）", "[德] ", "〔法〕")), "O", False))
    for i, one in enumerate(shown):
        out += [(sign[","], "B", False)] if i else []
        out += name_of(one, latin, upper)
    if len(people) > 3:
        out.append((sign[","] + ("等" if made["language"] == "zh" else "et al"), "B", False))
    out += [(sign["."], "O", False)] if out else []
    mark = MARKS[made["type"]]
    online = "URL" in made and "/" not in mark
    out += [
        (made["title"], "T", False),
        (rng.choice(("", "", " ")), "O", False),
        (f"[{mark}{'/OL' if online else ''}]", "K", False),
    ]
    dated: list[Segment] = [(str(made["issued"]), "Y", False)]
    container = made.get("container-title", "")
    pages: list[Segment] = [(sign[":"], "O", False), (made["page"], "P", False)] if "page" in made else []
    if made["type"] in ("article-journal", "article-newspaper") and container:
        out += [(sign["."], "O", False), (container, "C", False), (sign[","], "O", False), *dated]
        out += [(sign[","], "O", False), (made["volume"], "V", False)] if "volume" in made else []
        out += [("(", "O", False), (made["issue"], "V", False), (")", "O", False)] if "issue" in made else []
    elif made["type"] in ("paper-conference", "chapter"):
        out += [
            (rng.choice(("//", "// ", sign["."] + "//")), "O", False),
            *[(t, "E", i) for t, _, i in editors_of(rng, style(rng), made)][:3],
        ]
        out += [(sign["."], "O", False)] if out[-1][1] == "E" else []
        out += [(container, "C", False), (sign["."], "O", False)]
        out += _gbt_imprint(made, sign, dated)
    elif made["type"] == "article":
        out += [
            (sign["."], "O", False),
            ("arXiv preprint", "C", False),
            (" ", "O", False),
            (f"arXiv:{made['arxiv']}", "D", False),
            (sign[","], "O", False),
            *dated,
        ]
        pages = []
    elif made["type"] == "webpage" or "/" in mark:
        day = f"{made['issued']}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        out += [(sign["."], "O", False)]
        out += (
            [("(", "O", False), (day[:4], "Y", False), (day[4:], "O", False), (")", "O", False)]
            if rng.random() < 0.6
            else dated
            if rng.random() < 0.7
            else []
        )
        pages = []
    else:
        out += [(sign["."], "O", False), *_gbt_imprint(made, sign, dated)]
    out += pages
    if "accessed" in made or (online and rng.random() < 0.5):
        y, m, d = made.get("accessed", (2020, 3, 4))
        out.append((f"[{y}-{m:02d}-{d:02d}]", "A", False))
    if "URL" in made:
        out += [(sign["."], "O", False), (made["URL"], "D", False)]
    elif "DOI" in made and rng.random() < 0.3:
        out += [(sign["."], "O", False), (f"DOI:{made['DOI']}", "D", False)]
    out.append((rng.choice((".", "．", "")), "O", False))
    if made["language"] == "zh" and rng.random() < 0.04:
        other = "".join(
            f"{rng.choice(w.LISTS.pinyin_families).upper()} {rng.choice('ABCDHJLMWXYZ')}, " for _ in people[:3]
        )[:-2]
        out.append(
            (
                f" {other}. {w.invented(rng, 'en')}[{mark}]. {w.invented(rng, 'en').title()}, {made['issued']}.",
                "X",
                False,
            )
        )
    return of_segments(out)


def _gbt_imprint(made: Record, sign: dict[str, str], dated: list[Segment]) -> list[Segment]:
    place: list[Segment] = (
        [(made["publisher-place"], "L", False), (sign[":"], "O", False)] if "publisher-place" in made else []
    )
    house: list[Segment] = [(made["publisher"], "U", False), (sign[","], "O", False)] if "publisher" in made else []
    return [*place, *house, *dated]


def cjk_list(rng: random.Random, material: Material, size: int) -> list[Labelled]:
    """Footnotes of Chinese journals, Japanese and Korean lists, with their quotes."""
    language = rng.choice(("zh", "zh", "zh", "ja", "ja", "ko", "ko"))
    form = rng.choice(_CJK_FORMS[language])
    made = []
    for _ in range(size):
        kind = rng.choice(("article-journal", "article-journal", "book", "chapter"))
        made.append(
            of_segments(
                _filled(rng, form[0 if kind == "article-journal" else 1], record(rng, material, language, kind))
            )
        )
    return made


_CJK_FORMS = {
    "zh": ((("A：《T》，《C》Y年第N期，第P页。"), ("A：《T》，L：U，Y年，第P页。")), ("A.T.C,Y(N):P.", "A.T.L:U,Y."), ("A．T．C，Y，V（N）：P．", "A．《T》．L：U，Y．"), ("A（Y）：《T》，《C》第N期。", "A（Y）：《T》，L：U。"), ("A, T, C, Y, V(N): P", "A著，《T》，U，Y年版，第P页。"), ("A、《T》、《C》Y年第N期。", "A著，B译：《T》，U，Y年版，第P页。"), ("A（Y）。T。C，V（N），P。", "A（Y）。T。L：U。"), ("A,《T》,载《C》Y年第N期。", "A:《T》,UY年版。")),
    "ja": (("A「T」『C』第V巻第N号，Y年，P頁。", "A『T』U，Y年。"), ("A（Y）「T」『C』V(N), pp.P.", "A（Y）『T』U."), ("A：T，C，Vol.V，No.N，pp.P (Y).", "A：T，U (Y)."), ("A：「T」『C』N号、Y年、P頁", "A：『T』、U、Y年"), ("A「T」、『C』V-N、Y", "A：『T』（U、Y）"), ("A, T, C, V, N, P, Y.", "A, T, U, Y."), ("A. T. C. Y, vol. V, no. N, p. P.", "A. T. U, Y.")),
    "ko": (("A. (Y). T. C, V(N), P.", "A. (Y). T. L: U."), ("A, \"T\", C, V권 N호, Y, pp.P.", "A, 『T』, U, Y."), ("A, 「T」, 『C』 V-N, Y, P쪽.", "A, 『T』, L: U, Y."), ("A. T. C. Y;V(N):P.", "A. T. U; Y.")),
}  # fmt: skip
_CJK_LABELS = {
    "T": ("title", "T"),
    "C": ("container-title", "C"),
    "N": ("issue", "V"),
    "V": ("volume", "V"),
    "P": ("page", "P"),
    "L": ("publisher-place", "L"),
    "U": ("publisher", "U"),
}


def _filled(rng: random.Random, form: str, made: Record) -> list[Segment]:
    out: list[Segment] = []
    joint = rng.choice(("、", "，", ", ", "・", ","))
    for i, char in enumerate(form):
        if form[i : i + 4] == "Vol." or form[i : i + 3] == "No.":
            out.append((char, "O", False))
        elif char == "A":
            if made["language"] == "zh" and rng.random() < 0.12:
                out.append((rng.choice(("[美]", "（英）", "[德]", "〔法〕", "[日]")), "O", False))
            for n, one in enumerate(made["author"][:4]):
                out += [(joint, "B", False)] if n else []
                out += name_of(one, "F, I.", False)
        elif char == "E" or (char == "B" and made["language"] == "zh"):
            out.append((person(rng, "zh")["family"], "E", False))
        elif char == "Y":
            out.append((str(made["issued"]), "Y", False))
        elif char in _CJK_LABELS:
            key, label = _CJK_LABELS[char]
            out.append((made.get(key, str(rng.randint(1, 30))), label, False))
        else:
            out.append((char, "O", False))
    return out
