"""What cannot be a paper is refused with a sentence and a hint, in either language."""

from __future__ import annotations

from pathlib import Path

import pytest

from citegrid.core.errors import InputError
from citegrid.pipeline.document import open as opening


class Source:
    """A source of too many pages that can be closed."""

    page_count = opening.MOST_PAGES + 1
    closed = False

    def close(self) -> None:
        self.closed = True


def refused(path: Path, source: Source | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        opening.open_document(path, lambda path, password: source)  # type: ignore[arg-type, return-value]
    return caught.value


def test_what_is_not_there_is_a_folder_or_is_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    assert str(refused(tmp_path / "none.pdf")).startswith("none.pdf cannot be opened (")
    assert str(refused(tmp_path)).endswith("is a folder. Choose the PDF of the paper.")
    assert refused(tmp_path / "empty.pdf").said("zh") == "empty.pdf 是空文件。 请重新下载或复制。"


def test_what_is_too_large_or_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"12345")
    source = Source()
    assert str(refused(tmp_path / "a.pdf", source)) == "a.pdf has 5001 pages, more than 5000. Split it into parts."
    assert source.closed
    monkeypatch.setattr(opening, "MOST_BYTES", 4)
    assert refused(tmp_path / "a.pdf").said("zh").startswith("a.pdf 超过 2 GB。")
