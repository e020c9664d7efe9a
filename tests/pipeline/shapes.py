"""The shapes of papers: how journals, theses and other languages cite, list and lay out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from html import escape

from tests.pipeline.set_shapes import Shape, Work, named, numbers


def key_of(work: Work) -> str:
    last = [f.split()[-1].replace("’", "") for f in work.families]
    letters = last[0][:3] if len(last) == 1 else "".join(f[0] for f in last[:3]) + "+" * (len(last) > 3)
    return f"{letters}{work.year % 100:02d}"


def by_key(rnd: random.Random, works: Sequence[Work]) -> tuple[str, Sequence[Work]]:
    """``[SN20, Li19]`` or ``[SN20, Section 3]``."""
    if rnd.random() < 0.3:
        return f"[{key_of(works[0])}, Section 3]", works[:1]
    return "[" + ", ".join(key_of(w) for w in works) + "]", works


def by_page(rnd: random.Random, works: Sequence[Work]) -> tuple[str, Sequence[Work]]:
    """``(Smith 42; Ng and Li 3–5)`` or ``as Smith and Ng say (42)``; words of the title where an author has two works."""

    def name(work: Work) -> str:
        one, *more = work.families
        return one if not more else f"{one} and {more[0]}" if len(more) == 1 else f"{one} et al."

    def pages() -> str:
        at = rnd.randint(12, 480)
        return str(at) if rnd.random() < 0.6 else f"{at}–{at + 4}"

    def title(work: Work) -> str:
        return f", <i>{' '.join(work.title.split()[:2])}</i>" if work.letter else ""

    if rnd.random() < 0.3 and not works[0].letter:
        return f"as {escape(name(works[0]))} say ({pages()})", works[:1]
    return "(" + "; ".join(f"{escape(name(w))}{title(w)} {pages()}" for w in works) + ")", works


def _people(work: Work, form: str, part: str, last: str, most: int = 9, many: str = " et al.") -> str:
    """The authors in ``form`` (``"{f}, {g}."``)."""
    names = [form.format(f=f, g=g, F=f.upper()) for f, g in work.people]
    if len(names) > most:
        return escape(part.join(names[:most]) + many)
    return escape(names[0] if len(names) == 1 else part.join(names[:-1]) + last + names[-1])


def _mla(work: Work) -> str:
    """``Smith, A., and B. Ng.``; from three on ``Smith, A., et al.``"""
    (family, given), *more = work.people
    behind = "" if not more else f", and {more[0][1]}. {more[0][0]}." if len(more) == 1 else ", et al."
    return escape(f"{family}, {given}.{behind}")


def _volume(work: Work) -> str:
    return str(work.number + 3)


NO_INDENT = ".entry {margin-left: 0;}"
FIRST_INDENT = ".entry {margin-left: 0; text-indent: 14px; margin-bottom: 0;}"
TIGHT = ".entry {margin-left: 0; margin-bottom: 0; font-size: 8px;}"
SMALL = ".entry {margin-left: 12px; text-indent: -12px; margin-bottom: 0; font-size: 8px;}"

SHAPES: dict[str, Shape] = {
    "Nature": Shape(
        numbers("<sup>", "</sup>", ","),
        lambda w: f"{w.number}. {_people(w, '{f}, {g}.', ', ', ' & ')} {w.title}. <i>J. Things</i> <b>{_volume(w)}</b>, 34–56 ({w.year}).",
        columns=2, css=SMALL, lists=2,
    ),
    "Science": Shape(
        numbers("(<i>", "</i>)"),
        lambda w: f"{w.number}. {_people(w, '{g}. {f}', ', ', ', ')}, {w.title}. <i>J. Things</i> <b>{_volume(w)}</b>, 34–56 ({w.year}).",
        "References and Notes", columns=2, css=TIGHT,
    ),
    "Science, several works in an entry": Shape(
        numbers("(<i>", "</i>)"),
        lambda w: f"{w.number}. {_people(w, '{g}. {f}', ', ', ', ')}, <i>J. Things</i> <b>{_volume(w)}</b>, 34 ({w.year}); B. Other, <i>ibid.</i> <b>7</b>, 12 ({w.year - 1}).",
        "References and Notes", columns=2, css=TIGHT, titles=False,
    ),
    "keys": Shape(
        by_key, lambda w: f"[{key_of(w)}] {_people(w, '{g}. {f}', ', ', ', and ')}. {w.title}. <i>{w.journal}</i>, {_volume(w)}:34–56, {w.year}.", columns=2,
    ),
    "letters of years": Shape(
        named(" and ", ", {}", "; ", " et al.", told="{}’s ({})"),
        lambda w: f"{_people(w, '{f}, {g}.', ', ', ', and ')} ({w.dated}). {w.title}. <i>{w.journal}</i> {_volume(w)}, 34–56.", namesakes=True, columns=2,
    ),
    "square author-year": Shape(
        named(" and ", ", {}", "; ", " et al.", brackets="[]", told="{} [{}]"),
        lambda w: f"{_people(w, '{g}. {f}', ', ', ', and ')}. {w.title}. <i>{w.journal}</i>, {_volume(w)}:34–56, {w.dated}.", css=NO_INDENT,
    ),
    "AEA": Shape(
        named(" and ", " {}", ", ", " et al."),
        lambda w: f"<b>{_people(w, '{f}, {g}.', ', ', ', and ')}</b> {w.dated}. “{w.title}.” <i>{w.journal}</i> {_volume(w)} (2): 34–56.", css=FIRST_INDENT,
    ),
    "GB/T 7714 numbers": Shape(
        numbers("<sup>[", "]</sup>", ",", "-"),
        lambda w: f"[{w.number}] {_people(w, '{f}', ', ', ', ', 3, ', 等')}. {w.title}[J]. {w.journal}, {w.year}, {_volume(w)}(3): 34-56.", "参考文献", "zh",
    ),
    "GB/T 7714 wide brackets": Shape(
        numbers("〔", "〕", "、", "～"),
        lambda w: f"〔{w.number}〕{_people(w, '{f}', '，', '，', 3, '，等')}．{w.title}[J]．{w.journal}，{w.year}，{_volume(w)}（3）：34—56．", "参 考 文 献", "zh", columns=2, css=TIGHT,
    ),
    "GB/T 7714 full-width brackets": Shape(
        numbers("［", "］", "，", "—"),
        lambda w: f"［{w.number}］ {_people(w, '{f}', '，', '，', 3, '，等')}. {w.title}［J］. {w.journal}，{w.year}，{_volume(w)}（3）：34-56.", "主要参考文献", "zh", columns=2, css=SMALL,
    ),
    "GB/T 7714 names": Shape(
        named("和", "，{}", "；", "等", "（）", "{}（{}）"),
        lambda w: f"{_people(w, '{f}', ', ', ', ', 3, ', 等')}. {w.year}. {w.title}[J]. {w.journal}, {_volume(w)}(3): 34-56.", "参考文献：", "zh", css=SMALL,
    ),
    "Chinese names, no marks": Shape(
        named("、", ",{}", ";", "等", "()", "{}({})"),
        lambda w: f"{_people(w, '{f}', '、', '、', 9)}, {w.year}:《{w.title}》,《{w.journal}》第3期。", "参考文献", "zh", css=NO_INDENT,
    ),
    "chapters": Shape(
        numbers("[", "]"), lambda w: f"[{w.number}] {_people(w, '{g}. {f}', ', ', ' and ')}, “{w.title},” <i>{w.journal}</i>, vol. {_volume(w)}, pp. 34–56, {w.year}.", lists=3, own=True,
    ),
    "Vancouver": Shape(
        numbers("(", ")", ",", "-"),
        lambda w: f"{w.number}. {_people(w, '{f} {g}', ', ', ', ', 3, ', et al')}. {w.title}. J Things. {w.year};{_volume(w)}(2):34-56.", "REFERENCES", columns=2, css=TIGHT,
    ),
    "IEEE, each in brackets": Shape(
        numbers("[", "]", ", ", "–", each=True),
        lambda w: f"[{w.number}] {_people(w, '{g}. {f}', ', ', ', and ', 3, ' <i>et al.</i>')}, “{w.title},” <i>J. Things</i>, vol. {_volume(w)}, no. 2, pp. 34–56, {w.year}.",
        'R<span style="font-size: 9px;">EFERENCES</span>', columns=2, css=SMALL, appendix=True,
    ),
    "ACS": Shape(
        numbers("<sup>", "</sup>", ","),
        lambda w: f"({w.number}) {_people(w, '{f}, {g}.', '; ', '; ')} {w.title}. <i>J. Things</i> <b>{w.year}</b>, <i>{_volume(w)}</i>, 34–56.", "■ REFERENCES", columns=2, css=TIGHT,
    ),
    "RSC, no titles": Shape(
        numbers("<sup>", "</sup>", ","),
        lambda w: f"{w.number} {_people(w, '{g}. {f}', ', ', ' and ')}, <i>J. Things</i>, {w.year}, <b>{_volume(w)}</b>, 34–56.", "Notes and references", columns=2, css=TIGHT, titles=False,
    ),
    "AIP, raised labels": Shape(
        numbers("<sup>", "</sup>", ","),
        lambda w: f"<sup>{w.number}</sup>{_people(w, '{g}. {f}', ', ', ', and ')}, “{w.title},” J. Things <b>{_volume(w)}</b>, 34 ({w.year}).", "REFERENCES", columns=2, css=FIRST_INDENT,
    ),
    "German": Shape(
        named("/", " {}, S. 12", "; ", " u. a.", "()", "{} ({})"),
        lambda w: f"{_people(w, '{f}, {g}.', '; ', '; ')} ({w.dated}): {w.title}. In: {w.journal} {_volume(w)} (3), S. 34–56.", "Quellen- und Literaturverzeichnis", "de", css=NO_INDENT, last="Eidesstattliche Erklärung",
    ),
    "German, et al.": Shape(
        named(" und ", " {}", ", ", " et al.", "()", "{} ({}, S. 15)"),
        lambda w: f"{_people(w, '{f}, {g}.', ', ', ' und ')} ({w.dated}). <i>{w.title}</i>. {w.journal}, {_volume(w)}(3), 34–56.", "7 Literaturverzeichnis", "de", appendix=True,
    ),
    "French": Shape(
        numbers("[", "]", ", ", "-"),
        lambda w: f"[{w.number}] {_people(w, '{F} {g}.', ', ', ' et ')}, « {w.title} », <i>{w.journal}</i>, vol. {_volume(w)}, n° 3, p. 34-56, {w.year}.", "Références bibliographiques", "fr",
    ),
    "French names": Shape(
        named(" et ", ", {}", " ; ", " <i>et al.</i>".replace("<i>", "").replace("</i>", ""), "()", "{} ({})"),
        lambda w: f"{_people(w, '{F}, {g}.', ', ', ' et ')}, {w.dated}, « {w.title} », <i>{w.journal}</i>, vol. {_volume(w)}, n° 3, pp. 34-56.", "BIBLIOGRAPHIE", "fr",
    ),
    "ABNT": Shape(
        named("; ", ", {}", "; ", " et al.", "()", "{} ({})", spoken=" e "),
        lambda w: f"{_people(w, '{F}, {g}.', '; ', '; ', 3, ' et al.')} {w.title}. <b>{w.journal}</b>, v. {_volume(w)}, n. 3, p. 34-56, {w.dated}.", "REFERÊNCIAS", "pt", css=NO_INDENT,
    ),
    "Russian": Shape(
        numbers("[", "]", "; "),
        lambda w: f"{w.number}. {_people(w, '{f} {g}.', ', ', ', ', 3, ' и др.')} {w.title} // {w.journal}. {w.year}. Т. {_volume(w)}. № 3. С. 34–56.", "Список литературы", "ru",
    ),
    "Russian, Литература": Shape(
        numbers("[", "]", ", "),
        lambda w: f"{w.number}. {_people(w, '{f} {g}.', ', ', ', ', 3, ' и др.')} {w.title}. {w.journal}, {w.year}, т. {_volume(w)}, с. 34–56.", "ЛИТЕРАТУРА", "ru", css=NO_INDENT,
    ),
    "Japanese": Shape(
        numbers("<sup>", ")</sup>", ",", "-"),
        lambda w: f"{w.number}) {_people(w, '{f}', '，', '，')}：{w.title}，{w.journal}，Vol.{_volume(w)}，No.3，pp.34-56，{w.year}．", "参考文献", "ja", columns=2, css=SMALL,
    ),
    "Japanese, brackets": Shape(
        numbers("[", "]", ",", "–"),
        lambda w: f"[{w.number}] {_people(w, '{f}', ', ', ', ')}, “{w.title}”, {w.journal}, {_volume(w)}巻, 3号, pp. 34–56 ({w.year}).", "参考文献一覧", "ja",
    ),
    "Japanese names": Shape(
        named("・", "，{}", "；", "ら", "（）", "{}（{}）"),
        lambda w: f"{_people(w, '{f}', '・', '・')}（{w.year}）：{w.title}，{w.journal}，{_volume(w)}，34-56．", "文献", "ja", css=SMALL,
    ),
    "Korean": Shape(
        numbers("[", "]", ", ", "-"),
        lambda w: f"[{w.number}] {_people(w, '{f}', ', ', ', ')}, “{w.title},” {w.journal}, 제{_volume(w)}권, 제3호, pp. 34-56, {w.year}.", "참고문헌", "ko",
    ),
    "Korean names": Shape(
        named("·", ", {}", "; ", " 외", "()", "{}({})"),
        lambda w: f"{_people(w, '{f}', ', ', ', ')} ({w.year}). {w.title}. {w.journal}, {_volume(w)}(3), 34-56.", "참고 문헌", "ko",
    ),
    "labels apart": Shape(
        numbers("[", "]", ","),
        lambda w: f"{w.number}.&#160;&#160;&#160;&#160;{_people(w, '{f}, {g}.', ', ', ', ')}: {w.title}. {w.journal} <b>{_volume(w)}</b>(2), 34–56 ({w.year})", "Literature Cited", css=".entry {margin-left: 24px; text-indent: -24px;}",
    ),
    "before an appendix": Shape(
        named(" & ", ", {}", "; ", " et al."),
        lambda w: f"{_people(w, '{f}, {g}.', ', ', ', & ')} ({w.dated}). {w.title}. <i>{w.journal}, {_volume(w)}</i>(2), 34–56. https://doi.org/10.1000/things.{w.number}{w.year}", "Bibliography", appendix=True,
    ),
    "AMS": Shape(
        numbers("[", "]"), lambda w: f"[{w.number}] {_people(w, '{g}. {f}', ', ', ' and ')}, <i>{w.title}</i>, J. Things <b>{_volume(w)}</b> ({w.year}), no. 3, 34–56.",
    ),
    "LNCS": Shape(
        numbers("[", "]", ","), lambda w: f"{w.number}. {_people(w, '{f}, {g}.', ', ', ', ')}: {w.title}. In: Proc. of Things, pp. 34–56. Springer ({w.year})", css=TIGHT,
    ),
    "Turabian": Shape(
        named(" and ", " {}, 45", "; ", " et al.", told="{} ({}, 45)"),
        lambda w: f"{_people(w, '{f}, {g}.', ', ', ', and ')} {w.dated}. <i>{w.title}</i>. New York: Academic Press.", "Works Consulted",
    ),
    "MNRAS": Shape(
        named(" & ", " {}", "; ", " et al."), lambda w: f"{_people(w, '{f} {g}.', ', ', ', ')}, {w.dated}, J. Things, {_volume(w)}, 34", "REFERENCES", columns=2, css=SMALL, titles=False,
    ),
    "NEJM": Shape(
        numbers("<sup>", "</sup>", ","), lambda w: f"{w.number}. {_people(w, '{f} {g}', ', ', ', ', 3, ', et al')}. {w.title}. J Things {w.year};{_volume(w)}:34-56.", "R E F E R E N C E S", columns=2, css=SMALL,
    ),
    "Lancet": Shape(
        numbers("<sup>", "</sup>", ","), lambda w: f"{w.number}&#160;&#160;{_people(w, '{f} {g}', ', ', ', ', 3, ', et al')}. {w.title}. <i>J Things</i> {w.year}; <b>{_volume(w)}:</b> 34–56.", columns=2, css=TIGHT,
    ),
    "review copy": Shape(
        named(" & ", ", {}", "; ", " et al."), lambda w: f"{_people(w, '{f}, {g}.', ', ', ', & ')} ({w.dated}). {w.title}. <i>{w.journal}, {_volume(w)}</i>(2), 34–56.", line_numbers=True,
    ),
    "Polish": Shape(
        named(", ", " {}, s. 12", "; ", " i in.", brackets="[]", told="{} [{}]"),
        lambda w: f"{_people(w, '{f} {g}.', ', ', ', ')} ({w.dated}), <i>{w.title}</i>, „{w.journal}”, nr {_volume(w)}, s. 34–56.", "Bibliografia", "pl",
    ),
    "Spanish": Shape(
        named(" y ", ", {}", "; ", " et al."), lambda w: f"{_people(w, '{f}, {g}.', ', ', ' y ')} ({w.dated}). {w.title}. <i>{w.journal}</i>, {_volume(w)}(3), 34-56.", "Bibliografía", "es", appendix=True,
    ),
    "Italian": Shape(
        named(" e ", " {}", "; ", " et al."), lambda w: f"{_people(w, '{f} {g}.', ', ', ', ')} ({w.dated}), <i>{w.title}</i>, in «{w.journal}», {_volume(w)}, pp. 34-56.", "Riferimenti bibliografici", "it", css=NO_INDENT,
    ),
    "Turkish": Shape(
        named(" ve ", ", {}", "; ", " vd."), lambda w: f"{_people(w, '{f}, {g}.', ', ', ' ve ')} ({w.dated}). {w.title}. <i>{w.journal}</i>, {_volume(w)}(3), 34-56.", "KAYNAKÇA", "tr",
    ),
    "traditional Chinese": Shape(
        named("、", "，{}", "；", "等", "（）", "{}（{}）"), lambda w: f"{_people(w, '{f}', '、', '、')}（{w.year}）。{w.title}。<b>{w.journal}</b>，{_volume(w)}（3），34-56。", "參考文獻", "tw",
    ),
    "traditional Chinese, quotes": Shape(
        numbers("[", "]", ","), lambda w: f"[{w.number}] {_people(w, '{f}', '、', '、')}，「{w.title}」，{w.journal}，第{_volume(w)}卷，第3期，34-56頁，{w.year}。", "六、參考文獻", "tw", css=TIGHT,
    ),
    "keys with places": Shape(
        by_key, lambda w: f"[{key_of(w)}]&#160;&#160;{_people(w, '{g}. {f}', ', ', ' and ')}. “{w.title}”. In: <i>{w.journal}</i> {_volume(w)}.3 ({w.year}), pp. 34–56. DOI: 10.1000/things.{w.number}{w.year}.", css=".entry {margin-left: 50px; text-indent: -50px;}",
    ),
    "numbers, addresses": Shape(
        numbers("[", "]", ", ", "–"),
        lambda w: f"[{w.number}] {_people(w, '{g}. {f}', ', ', ' and ')}. {w.title}. {w.year}. URL: https://www.things.example.org/archive/{w.year}/{_volume(w)}/paper-{w.number}_final.pdf (visited on 05/12/2021).", columns=2,
    ),
    "Harvard, quotes": Shape(
        named(" and ", ", {}, p. 12", "; ", " et al.", told="{} ({}, pp. 3–5)"),
        lambda w: f"{_people(w, '{f}, {g}.', ', ', ' and ')} ({w.dated}) ‘{w.title}’, <i>{w.journal}</i>, {_volume(w)}(2), pp. 34–56. doi: 10.1000/things.{w.number}{w.year}.", "Reference list", css=NO_INDENT,
    ),
    "MLA": Shape(
        by_page, lambda w: f"{_mla(w)} “{w.title}.” <i>{w.journal}</i>, vol. {_volume(w)}, no. 2, {w.year}, pp. 34–56.", "Works Cited", css=".entry {margin-left: 30px; text-indent: -30px;}", most=1,
    ),
    "MLA, books and titles": Shape(
        by_page, lambda w: f"{_mla(w)} <i>{w.title}</i>. Things UP, {w.year}.", "Works Cited", namesakes=True, most=1,
    ),
    "Annual Reviews": Shape(
        numbers("(", ")", ", ", "–"), lambda w: f"{w.number}. {_people(w, '{f} {g}', ', ', ', ', 3, ', et al')}. {w.year}. {w.title}. <i>J. Things</i> {_volume(w)}:34–56", "LITERATURE CITED", columns=2, css=SMALL,
    ),
    "Chinese review, ranges": Shape(
        numbers("<sup>[", "]</sup>", "、", "～"), lambda w: f"[{w.number}]{_people(w, '{f}', '，', '，', 3, '，等')}。{w.title}[J]。{w.journal}，{w.year}，{_volume(w)}（3）：34～56。", "参考文献(References)", "zh", columns=2, css=TIGHT,
    ),
}  # fmt: skip
