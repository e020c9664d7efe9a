"""What the kept libraries do for us: encodings told, Markdown and web pages taken apart, in bounded time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from citegrid.core.library import TextBlock
from citegrid.pipeline.library.decoding import PROBE, decode
from citegrid.pipeline.library.markdown_text import MOST_PARSED, read_markdown
from citegrid.pipeline.library.web_page import read_web_page

TRADITIONAL = "第二年的測量值有所上升，第三年又回落，沒有人能夠說明其中的原因。"
JAPANESE = "二年目の測定値は上昇し、三年目には再び低下したが、その原因を説明できる者はいなかった。"
RUSSIAN = "Во втором году измеренное значение выросло, и никто не мог сказать почему."
GERMAN = "Die Größe der Übung wurde überprüft, während die Straße naß war."
ENGLISH = (
    "In the second year the measured value rose, and nobody could say why “it” fell. The café paid €40 for each sample."
)
POLISH = "Wyniki różnią się znacząco między grupami; część uczestników wskazała, że żadna z metod nie była łatwa."
CZECH = "Účastníci řešili úlohy rychleji než dříve. Příčiny těchto změn nejsou zcela zřejmé a vyžadují další šetření."
GREEK = "Τα αποτελέσματα διαφέρουν σημαντικά μεταξύ των ομάδων. Ορισμένοι συμμετέχοντες θεώρησαν τη μέθοδο απλή."
TURKISH = "Sonuçların gruplar arasında önemli ölçüde farklılık gösterdiği ortaya çıktı; katılımcıların bir kısmı güçlük çekti."
HEBREW = "התוצאות שונות באופן משמעותי בין הקבוצות. חלק מהמשתתפים מצאו את השיטה פשוטה."
ARABIC = "تختلف النتائج اختلافا كبيرا بين المجموعات. وجد بعض المشاركين أن الطريقة بسيطة."
KOREAN = "두 번째 해에 측정값이 상승했으나 세 번째 해에는 다시 하락하였고 그 이유를 아무도 설명하지 못했다."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "utf-16-be"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GERMAN, "cp1252"),
        (ENGLISH, "cp1252"),
        (POLISH, "cp1250"),
        (CZECH, "cp1250"),
        (GREEK, "cp1253"),
        (TURKISH, "cp1254"),
        (HEBREW, "cp1255"),
        (ARABIC, "cp1256"),
        (KOREAN, "euc-kr"),
    ],
)
def test_what_is_still_written_besides_unicode_is_told(text, encoding):
    assert decode((text * 3).encode(encoding)) == text * 3


CASE = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "cases" / "l5-big5.txt"


@pytest.mark.skipif(not CASE.is_file(), reason="the corpus of cases is not here")
def test_a_file_in_big5_of_other_programs_users():
    read = decode(CASE.read_bytes())
    assert read is not None and read.startswith("維基大典（Wikipedia）者")


def test_a_long_file_is_told_by_its_beginning_without_tearing_a_character():
    text = f"a{TRADITIONAL}\n" * (PROBE // 40)
    assert len(text.encode("big5")) > PROBE
    assert decode(text.encode("big5")) == text


def test_markdown_becomes_blocks_without_its_marks():
    text = (
        "---\ntitle: Counting worms\nauthors:\n  - Ann Lee\n  - Bo Chen\ndate: 2021-03-04\n---\n"
        "# Aims #\n\nText with **bold**,\n[a link](http://x.y) &amp; ![a picture](p.png).\n\n"
        "- first\n- second\n\n  of two\n\n| a | b |\n|---|---|\n| 1 | |\n\n```\nx = 1\n```\n\n中文第一行\n第二行\n"
    )
    read = read_markdown(text)
    assert (read.title, read.authors, read.year) == ("Counting worms", ("Ann Lee", "Bo Chen"), 2021)
    assert read.parts[0] == TextBlock("Aims", heading=True)
    assert [p.text for p in read.parts[1:]] == [
        "Text with bold, a link & .", "first", "second", "of two", "a | b", "1", "x = 1", "中文第一行第二行"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ('title = "Counting worms"\nauthors = ["Ann Lee", "Bo Chen"]\nyear = 2021', "Counting worms"),
        ('title = never closed"', "In clay"),
        ("a = " + "[" * 100_000, "In clay"),
    ],
)
def test_front_matter_may_be_toml_and_damaged(above: str, title: str) -> None:
    read = read_markdown(f"+++\n{above}\n+++\n\n# In clay\n\nWorms are counted.\n")
    assert read.title == title
    assert (read.authors, read.year) == ((("Ann Lee", "Bo Chen"), 2021) if title == "Counting worms" else ((), None))


def test_markdown_too_large_to_be_parsed_is_read_as_text(monkeypatch):
    monkeypatch.setattr("citegrid.pipeline.library.markdown_text.MOST_PARSED", 10)
    assert MOST_PARSED > 10**6
    assert [p.text for p in read_markdown("One line of **text** here.").parts] == ["One line of **text** here."]


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "x",
        "<p>a" * 50_000,
        "<a " + "x=1 " * 100_000 + ">t",
        "<" * 200_000,
        "",
        "<!-- x -->",
        "a\0b",
    ],
    ids=["deep", "unclosed", "attributes", "signs", "empty", "comment", "zero"],
)
def test_no_page_takes_long(page):
    began = time.process_time()
    read_web_page(page)
    assert time.process_time() - began < 10


def test_a_page_is_read_as_it_was_decoded_whatever_encoding_it_names():
    page = f'<meta charset="gb2312"><title>Home</title><h1>Größe</h1><p>{GERMAN}</p><svg><title>icon</title></svg>'
    read = read_web_page(page)
    assert [p.text for p in read.parts] == ["Größe", GERMAN]
    assert read.title == "Home"
