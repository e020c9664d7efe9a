"""The white between words: what parts them, and what does not."""

import numpy as np

from citegrid.engines import ocr_words


def test_only_white_that_no_letters_leave_parts_a_few_words() -> None:
    crop = np.full((40, 300, 3), 255, np.uint8)
    for x in (10, 30, 50, 90, 110):  # letters 14 wide, 6 apart; 26 between the words
        crop[10:30, x : x + 14] = 0
    assert ocr_words.word_gaps(crop, sure=True) == [(64, 90)]
    crop[10:30, 70:84] = 0  # now all letters stand alike
    assert ocr_words.word_gaps(crop, sure=True) == []
