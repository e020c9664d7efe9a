"""Names of people and organisations in the lines of a title page."""

from __future__ import annotations

from citegrid.core.text import join_lines
from citegrid.pipeline.document.metadata.patterns import (
    BETWEEN_NAMES,
    CHINESE_NAME,
    CHINESE_NAMES,
    LIST_GOES_ON,
    LIST_OPEN,
    LONG_WORD,
    MAIL,
    NAME,
    NAME_MARKS,
    NO_AUTHOR,
    ONLY_MARKS,
    TEAM,
    WORKPLACE,
)

#: More names than these are no byline; a name has no more words.
MOST_NAMES, _MOST_WORDS = 40, 6
#: In its first characters a line says that it is no list of names.
_HEAD = 30
#: The name of an organisation has no more characters, and no more long words where only its address tells it.
_LONGEST, _MOST_OF_ADDRESS = 60, 4


def names_of(text: str) -> tuple[str, ...]:
    """The names that ``text`` begins with; a line that is no list of names ends them. Empty when it does not begin with one."""
    plain = join_lines(text)
    if CHINESE_NAMES.fullmatch(plain) and not NO_AUTHOR.search(plain[:_HEAD]):
        return tuple(CHINESE_NAME.findall(plain))
    names: list[str] = []
    before = ""
    for line in text.strip().split("\n"):
        if not ONLY_MARKS.fullmatch(line):
            found = names_of_line(line)
            if not found or (names and not _goes_on(before, line)):
                break
            names += found
        before = line
    return tuple(names[:MOST_NAMES])


def names_of_line(line: str) -> list[str]:
    """The names of one line; empty where it holds something else before the first."""
    if NO_AUTHOR.search(line[:_HEAD]) or WORKPLACE.search(line):
        return []
    names: list[str] = []
    parts = (" ".join(part.split()) for part in BETWEEN_NAMES.split(NAME_MARKS.sub(" ; ", line)))
    for part in parts:
        if NAME.fullmatch(part) and len(part.split()) <= _MOST_WORDS:
            names.append(part)
        elif part and not names:
            return []
    return names


def organisation(text: str, following: str) -> str:
    """The organisation that signs a paper alone: a team, or a name that the address below it bears; empty otherwise."""
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST or not name[0].isupper() or "@" in name:
        return ""
    return name if _has_address(name, following) or TEAM.search(name) else ""


def _goes_on(before: str, line: str) -> bool:
    """Whether a line of names goes on with the list of the line before."""
    return "," in line or LIST_OPEN.search(before) is not None or LIST_GOES_ON.match(line) is not None


def _has_address(name: str, following: str) -> bool:
    mail = MAIL.search(following)
    words = [w.casefold() for w in LONG_WORD.findall(name)]
    return mail is not None and len(words) <= _MOST_OF_ADDRESS and any(w in mail.group(1).casefold() for w in words)
