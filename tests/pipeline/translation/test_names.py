"""Names stand in a translation as their source writes them."""

import pytest

from citegrid.pipeline.translation.names import with_names_as_written

SOURCE = "In human annotation of biographies, ChatGPT achieves a FActScore of only 58%."


@pytest.mark.parametrize(
    ("translation", "wanted"),
    [
        ("ChatGPT的Factscore仅为58%。", "ChatGPT的FActScore仅为58%。"),
        ("ChatGPT的F1分数仅为58%。", "ChatGPT的FActScore分数仅为58%。"),
        ("ChatGPT的FActScore仅为58%，F1更低。", "ChatGPT的FActScore仅为58%，F1更低。"),
        ("GPT-4的F1分数仅为58%。", "GPT-4的F1分数仅为58%。"),
    ],
    ids=["capitals", "another in its place", "one too many", "two strange ones"],
)
def test_names_as_written(translation: str, wanted: str) -> None:
    assert with_names_as_written(translation, SOURCE) == wanted
