"""Borderless: tables without vertical rules, read from how their texts stand over each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from citegrid.pipeline.table_image.glyph_gaps import GlyphRuns, part_at
from citegrid.pipeline.table_image.gutters import Gutter, Profile, find_gutters
from citegrid.pipeline.table_image.header_names import HeaderColumn, HeaderLines, column_of
from citegrid.pipeline.table_image.readings import (
    Features,
    TableCandidate,
    TableReading,
    Way,
    mean,
    of_rows,
    without_row_numbers,
)
from citegrid.pipeline.table_image.regions import Line, Region, blocks, find_regions, sticking_out
from citegrid.pipeline.table_image.ruling_lines import RulingLine, RulingLines
from citegrid.pipeline.table_image.text_boxes import (
    TextBox,
    bottom_of,
    cell_text,
    centre_of,
    is_wide,
    naming_rows,
    overlap,
    top_of,
)

#: What a name that goes on in the next line may end with.
_UNFINISHED = tuple("-/&(（")
#: A long rule reaches over this share of a table; one soon below stands within so many lines.
_LONG_RULE, _SOON = 0.5, 5
#: A gutter that is less likely (log odds) is a doubtful one.
_DOUBTFUL = 2.0
#: What the rows tell where there are none.
_NO_ROWS = {"no rows": 1.0} | dict.fromkeys(
    ("rows", "filled", "long cells", "lone rows", "bare columns", "first row", "goes on below"), 0.0
)


@dataclass(frozen=True, slots=True)
class _PictureFacts:
    """What is known of the picture: its ruling lines, the height of a line of text, where letters stand in each text."""

    rules: RulingLines
    height: float
    runs: GlyphRuns


def read_borderless(
    items: Sequence[TextBox], rules: RulingLines, height: float, runs: GlyphRuns
) -> Iterator[TableCandidate]:
    """The tables whose columns are told by white space, one for each place and header that a table may have."""
    picture = _PictureFacts(rules, height, runs)
    profiles: dict[int, Profile] = {}
    for region in find_regions(items, rules, height):
        profile = profiles.get(id(region.strip))
        if profile is None:
            profile = profiles[id(region.strip)] = Profile(region.strip, runs, rules.vertical, height)
        candidate = _read_region(region, profile, picture)
        if candidate is not None:
            yield candidate


def _read_region(region: Region, profile: Profile, picture: _PictureFacts) -> TableCandidate | None:
    """The table in a region; None where it has no columns."""
    gutters = find_gutters(region, profile)
    if not gutters:
        return None
    if _is_halved(region, gutters):
        gutters = gutters[1:]
    edges = [region.strip.left, *(gutter.middle for gutter in gutters), region.strip.right]
    header, body = (
        [part_at(line, picture.runs, edges[1:-1], picture.height) for line in lines]
        for lines in (region.header, region.body)
    )
    columns = HeaderLines(header, edges, picture.rules, picture.height, region.groups).columns()
    named = [number for number, column in enumerate(columns) if column.name]
    if len(named) < 2:
        return None
    rows = [_cells(row, edges) for row in _rows(body, region, picture.height)]
    below = _cells(body[0], edges) if body else []
    reading = TableReading(
        tuple(columns[number].heading() for number in named),
        tuple(tuple(row[number] for number in named) for row in rows),
    )
    features = {
        **_features(region, gutters, columns, rows, picture),
        **_goes_on_below(region, columns, below, picture),
    }
    return TableCandidate(without_row_numbers(reading), Way.BORDERLESS, features=features)


def _is_halved(region: Region, gutters: Sequence[Gutter]) -> bool:
    """Whether the first two columns are one whose name a diagonal halves: nothing stands below its upper right."""
    if len(gutters) < 3:
        return False
    left, right = gutters[0].middle, gutters[1].middle
    first = [item for item in chain.from_iterable(region.header) if item.cx < right]
    below = any(left < item.cx < right for item in chain.from_iterable(region.body))
    rows = naming_rows(first)
    return not below and 0 < len(rows) < len(first) and all(item.cx < left for item in rows)


def _features(
    region: Region,
    gutters: Sequence[Gutter],
    columns: Sequence[HeaderColumn],
    rows: Sequence[Sequence[str]],
    picture: _PictureFacts,
) -> Features:
    """What tells a table from other texts side by side, and its header from its rows."""
    return {
        **_of_rules(region, picture.rules),
        **_of_gutters(gutters),
        **_of_names(region, columns),
        **(of_rows(rows) if rows else _NO_ROWS),
        "depth": float(region.depth),
        "lone first line": float(len(region.header[0]) == 1 and region.depth > 1),
        "sticking out": sticking_out(region, picture.height),
        "tall header": mean([item.height for line in region.header for item in line]) / picture.height,
        "lines": min(20.0, float(region.end - region.start)) / 20,
        **_surroundings(region, picture.height),
    }


def _of_rules(region: Region, rules: RulingLines) -> Features:
    standing = [rule for rule in rules.vertical if _stands_in(rule, region)]
    inner = range(region.start + 1, region.start + region.depth)
    return {
        "rule above": float(region.has_rule_at(region.start)),
        "rule below header": float(region.has_rule_at(region.start + region.depth)),
        "rule at end": float(region.has_rule_at(region.end)),
        "rule within header": float(any(map(region.has_rule_at, inner))),
        "standing rules": min(4.0, float(len(standing))) / 4,
    }


def _of_gutters(gutters: Sequence[Gutter]) -> Features:
    likely = [gutter.likely for gutter in gutters]
    return {
        "least gutter": min(4.0, *likely),
        "doubtful gutters": float(sum(one < _DOUBTFUL for one in likely)),
        "mean gutter": min(6.0, mean(likely)),
    }


def _of_names(region: Region, columns: Sequence[HeaderColumn]) -> Features:
    names = [column.name for column in columns]
    named = list(filter(None, names))
    grouped = any(column.groups for column in columns)
    return {
        "group lines": float(region.groups),
        "group lines without groups": float(region.groups > 0 and not grouped),
        "grouped": float(grouped),
        "named": len(named) / len(columns),
        "unnamed first": float(not names[0]),
        "unnamed other": float(names[1:].count("")),
        "wide": float(any(map(is_wide, "".join(named)))),
        "raised columns": float(sum(map(_is_raised, columns, columns[1:], columns[2:]))),
        "unfinished names": mean([float(name.endswith(_UNFINISHED)) for name in named]),
    }


def _goes_on_below(
    region: Region, columns: Sequence[HeaderColumn], below: Sequence[str], picture: _PictureFacts
) -> Features:
    """What tells that a header goes on ``below`` it: a line that few columns share, and a rule after a few."""
    if not below or region.has_rule_at(region.start + region.depth):
        return {}
    thin = sum(not text for text in below) / len(columns)
    return {"thin line below": thin, "rule soon below": float(_has_rule_soon(region, picture.rules))}


def _has_rule_soon(region: Region, rules: RulingLines) -> bool:
    """Whether a long rule stands a few lines below a header: the lines before it belong to the header."""
    wide, near = _LONG_RULE * (region.strip.right - region.strip.left), region.body[:_SOON]
    top, bottom = centre_of(near[0]), bottom_of(near[-1]) + 0.5 * (bottom_of(near[-1]) - top_of(near[-1]))
    return any(rule.length > wide and top < rule.at < bottom for rule in rules.horizontal)


def _is_raised(left: HeaderColumn, column: HeaderColumn, right: HeaderColumn) -> bool:
    """Whether the name of a column stands wholly above those at both sides of it, as the name of a group does."""
    if not (left.leaves and column.leaves and right.leaves):
        return False
    bottom = bottom_of(column.leaves)
    return bottom <= top_of(left.leaves) and bottom <= top_of(right.leaves)


def _stands_in(rule: RulingLine, region: Region) -> bool:
    """Whether a standing rule goes through the height of a header."""
    top, bottom = top_of(region.header[0]), bottom_of(region.header[-1])
    return region.strip.left < rule.at < region.strip.right and overlap(rule.start, rule.end, top, bottom) > 0.6 * (
        bottom - top
    )


def _surroundings(region: Region, height: float) -> Features:
    """The white and the rules around a header: what is cut off from it stands close by."""
    lines, first, last = region.strip.lines, region.start, region.start + region.depth - 1
    above, below = _gap(lines, first - 1, height), _gap(lines, last, height)
    within = max((_gap(lines, n, height) for n in range(first, last)), default=0.0)
    ruled_above, ruled_below = region.has_rule_at(first), region.has_rule_at(last + 1)
    return {
        "gap above": above,
        "close above": float(above < 0.5 and not ruled_above),
        "gap below": below,
        "close below": float(below < 0.5 and not ruled_below),
        "gap within": within,
        "gap below against within": 0.0 if ruled_below or first == last else below - within,
        "between three rules": float(region.has_rule_at(first) and ruled_below and region.has_rule_at(region.end)),
        "lines above a rule": min(3.0, float(first)) * ruled_above,
        "rules above": min(4.0, float(sum(place < first for place in region.strip.at_rules))),
        "ruled lines above": min(3.0, float(sum(n > region.strip.at_rules[0] for n in range(1, first + 1))))
        if region.strip.rules
        else 0.0,
        "lines above": min(3.0, float(first)),
        "lines below": min(3.0, float(len(lines) - region.end)),
        "gap at end": _gap(lines, region.end - 1, height),
    }


def _gap(lines: Sequence[Line], line: int, height: float) -> float:
    """The white below a line in heights of a line, three at most, as above the first and below the last one; none where they overlap."""
    if not 0 <= line < len(lines) - 1:
        return 3.0
    return min(3.0, max(0.0, top_of(lines[line + 1]) - bottom_of(lines[line])) / height)


def _cells(row: Sequence[TextBox], edges: Sequence[float]) -> list[str]:
    """The texts of a row's columns."""
    held: list[list[TextBox]] = [[] for _ in pairwise(edges)]
    for item in row:
        held[column_of(item, edges)].append(item)
    return [cell_text(items) for items in held]


def _rows(body: Sequence[Line], region: Region, height: float) -> list[list[TextBox]]:
    """The body's lines as rows: between rules where there are rules between them, else as white space parts them."""
    first = region.start + region.depth
    bands = [bisect_right(region.strip.at_rules, line) for line in range(first, region.end)]
    if len(set(bands)) > 2:
        ends = [*accumulate(map(bands.count, dict.fromkeys(bands)))]
        found: Sequence[Sequence[Line]] = [body[start:end] for start, end in pairwise([0, *ends])]
    else:
        found = blocks(body, height)
    return [list(chain.from_iterable(block)) for block in found]
