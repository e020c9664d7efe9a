import pytest

from citegrid.core.errors import ModelError
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
