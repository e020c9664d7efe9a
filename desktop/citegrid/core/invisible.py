"""Characters that print nothing and change what is read: controls, overrides of the direction of writing, hidden tags.

A paper, a file's name or a project can hold them; what is shown, kept and exported must not.  The joiners of Persian,
Indian scripts and emoji (U+200C, U+200D) stay, for words need them.
"""

from __future__ import annotations

#: First and last of each stretch: controls but tab and line ends, what Unicode calls bidirectional controls, white space
#: without a width, annotations, halves of characters, no characters, language tags.
_STRETCHES = (
    (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0x61C, 0x61C), (0x180E, 0x180E),
    (0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xD800, 0xDFFF), (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF), (0xE0000, 0xE007F),
)  # fmt: skip
_GONE = dict.fromkeys(code for first, last in _STRETCHES for code in range(first, last + 1))


def visible(text: str) -> str:
    """``text`` without such characters; itself where it has none."""
    return text if text.isprintable() else text.translate(_GONE)
