"""The works of the table for reference managers: BibTeX, RIS and CSL-JSON.

A work's own data are its title, authors and year; where the paper's reference
list is known, venue, DOI, arXiv number and address come from its entry.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from citegrid.core.papers import ids_of
from citegrid.core.project import Project
from citegrid.core.reference import Reference, WorkKind
from citegrid.pipeline.export.plain_text import clean

_CONFERENCE = re.compile(r"\b(proceedings|proc\.|conference|symposium|workshop|meeting of)|会议|论文集|研讨会", re.I)
_PREPRINT = re.compile(r"\b(arxiv|corr|biorxiv|medrxiv|preprint)\b|预印本", re.I)
#: What stands in the place of a venue without being a journal: publishers, universities, addresses.
_NO_JOURNAL = re.compile(
    r"\b(press|publish\w*|verlag|springer|elsevier|wiley|routledge|university|institute|thesis|dissertation|report|https?)\b"
    r"|出版社|大学|学院|学位论文|研究院|报告",
    re.I,
)
#: What is a journal whatever else its name holds: 清华大学学报, Journal of the University of …
_JOURNAL = re.compile(
    r"^(?!.*https?:).*(?:\b(?:journal|transactions|annals|bulletin)\b|(?:学报|杂志|期刊|通报|季刊|月刊)(?!社))", re.I
)
_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {c: "\\" + c for c in "&%$#_"}
_PARTICLES = {"van", "von", "der", "den", "de", "da", "di", "del", "della", "dos", "du", "la", "le", "ter", "ten", "zu"}
_STOP = {"a", "an", "the", "on", "of", "in", "for", "to", "and", "with", "is", "are"}


@dataclass(frozen=True, slots=True)
class Item:
    """A work with all that is known of it; ``kind`` is a CSL type."""

    key: str
    kind: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""


def items_of(project: Project, references: Sequence[Reference] = ()) -> list[Item]:
    """The works of the table in its order, each with a key of its own."""
    entries = {r.id: r for r in references}
    taken: set[str] = set()
    items = []
    for row in project.table.rows:
        work = row.work
        entry = next((entries[one] for one in ids_of(work) if one in entries), None)
        venue = clean(entry.venue) if entry else ""
        arxiv = clean(entry.arxiv) if entry else ""
        authors = tuple(a for a in (clean(a) for a in work.authors) if a)
        if work.kind is WorkKind.PAPER:
            authors = tuple(_family_first(a) for a in authors)
        key = _key(authors, work.year, clean(work.title), taken)
        taken.add(key)
        items.append(
            Item(
                key,
                _kind(venue, arxiv),
                clean(work.title),
                authors,
                work.year,
                venue,
                clean(entry.doi) if entry else "",
                arxiv,
                clean(entry.url) if entry else "",
            )
        )
    return items


def _family_first(name: str) -> str:
    """``Ludwig van Beethoven`` as ``van Beethoven, Ludwig``: the authors on a paper's front page are people."""
    words = name.split()
    if "," in name or len(words) < 2 or not name[0].isalpha() or ord(name[0]) > 0x24F:
        return name
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    return f"{' '.join(words[at:])}, {' '.join(words[:at])}"


def _kind(venue: str, arxiv: str) -> str:
    if _CONFERENCE.search(venue):
        return "paper-conference"
    if _PREPRINT.search(venue) or (arxiv and not venue):
        return "article"  # CSL's word for a preprint
    return "article-journal" if venue and (_JOURNAL.search(venue) or not _NO_JOURNAL.search(venue)) else "document"


def _key(authors: Sequence[str], year: int | None, title: str, taken: set[str]) -> str:
    """``Gao2023Enabling``, in ASCII, with a letter behind it when two works would share it."""
    first = _ascii(authors[0].split(",")[0]) if authors else ""
    word = next((w for w in re.findall(r"[A-Za-z]+", _ascii(title, keep=" ")) if w.lower() not in _STOP), "")
    base = f"{first or 'work'}{year or 'nd'}{word.capitalize()}"
    key, n = base, 0
    while key in taken:
        n += 1
        key = f"{base}{chr(96 + n)}" if n <= 26 else f"{base}{n}"
    return key


def _ascii(text: str, keep: str = "") -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if c.isascii() and (c.isalnum() or c in keep))


def write_bib(project: Project, references: Sequence[Reference] = ()) -> str:
    """BibTeX in UTF-8."""
    names = {"paper-conference": "inproceedings", "article-journal": "article"}
    out = []
    for item in items_of(project, references):
        kind = names.get(item.kind, "misc")
        fields = [("title", f"{{{_tex(item.title)}}}"), ("author", " and ".join(_bib_author(a) for a in item.authors))]
        fields.append(("year", str(item.year or "")))
        venue = {"inproceedings": "booktitle", "article": "journal", "misc": "howpublished"}[kind]
        fields.append((venue, _tex(item.venue)))
        # addresses are read as they stand: escaping them would break the link
        fields.append(("doi", item.doi))
        if item.arxiv:
            fields += [("eprint", item.arxiv), ("archiveprefix", "arXiv")]
        fields.append(("url", item.url.replace("{", "%7B").replace("}", "%7D")))
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
        out.append(f"@{kind}{{{item.key},\n{body}}}\n")
    return "\n".join(out)


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in text)


def _bib_author(name: str) -> str:
    """A name that BibTeX cannot take apart wrongly: one without a comma is kept in one piece."""
    whole = "," not in name and " " in name
    return f"{{{_tex(name)}}}" if whole or re.search(r"\band\b", name, re.I) else _tex(name)


def write_ris(project: Project, references: Sequence[Reference] = ()) -> str:
    """RIS, lines ending in CR LF."""
    names = {"paper-conference": "CONF", "article-journal": "JOUR", "article": "UNPB"}
    lines: list[tuple[str, str]] = []
    for item in items_of(project, references):
        lines.append(("TY", names.get(item.kind, "GEN")))
        lines.append(("ID", item.key))
        lines += [("AU", name) for name in item.authors]
        lines.append(("TI", item.title))
        lines.append(("PY", str(item.year or "")))
        lines.append(("T2", item.venue))
        lines.append(("DO", item.doi))
        lines.append(("AN", f"arXiv:{item.arxiv}" if item.arxiv else ""))
        lines.append(("UR", item.url))
        lines.append(("ER", " "))
    return "".join(f"{tag}  - {text.rstrip() if tag == 'ER' else text}\r\n" for tag, text in lines if text)


def write_csl(project: Project, references: Sequence[Reference] = ()) -> str:
    """CSL-JSON: a list of items."""
    out = [csl_item(item) for item in items_of(project, references)]
    return json.dumps(out, ensure_ascii=False, indent=1) + "\n"


def csl_item(item: Item) -> dict[str, Any]:
    """A work as CSL-JSON; what is not known is left out, but for the title."""
    data: dict[str, Any] = {"id": item.key, "type": item.kind, "title": item.title}
    data["author"] = [_csl_name(a) for a in item.authors]
    if item.year is not None:
        data["issued"] = {"date-parts": [[item.year]]}
    data |= {"container-title": item.venue, "DOI": item.doi, "URL": item.url}
    data["number"] = f"arXiv:{item.arxiv}" if item.arxiv else ""
    return {name: value for name, value in data.items() if value or name == "title"}


def _csl_name(name: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": name.rstrip(", ")}
