"""A chat template that a person's model file brings along is tried before the file is taken in."""

import os
import time

import pytest
from tests.store.conftest import gguf_bytes

from citegrid.__main__ import main
from citegrid.core.errors import Cancelled, ModelError
from citegrid.engines.language_model import template_trial
from citegrid.engines.language_model.template_trial import try_template
from citegrid.ports import Flag

SOUND = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}"
LOOPS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def deaf(pipe, template, name):
    """A child that hears nothing, as one does that is deep in the C code of a filter."""
    time.sleep(60)


def dying(pipe, template, name):
    os._exit(9)


def test_a_sound_template_passes_and_one_that_loops_is_one_sentence():
    try_template(SOUND, "m.gguf")
    with pytest.raises(ModelError) as caught:
        try_template(LOOPS, "m.gguf")
    assert caught.value.sentence == "The chat template inside m.gguf cannot be used (it does not come to an end)."


def test_a_trial_is_ended_by_its_deadline_by_a_cancel_and_by_its_own_end(monkeypatch):
    monkeypatch.setattr(template_trial, "LONGEST", 0.3)
    monkeypatch.setattr(template_trial, "_try", deaf)
    with pytest.raises(ModelError, match="does not come to an end"):
        try_template(SOUND, "m.gguf")
    flag = Flag()
    flag.set()
    with pytest.raises(Cancelled):
        try_template(SOUND, "m.gguf", flag)
    monkeypatch.setattr(template_trial, "LONGEST", 20.0)
    monkeypatch.setattr(template_trial, "_try", dying)
    with pytest.raises(ModelError, match="ended the process"):
        try_template(SOUND, "m.gguf")


def test_models_add_refuses_a_template_that_loops_and_takes_a_sound_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    (tmp_path / "bad.gguf").write_bytes(gguf_bytes(template=LOOPS))
    assert main(["models", "add", str(tmp_path / "bad.gguf")]) == 4
    assert "bad.gguf cannot be used (it does not come to an end)" in capsys.readouterr().err
    assert not list((tmp_path / "data").rglob("*.gguf"))
    (tmp_path / "good.gguf").write_bytes(gguf_bytes(template=SOUND))
    assert main(["models", "add", str(tmp_path / "good.gguf")]) == 0
    assert (tmp_path / "data" / "models" / "good.gguf").is_file()
