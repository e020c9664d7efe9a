"""Papers set by HTML in shapes that journals, theses and other languages use; what they cite, and in which sentence, is known.

Each sentence holds a word that no other has, so a citation is right when it is of the right work in the right sentence.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import count
from pathlib import Path

import pymupdf
from tests.pipeline.set_papers import FAMILIES

WORDS = {
    "en": "the share of measured values shows that observed differences in regions remain after correction for several factors which were selected",
    "de": "der Anteil der gemessenen Werte zeigt dass sich die beobachteten Unterschiede in den Regionen auch nach einer Korrektur kaum verändern",
    "fr": "la part des valeurs mesurées montre que les écarts observés dans les régions restent après une correction de plusieurs facteurs choisis",
    "pt": "a parte dos valores medidos mostra que as diferenças observadas nas regiões ficam depois de uma correção de vários fatores escolhidos",
    "es": "la parte de los valores medidos muestra que las diferencias observadas en las regiones quedan tras una corrección de varios factores elegidos",
    "it": "la parte dei valori misurati mostra che le differenze osservate nelle regioni restano dopo una correzione di alcuni fattori scelti allora",
    "pl": "udział zmierzonych wartości pokazuje że różnice obserwowane w regionach pozostają po korekcie kilku wybranych czynników środowiska",
    "tr": "ölçülen değerlerin payı bölgelerde gözlenen farkların seçilen çeşitli etkenler için düzeltmeden sonra da kaldığını gösterir ve bu",
    "tw": "近年來 研究人員 圍繞 水循環 過程 開展了 大量 觀測 模擬 工作 取得 重要 進展 不同 流域 之間 仍有 較大 差異 需要 繼續 討論",
    "ru": "доля измеренных значений показывает что наблюдаемые различия в регионах остаются после поправки на несколько выбранных факторов среды",
    "zh": "近年来 研究人员 围绕 水循环 过程 开展了 大量 观测 模拟 工作 取得 重要 进展 不同 流域 之间 仍有 较大 差异 需要 继续 讨论",
    "ja": "近年 研究者は 水循環の 過程に ついて 多くの 観測を 行い 重要な 成果を 得た 地域の 間には 大きな 差が あり 議論が 必要で",
    "ko": "최근 연구자들은 물 순환 과정에 관한 많은 관측을 수행하여 중요한 성과를 얻었으며 지역 사이에는 큰 차이가 있어 논의가 필요한",
}
_TITLES = {
    "en": "measurement estimation analysis modelling structure dynamics prediction evaluation climate forests markets networks regional robust",
    "de": "Messung Schätzung Analyse Struktur Dynamik Vorhersage Bewertung Klima Wälder Märkte Netze Regionen",
    "fr": "mesure estimation analyse structure dynamique évaluation climat forêts marchés réseaux régions modèles",
    "pt": "medida estimação análise estrutura dinâmica avaliação clima florestas mercados redes regiões modelos",
    "es": "medición estimación análisis estructura dinámica evaluación clima bosques mercados redes regiones modelos",
    "it": "misura stima analisi struttura dinamica valutazione clima foreste mercati reti regioni modelli",
    "pl": "pomiar ocena analiza struktura dynamika prognoza klimat lasy rynki sieci regiony modele",
    "tr": "ölçüm tahmin çözümleme yapı dinamik değerlendirme iklim ormanlar pazarlar ağlar bölgeler modeller",
    "tw": "流域 降水 蒸發 徑流 遙感 模型 預測 評價 結構 區域 氣候 森林 機制 方法",
    "ru": "измерение оценка анализ структура динамика прогноз климат леса рынки сети регионы модели",
    "zh": "流域 降水 蒸发 径流 遥感 模型 预测 评价 结构 区域 气候 森林 机制 方法",
    "ja": "流域 降水 蒸発 観測 解析 予測 評価 構造 地域 気候 森林 機構 手法",
    "ko": "유역 강수 증발 관측 분석 예측 평가 구조 지역 기후 산림 모형 방법",
}
_PEOPLE = {
    "zh": "张三丰 李明 王建国 刘洋 陈思远 赵六安 周文斌 吴晓东 郑海涛 孙丽华 马超群 朱自清 胡一刀 郭靖宇 何其芳 高远 林徽音 罗翔宇 梁思成 宋玉",
    "tw": "張三豐 李明 王建國 劉洋 陳思遠 趙六安 周文斌 吳曉東 鄭海濤 孫麗華 馬超群 朱自清 胡一刀 郭靖宇 何其芳 高遠 林徽音 羅翔宇 梁思成 宋玉",
    "ja": "山田太郎 鈴木花子 佐藤健 高橋明 田中実 伊藤誠 渡辺進 中村勇 小林修 加藤豊 吉田茂 山本武 松本清 井上靖 木村拓 清水潤 斎藤学 森鴎外 池田勝 橋本浩",
    "ko": "김철수 이영희 박민수 최지훈 정수빈 강현우 조은정 윤서연 장동건 임창정 한지민 오세훈 서태지 신동엽 권상우 황정민 안성기 송강호 류승룡 홍길동",
    "ru": "Иванов Петров Сидоров Смирнов Кузнецов Попов Соколов Лебедев Козлов Новиков Морозов Волков Соловьев Васильев Зайцев Павлов Семенов Голубев Виноградов Богданов",
}
_JOURNALS = {
    "en": "Journal of Things", "de": "Zeitschrift für Sachen", "fr": "Revue des Choses", "pt": "Revista de Coisas", "ru": "Вестник науки",
    "es": "Revista de Cosas", "it": "Rivista delle Cose", "pl": "Przegląd Rzeczy", "tr": "Şeyler Dergisi", "tw": "地理學報",
    "zh": "地理学报", "ja": "水文学会誌", "ko": "한국지리학회지",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """``people`` as ``(family, given)``; Chinese, Japanese and Korean names are whole in the first."""

    people: tuple[tuple[str, str], ...]
    year: int
    title: str
    number: int
    journal: str
    letter: str = ""

    @property
    def families(self) -> tuple[str, ...]:
        return tuple(family for family, _ in self.people)

    @property
    def dated(self) -> str:
        return f"{self.year}{self.letter}"


#: Gives the HTML of a citation, the works it means, and whether it can only stand inside the sentence.
Cite = Callable[[random.Random, Sequence[Work]], tuple[str, Sequence[Work]]]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paper cites, lists and is laid out; ``lists`` is how many reference lists it has, ``own`` whether each begins at 1,
    ``most`` how many authors stand before "et al."."""

    cite: Cite
    entry: Callable[[Work], str]
    heading: str = "References"
    language: str = "en"
    columns: int = 1
    css: str = ".entry {margin-left: 16px; text-indent: -16px;}"
    head: str = "A. Author et al. / Journal of Things 12 (2021) 345–350"
    lists: int = 1
    line_numbers: bool = False
    own: bool = False
    appendix: bool = False
    titles: bool = True
    namesakes: bool = False
    last: str = "Acknowledgements"
    most: int = 3
    runs: float = field(default=0.35)


