"""People in the lines of a byline: marks, gaps, titles, degrees and addresses part names and belong to none."""

from __future__ import annotations

import pytest

from citegrid.core.document import Box, Page, Word
from citegrid.pipeline.document.metadata.names import people, persons
from citegrid.pipeline.document.metadata.segments import Segment, segments_of


def byline(*rows: str) -> list[Segment]:
    """The segments of rows of 12 points; ``^`` raises a word, ``|`` leaves a gap between two things."""
    words: list[Word] = []
    for n, row in enumerate(rows):
        x = 50.0
        for text in row.split():
            if text == "|":
                x += 60
                continue
            raised, plain = text.startswith("^"), text.removeprefix("^")
            box = Box(1, x, 100 + 16 * n - 4 * raised, x + 6 * len(plain), 109 + 16 * n - 6 * raised)
            words.append(Word(plain, 2 * len(words), 2 * len(words) + 1, box, n, 0, 7.0 if raised else 12.0, raised))
            x = box.x1 + 3
    return segments_of(Page(1, "1", 800, 800, "", tuple(words)))


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (["Anna Roth, ^a Ben Stark, ^ab Carla Maria", "Weiss, ^b and Dora Lang ^a"], ["Anna Roth", "Ben Stark", "Carla Maria Weiss", "Dora Lang"]),
        (["Anna Roth | Ben Stark | Carla Weiss"], ["Anna Roth", "Ben Stark", "Carla Weiss"]),
        (["Anna Roth", "Ben Stark"], ["Anna Roth", "Ben Stark"]),
        (["Takayuki Nakagawa, Shuji", "Kaneko"], ["Takayuki Nakagawa", "Shuji Kaneko"]),
        (["Anna Roth | Maria Franco da", "Silva | Carla Weiss"], ["Anna Roth", "Maria Franco da Silva", "Carla Weiss"]),
        (["Anna Roth I Ben Stark I Carla Weiss I"], ["Anna Roth", "Ben Stark", "Carla Weiss"]),
        (["作者姓名：李 雷"], ["李雷"]),
        (["殷昊 李寿山 贡正仙"], ["殷昊", "李寿山", "贡正仙"]),
        (["队员姓名：杨张福 刘亚微"], ["杨张福", "刘亚微"]),
        (["刘倩陶县俊王晓东"], ["刘倩", "陶县俊", "王晓东"]),
        (["欧阳明月李四"], ["欧阳明月", "李四"]),
        (["慕容秋雨"], ["慕容秋雨"]),
        (["DeepSeek-AI"], ["DeepSeek-AI"]),
        (["andré miede"], ["andré miede"]),
        (["Freire, Elias; Reis, Otair; Santos,", "Davi dos (1)"], ["Elias Freire", "Otair Reis", "Davi dos Santos"]),
        (["PILOTO LIMA, Bárbara Raquel ^1", "JANUÁRIO, Nicolas dos Santos ^2"], ["Bárbara Raquel PILOTO LIMA", "Nicolas dos Santos JANUÁRIO"]),
        (["Antonio de Oliveira Cavalcanti", "Júnior"], ["Antonio de Oliveira Cavalcanti Júnior"]),
        (["■张三 李四a"], ["张三", "李四"]),
        (["张三 ，李四 综述 王五 审校"], ["张三", "李四", "王五"]),
        (["View Article Online"], ["View Article Online"]),
    ],
)  # fmt: skip
def test_names_in_rows(rows: list[str], names: list[str]) -> None:
    assert list(people(byline(*rows))) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Anna Roth1,2, Ben Stark∗ and Carla de la Cruz3", ["Anna Roth", "Ben Stark", "Carla de la Cruz"]),
        ("Arash Salarian, Member, IEEE, Dr. Kamiar Aminian, Senior Member, IEEE", ["Arash Salarian", "Kamiar Aminian"]),
        (
            "Anadi Kumar Sardar, Md. Haider Ali Biswas, Ann Lee, MD",
            ["Anadi Kumar Sardar", "Md. Haider Ali Biswas", "Ann Lee"],
        ),
        ("Ana Luz Roca y Eva María Sol", ["Ana Luz Roca", "Eva María Sol"]),
        ("Ana Roca y Sol, Eva Luna", ["Ana Roca y Sol", "Eva Luna"]),
        ("Peter Stegmaier / Thomas Feltes", ["Peter Stegmaier", "Thomas Feltes"]),
        ("By Jonathan Guryan, Kory Kroft", ["Jonathan Guryan", "Kory Kroft"]),
        ("J. A. COBB, K. O’NEILL AND C. A. STOCKMEIER", ["J. A. COBB", "K. O’NEILL", "C. A. STOCKMEIER"]),
        ("Francesco Verdoja, Indira Chinara", ["Francesco Verdoja", "Indira Chinara"]),
        ("学生姓名：蔡明学号：201924110803", ["蔡明"]),
        ("Suresh P, School of Computer Science", ["Suresh P"]),
        ("Woo Gon Kim, Jun (Justin) Li and M´elodie Lapointe", ["Woo Gon Kim", "Jun Li", "Mélodie Lapointe"]),
        ("A\uf76e\uf76e\uf761 Roth", ["Anna Roth"]),
        ("Ana Lima Campos - ana@di.br", ["Ana Lima Campos"]),
        ("Ana Lima – Master 2 MIAGE", ["Ana Lima"]),
        ("Deutsches GeoForschungsZentrum (GFZ)", []),
        ("612 66 Brno, Czech Republic", []),
        ("Department of Things, University of Paris", []),
        ("lenovo", []),
    ],
)
def test_names_in_a_line(line: str, names: list[str]) -> None:
    assert list(persons(line)) == names


def test_in_a_japanese_text_a_blank_stands_within_a_name() -> None:
    assert people(byline("丹羽 英人，長谷川 健太郎"), japanese=True) == ("丹羽英人", "長谷川健太郎")
    assert people(byline("丹羽 英人")) == ("丹羽", "英人"), "in a Chinese one it parts two"


def test_a_mark_in_a_line_of_its_own_is_no_row() -> None:
    names = Word("张三", 0, 2, Box(1, 50, 100, 74, 112), 0, 0, 12.0)
    mark = Word("1", 3, 4, Box(1, 75, 100, 79, 106), 1, 1, 7.0)
    (row,) = segments_of(Page(1, "1", 800, 800, "", (names, mark)))
    assert row.text == "张三"


def test_signs_behind_a_name_leave_it_its_size() -> None:
    name = Word("张三", 0, 2, Box(1, 50, 100, 74, 112), 0, 0, 12.0)
    signs = Word("*①②", 3, 6, Box(1, 75, 104, 90, 112), 0, 0, 7.0)
    (row,) = segments_of(Page(1, "1", 800, 800, "", (name, signs)))
    assert row.size == 12.0


def test_an_accent_that_a_font_sets_above_its_letter_stays_in_its_word() -> None:
    words = list[Word]()
    for text, left, start in (
        ("Uli", 50, 0),
        ("B", 70, 4),
        ("€", 77.4, 5),
        ("uchel", 77, 6),
        ("and", 115, 12),
        ("Ann", 140, 16),
        ("Roe", 165, 20),
    ):
        words.append(Word(text, start, start + len(text), Box(1, left, 100, left + 6 * len(text), 109), 0, 0, 12.0))
    assert people(segments_of(Page(1, "1", 800, 800, "", tuple(words)))) == ("Uli Büchel", "Ann Roe")
