"""Which way up a picture is read."""

from tests.doubles.drawn_sheet import Sheet

from citegrid.ports import NEVER, OcrLine


def test_a_picture_that_was_turned_for_its_small_print_is_turned_back_when_its_letters_are_seen_larger():
    sheet = Sheet().grid((50, 250, 450, 650), (50, 110, 170))
    sheet.text(100, 65, "方法").text(300, 65, "结论").text(500, 65, "年份")
    wide, high = sheet.image.width, sheet.image.height

    def turned(line):
        a, b, c, d = ((wide - x, high - y) for x, y in line.corners)
        return OcrLine(line.text, (a, b, c, d), line.confidence)

    def read(picture, *, cancel=NEVER):
        looks.append(picture)
        upside_down = [OcrLine(one.text, (*one.corners[2:], *one.corners[:2]), 0.6) for one in sheet.lines]
        return (
            upside_down if len(looks) == 1 else [turned(one) for one in sheet.lines] if len(looks) == 2 else sheet.lines
        )

    looks = []
    sheet.read = read
    assert sheet.columns()[0] == ["方法", "结论", "年份"]
    assert len(looks) == 3
