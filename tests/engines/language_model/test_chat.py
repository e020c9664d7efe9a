import sys
import time

import pytest

from citegrid.core.errors import ModelError
from citegrid.engines.language_model import chat
from citegrid.engines.language_model.chat import ChatTemplate, without_thoughts

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
NO_SYSTEM = (
    "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
    "{{ bos_token }}{% for m in messages %}<turn>{{ m.content | trim }}{% endfor %}<model>"
)


def test_a_template_with_a_system_turn():
    assert ChatTemplate(CHATML, "m.gguf").render("S", "U") == (
        "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\n"
    )


def test_a_template_without_a_system_turn_takes_it_in_the_users():
    assert ChatTemplate(NO_SYSTEM, "m.gguf", "<s>").render("S", "U") == "<s><turn>S\n\nU<model>"


def test_the_prompt_is_cut_after_its_shared_part():
    head, tail = ChatTemplate(CHATML, "m.gguf").split("S", "shared ", "own")
    assert head.endswith("user\nshared ")
    assert tail == "own<|im_end|>\n<|im_start|>assistant\n"


def test_a_template_that_is_no_template_is_refused():
    with pytest.raises(ModelError, match=r"m\.gguf"):
        ChatTemplate("{% for %}", "m.gguf")


def test_a_template_cannot_reach_the_machine():
    with pytest.raises(ModelError):
        ChatTemplate("{{ ''.__class__.__mro__[1].__subclasses__() }}", "m.gguf")


def test_thoughts_are_taken_out():
    assert without_thoughts("<think>hm\nhm</think>\n\nanswer") == "answer"
    assert without_thoughts("<think>never ends") == ""


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ 'x' * 10 ** 10 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 'x' * 99999 * 99999 }}",
        "{{ messages[0].content * 99999999 }}",
        "{# " + "x" * 300_000 + " #}{{ messages }}",
    ],
)
def test_a_template_without_end_is_refused_in_seconds(template, monkeypatch):
    monkeypatch.setattr(chat, "LONGEST_RENDERING", 0.3)
    began = time.monotonic()
    with pytest.raises(ModelError, match=r"The chat template inside m\.gguf cannot be used"):
        ChatTemplate(template, "m.gguf")
    assert time.monotonic() - began < 10
    assert sys.gettrace() is None or "look" not in repr(sys.gettrace())


def test_a_template_that_loops_over_long_questions_only_ends_too(monkeypatch):
    monkeypatch.setattr(chat, "LONGEST_RENDERING", 0.3)
    template = ChatTemplate(
        "{% if messages[-1].content|length > 50 %}{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}"
        "{% endfor %}{% endif %}{{ messages }}",
        "m.gguf",
    )
    with pytest.raises(Exception, match="does not come to an end"):
        template.render("s", "a question that is longer than the one it was tried with")