def set_shape(path: Path, shape: Shape, seed: int) -> tuple[list[Work], Counter[tuple[int, str]]]:
    """Write the paper; its works in the order of its lists, and ``(number, word of the sentence)`` of each citation."""
    rnd = random.Random(seed)
    tokens = tokens_of(rnd)
    gold: Counter[tuple[int, str]] = Counter()
    works = works_of(rnd, shape, 18)
    parts = len(works) // shape.lists
    html: list[str] = ["<h1>On the measurement of many things</h1>"]
    for i in range(shape.lists):
        listed = works[i * parts : (i + 1) * parts]
        if shape.own:
            listed = [_renumbered(w, n) for n, w in enumerate(listed, 1)]
        if shape.lists > 1:
            html.append(f"<h2>{i + 1} {'Chapter' if shape.own else 'Methods'}</h2>")
        offset = i * parts if shape.own else 0
        known = listed if shape.own or i == 0 else works[: (i + 1) * parts]
        html += _paragraphs(rnd, shape, known, tokens, gold, 36 // shape.lists + 8, offset)
        html.append(f"<h2>{shape.heading}</h2>")
        html += [f'<p class="entry">{shape.entry(w)}</p>' for w in listed]
    if shape.appendix:
        html.append("<h2>Appendix A. Further results</h2>")
        html += _paragraphs(rnd, shape, works, tokens, gold, 12, 0)
    elif shape.last:
        html.append(
            f"<h2>{shape.last}</h2><p>We thank our colleagues for their help with the measurements of 2019.</p>"
        )
    _draw(path, shape, html)
    return works, gold


def _renumbered(work: Work, number: int) -> Work:
    return Work(work.people, work.year, work.title, number, work.journal, work.letter)


def tokens_of(rnd: random.Random) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        token = "".join(rnd.choice("bdfklmnprstv") + rnd.choice("aeiou") for _ in range(4))
        if token not in seen:
            seen.add(token)
            yield token


def works_of(rnd: random.Random, shape: Shape, number: int) -> list[Work]:
    language = shape.language
    people = _PEOPLE.get(language, "").split() or FAMILIES
    firsts = sorted(rnd.sample(people, number), key=str.casefold)
    years = rnd.sample(range(1985, 2024), number)
    made: list[Work] = []
    for n, (first, year) in enumerate(zip(firsts, years, strict=True), 1):
        more = rnd.sample([p for p in people if p != first], rnd.choice([0, 1, 1, 2, 4]))
        glue = "" if language in ("zh", "tw", "ja") else " "
        words = rnd.sample(_TITLES[language].split(), 5)
        title = glue.join(words)
        given = "АБВГДЕИКЛМНОП" if language == "ru" else "ABCDEFGHJKLMNPRSTVW"
        names = tuple((p, rnd.choice(given)) for p in (first, *more))
        letter = ""
        if shape.namesakes and n % 3 == 2 and made:  # the second work of its author, in the same year
            names, year, letter = made[-1].people, made[-1].year, "b"
            made[-1] = Work(made[-1].people, made[-1].year, made[-1].title, n - 1, made[-1].journal, "a")
        made.append(Work(names, year, title[:1].upper() + title[1:], n, _JOURNALS[language], letter))
    return made


def _paragraphs(
    rnd: random.Random,
    shape: Shape,
    works: Sequence[Work],
    tokens: Iterator[str],
    gold: Counter[tuple[int, str]],
    sentences: int,
    offset: int,
) -> list[str]:
    """Paragraphs of about six sentences, most of which cite."""
    glue, stop = ("", "。") if shape.language in ("zh", "tw", "ja") else (" ", ".")
    vocabulary = WORDS[shape.language].split()
    result: list[str] = []
    text: list[str] = []
    for n in range(sentences):
        token = next(tokens)
        words = [rnd.choice(vocabulary) for _ in range(rnd.randint(9, 20))]
        words[0] = words[0].capitalize()
        words.insert(2, f" {token} " if glue == "" else token)
        sentence = glue.join(words) + stop
        if rnd.random() < 0.8:
            size = rnd.choice([1, 1, 2, 3])
            at = rnd.randrange(len(works))
            chosen = works[at : at + 3] if rnd.random() < shape.runs else rnd.sample(list(works), size)
            cited, named = shape.cite(rnd, chosen)
            gold.update((offset + w.number, token) for w in named)
            before = rnd.random() < 0.2 and not cited.startswith("<sup>")
            if before:  # amid the sentence
                words.insert(6, cited)
                sentence = glue.join(words) + stop
            elif cited.startswith("<sup>") and shape.language not in ("zh", "tw", "ja") and rnd.random() < 0.7:
                sentence += cited
            else:
                sentence = glue.join(words) + ("" if glue == "" or cited.startswith("<sup>") else " ") + cited + stop
        text.append(sentence)
        if len(text) == 6 or n == sentences - 1:
            result.append(f"<p>{(glue or '').join(text) if glue else ''.join(text)}</p>")
            text = []
    return result


def _draw(path: Path, shape: Shape, html: Sequence[str]) -> None:
    font = "sans-serif" if shape.columns == 2 else "serif"
    css = (
        f"body {{font-family: {font}; font-size: 10px; text-align: justify;}} h1 {{font-size: 16px;}} h2 {{font-size: 12px;}}"
        f" p {{margin: 0 0 5px 0;}} sup {{font-size: 6.5px;}} {shape.css}"
    )
    story = pymupdf.Story(html="".join(html), user_css=css)
    width = (595 - 100 - 20 * (shape.columns - 1)) / shape.columns
    writer = pymupdf.DocumentWriter(str(path) + ".set")
    more = 1
    numbers = count(1)
    while more:
        device = writer.begin_page(pymupdf.Rect(0, 0, 595, 842))
        for column in range(shape.columns):
            if not more:
                break
            x = 50 + column * (width + 20)
            more, _ = story.place(pymupdf.Rect(x, 70, x + width, 780))
            story.draw(device)
        writer.end_page()
        if next(numbers) > 40:
            raise ValueError("this text does not end")
    writer.close()
    with pymupdf.open(str(path) + ".set") as pdf:
        for page in pdf:
            page.insert_text(
                (50, 45), shape.head if page.number % 2 else "Journal of Things 12 (2021) 345–350", fontsize=8
            )
            page.insert_text((290, 815), str(345 + page.number), fontsize=9)
            if shape.line_numbers:
                tops = sorted({round(line[3]) for line in page.get_text("words") if 70 < line[1] < 780})
                for n, y in enumerate(tops):
                    page.insert_text((30, y - 2), str(n + 1), fontsize=7)
        pdf.save(path)
    Path(str(path) + ".set").unlink()


# -- how works are cited -----------------------------------------------------------------------------------------------


def numbers(opening: str, closing: str, part: str = ", ", run: str = "–", each: bool = False) -> Cite:
    """``[1, 3–5]``; with ``each`` as ``[1], [3]–[5]``."""

    def cite(rnd: random.Random, works: Sequence[Work]) -> tuple[str, Sequence[Work]]:
        found = sorted(w.number for w in works)
        if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
            pieces, glue = [str(found[0]), str(found[-1])], run
        else:
            pieces, glue = [str(n) for n in found], part
        if each:
            return glue.join(f"{opening}{p}{closing}" for p in pieces), works
        return opening + glue.join(pieces) + closing, works

    return cite


def named(
    last: str, year: str, part: str, many: str, brackets: str = "()", told: str = "{} ({})", spoken: str = ""
) -> Cite:
    """``(Smith & Ng, 2020; Li et al., 2019)`` or ``Smith & Ng (2020)``; ``year`` is a pattern such as ``, {}``.

    With ``spoken`` the names in brackets are capitals, and ``spoken`` stands between two of them in the sentence.
    """

    def name(work: Work, last: str) -> str:
        one, *more = work.families
        return one if not more else f"{one}{last}{more[0]}" if len(more) == 1 else f"{one}{many}"

    def cite(rnd: random.Random, works: Sequence[Work]) -> tuple[str, Sequence[Work]]:
        if rnd.random() < 0.35:
            return escape(told.format(name(works[0], spoken or last), works[0].dated)), works[:1]
        inner = part.join(
            (name(w, last).upper().replace(many.upper(), many) if spoken else name(w, last)) + year.format(w.dated)
            for w in works
        )
        return escape(brackets[0] + inner + brackets[1]), works

    return cite
