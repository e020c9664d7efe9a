"""The terminal speaks Chinese where the system does, else English; data stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from citegrid.cli.main import main
from citegrid.cli.progress import ProgressLine
from citegrid.concurrency.jobs import JobStep
from citegrid.core.messages import Message
from citegrid.screen import system_language as language
from citegrid.store.model_files import models
from citegrid.store.model_files.models import Model, Verified


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_language_is_that_of_the_systems_messages(environment: dict[str, str], expected: str) -> None:
    assert language(environment) == expected


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("C.UTF-8", "citegrid: “gone.png” cannot be opened: No such file or directory. Check the path.\n"),
        ("zh_CN.UTF-8", "citegrid: “gone.png”无法打开：No such file or directory。请检查路径。\n"),
    ],
)
def test_a_fault_is_said_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], locale: str, said: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path))
    assert main(["--quiet", "columns", str(tmp_path / "gone.png")]) == 3
    assert capsys.readouterr() == ("", said)


def test_so_is_progress(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    step = JobStep("Loading the model", 3, 30, Message("part {part} of {parts}", part=1, parts=2), 30.0)
    for locale in ("C", "zh_CN"):
        monkeypatch.setenv("LC_ALL", locale)
        ProgressLine().show(step)
    assert capsys.readouterr().err.splitlines() == [
        "Loading the model · 3 of 30 · about 4 min 30 s left · part 1 of 2",
        "正在加载模型 · 3/30 · 约剩 4 分 30 秒 · 第 1/2 部分",
    ]


def test_models_are_listed_with_their_state(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny = Model("tiny", "Tiny", Path("tiny.gguf"), 98_000_000, "MIT", 2048, known=True, default=True, state="not here")
    monkeypatch.setattr(models, "list_models", lambda: [tiny])
    for locale in ("C", "zh_CN"):
        monkeypatch.setenv("LC_ALL", locale)
        main(["models", "list"])
    english, chinese = capsys.readouterr().out.splitlines()
    assert english.split() == ["tiny", "not", "here", "98", "MB", "Tiny", "(default,", "MIT)"]
    assert chinese.split() == ["tiny", "未下载", "98", "MB", "Tiny（默认，MIT）"]


def test_a_checked_model_says_with_what_it_was_compared(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for listed in (True, False):
        found = Verified(Path("tiny.gguf"), "ab", listed)
        monkeypatch.setattr(models, "verify", lambda name, progress, found=found: found)
        monkeypatch.setenv("LC_ALL", "C")
        main(["models", "verify", "tiny"])
    assert capsys.readouterr().out.splitlines() == [
        "tiny.gguf: sha256 ab, as its publisher lists it",
        "tiny.gguf: sha256 ab, as it was when it was added",
    ]
