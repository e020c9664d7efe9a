"""Aligned: tables without vertical rules, read from how their texts stand over each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from citegrid.pipeline.table_image.glyph_gaps import Stretch, part_at
from citegrid.pipeline.table_image.header import NOTHING, Found, Heading
from citegrid.pipeline.table_image.ruling_lines import Rule, Rules
from citegrid.pipeline.table_image.text_boxes import Item, cell_text, confidence, in_lines, overlap

Line = list[Item]
Stretches = dict[Item, tuple[Stretch, ...]]


def read_aligned(items: Sequence[Item], rules: Rules, height: float, stretches: Stretches) -> Found:
    """The columns and rows of a table whose columns are told by white space; nothing for prose."""
    lines = in_lines(items)
    best = NOTHING
    for run in _runs(lines, rules, height):
        found = _read_run(run, rules, height, stretches)
        if len(found.headings) >= 2 and len(found.headings) * (1 + min(3, len(found.rows))) > len(best.headings) * (
            1 + min(3, len(best.rows))
        ):
            best = found
    return best


def _runs(lines: list[Line], rules: Rules, height: float) -> list[list[Line]]:
    """Stretches of lines that begin with several texts side by side; a wide gap or a title ends one."""
    runs: list[list[Line]] = []
    run: list[Line] = []
    for n, line in enumerate(lines):
        if run:
            gap = min(i.y0 for i in line) - max(i.y1 for i in run[-1])
            ruled = any(
                rule.length > 0.5 * _width(run) and rule.at > min(i.y0 for i in line) for rule in rules.horizontal
            )
            lonely = len(line) == 1 and len(run[-1]) == 1 and len(run) >= 2 and len(run[-2]) == 1
            if (gap > 3 * height and not ruled) or (lonely and gap > 0.8 * height and not ruled):
                runs.append(run)
                run = []
        if not run and len(line) >= 2:
            run.extend(_begun_above(lines[:n], line, height))
        if run or len(line) >= 2:
            run.append(line)
    if run:
        runs.append(run)
    return runs


def _begun_above(above: list[Line], line: Line, height: float) -> list[Line]:
    """The single short texts close above a line: first lines of header cells that need one more than the others."""
    begun: list[Line] = []
    top, width = min(i.y0 for i in line), line[-1].x1 - line[0].x0
    for earlier in reversed(above[-2:]):
        if len(earlier) > 1 or top - earlier[0].y1 > 0.25 * height or earlier[0].width > 0.4 * width:
            break
        begun.insert(0, earlier)
        top = earlier[0].y0
    return begun


def _width(run: list[Line]) -> float:
    return max(i.x1 for line in run for i in line) - min(i.x0 for line in run for i in line)


def _read_run(run: list[Line], rules: Rules, height: float, stretches: Stretches) -> Found:
    wide = [rule for rule in rules.horizontal if rule.length > 0.6 * _width(run)]
    run = _without_tail(run, wide)
    if _is_prose(run):
        return NOTHING
    depth = _header_depth(run, wide, height)
    edges = _gutters(run[:depth], run[depth:], rules, height, stretches)
    if len(edges) < 3:
        return NOTHING
    inner = edges[1:-1]
    header = [part_at(line, stretches, inner, height) for line in run[:depth]]
    body = [part_at(line, stretches, inner, height) for line in run[depth:]]
    names = _names(header, edges, rules, height)
    headings, kept = [], []
    for column, (texts, parts) in enumerate(names):
        if texts:
            box = (
                min(i.x0 for i in parts),
                min(i.y0 for i in parts),
                max(i.x1 for i in parts),
                max(i.y1 for i in parts),
            )
            headings.append(Heading(" / ".join(texts), box, confidence(parts)))
            kept.append(column)
    if len(headings) < 0.6 * len(names) or (len(headings) == 2 and not body and not wide):
        return NOTHING
    rows = []
    for group in _rows(body, wide, height):
        cells: list[list[Item]] = [[] for _ in names]
        for item in group:
            cells[_column_of(item, edges)].append(item)
        rows.append(tuple(cell_text(cells[c]) for c in kept))
    return Found(tuple(headings), tuple(rows))


def _without_tail(run: list[Line], wide: Sequence[Rule]) -> list[Line]:
    """The run without lines of prose at its end: single texts below the last rule, or over half the width."""
    last = max((rule.at for rule in wide), default=float("inf"))
    width = _width(run)
    end = len(run)
    while end > 1 and len(run[end - 1]) == 1:
        item = run[end - 1][0]
        if item.cy < last and item.width < 0.5 * width:
            break
        end -= 1
    # A short last line of a paragraph hides the longer ones above it.
    while end < len(run) and len(run[end]) == 1 and run[end][0].cy < last and run[end][0].width < 0.5 * width:
        end += 1
    return run[:end]


def _header_depth(run: list[Line], wide: Sequence[Rule], height: float) -> int:
    """How many lines the header has: down to the first rule below it, else the first row that white space parts."""
    first_bottom = max(i.y1 for i in run[0])
    for rule in sorted(wide, key=lambda r: r.at):
        if rule.at < min(i.cy for i in run[0]):
            continue
        above = [line for line in run if sum(i.cy for i in line) / len(line) < rule.at]
        if 1 <= len(above) <= 6 and (len(above) < len(run) or len(above) <= 2) and rule.at - first_bottom < 8 * height:
            return _before_second_row(above, height)
        break
    blocks = _blocks(run, height)
    return len(blocks[0]) if len(blocks) > 1 and len(blocks[0]) <= 4 else 1


def _before_second_row(above: list[Line], height: float) -> int:
    """How many of the lines above a rule are the header: a row that has a text above each of the next row's, well apart,
    is all of it, since a faint rule below it was not seen.  Groups have fewer texts than what is below them."""
    depth = 0
    for block, below in pairwise(_blocks(above, height)):
        depth += len(block)
        gap = min(i.y0 for line in below for i in line) - max(i.y1 for line in block for i in line)
        texts, under = (len(_merged([(i.x0, i.x1) for line in part for i in line], 0.0)) for part in (block, below))
        if texts >= 3 and texts >= under and gap > 0.5 * height:
            return depth
    return len(above)


def _blocks(lines: list[Line], height: float) -> list[list[Line]]:
    """Lines as rows of a table: lines of one cell stand closer than rows do, where the two differ at all."""
    if len(lines) < 2:
        return [lines] if lines else []
    gaps = []
    low = max(i.y1 for i in lines[0])
    for line in lines[1:]:
        gaps.append(min(i.y0 for i in line) - low)
        low = max(low, *(i.y1 for i in line))
    ordered = sorted(gaps)
    jumps = [b - a for a, b in pairwise(ordered)]
    widest = jumps.index(max(jumps)) if jumps else 0
    # Without a clear jump between narrow and wide gaps each line is a row.
    parted = bool(jumps) and jumps[widest] > 0.22 * height and ordered[widest] < 0.45 * height
    limit = (ordered[widest] + ordered[widest + 1]) / 2 if parted else -0.35 * height
    blocks = [[lines[0]]]
    for line, gap in zip(lines[1:], gaps, strict=True):
        if gap > limit:
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _gutters(header: list[Line], body: list[Line], rules: Rules, height: float, stretches: Stretches) -> list[float]:
    """The edges of the columns: the outer ones and the middles of the white stretches between texts."""

    def parts(item: Item) -> list[tuple[float, float]]:
        return [(s.x0, s.x1) for s in stretches[item]]

    leaf = [i for line in (header[1:] if len(header) > 1 else header) for i in line]
    boxes = [part for i in leaf for part in parts(i)]
    heads = _merged(boxes, 0.35 * height)
    spans = [part for line in body if len(line) >= 2 for i in line for part in parts(i)]
    # A text that runs on into the next column is no reason to join the two, as long as it is one of many.
    across = [s for s in spans if sum(overlap(*s, a, b) > 0 for a, b in heads) > 1]
    boxes += [s for s in spans if s not in across] if len(across) <= 0.2 * len(body) else spans
    merged = _merged(boxes, 0.35 * height)
    for item in header[0] if len(header) > 1 else ():
        over = [m for m in merged if overlap(m[0], m[1], item.x0, item.x1) > 0]
        spanned = _span(item, rules, height, merged)
        if len(over) <= 1 and sum(overlap(a, b, *spanned) > 0.5 * (b - a) for a, b in merged) <= 1:
            boxes += parts(item)
    merged = _merged(boxes, 0.35 * height)
    if not merged:
        return []
    edges = [merged[0][0] - height]
    edges += [(a[1] + b[0]) / 2 for a, b in pairwise(merged)]
    return [*edges, merged[-1][1] + height]


def _merged(boxes: Sequence[tuple[float, float]], least: float) -> list[list[float]]:
    """The stretches that boxes cover; those less than ``least`` apart are one."""
    merged: list[list[float]] = []
    for x0, x1 in sorted(boxes):
        if merged and x0 <= merged[-1][1] + least:
            merged[-1][1] = max(merged[-1][1], x1)
        else:
            merged.append([x0, x1])
    return merged


def _span(item: Item, rules: Rules, height: float, merged: Sequence[Sequence[float]]) -> tuple[float, float]:
    """From where to where a header text reaches: as far as the short rule below it, if there is one."""
    width = merged[-1][1] - merged[0][0] if merged else 0.0
    for rule in rules.horizontal:
        if 0 < rule.at - item.cy < 1.5 * height and rule.start - height < item.cx < rule.end + height:
            if rule.length < 0.85 * width:
                return min(item.x0, rule.start), max(item.x1, rule.end)
            break
    return item.x0, item.x1


def _column_of(item: Item, edges: Sequence[float]) -> int:
    shares = [overlap(item.x0, item.x1, a, b) for a, b in pairwise(edges)]
    return shares.index(max(shares)) if any(shares) else 0 if item.cx < edges[0] else len(shares) - 1


def _names(
    header: list[Line], edges: Sequence[float], rules: Rules, height: float
) -> list[tuple[list[str], list[Item]]]:
    """For each column the names from the group down, and the texts they come from."""
    count = len(edges) - 1
    groups: list[list[Item]] = [[] for _ in range(count)]
    leaves: list[list[Item]] = [[] for _ in range(count)]
    for depth, line in enumerate(header):
        for item in line:
            below = [i for later in header[depth + 1 :] for i in later]
            covered = _covered(item, edges, rules, height) if below else []
            if len(covered) > 1 and all(any(_column_of(i, edges) == c for i in below) for c in covered):
                for column in covered:
                    groups[column].append(item)
            else:
                leaves[_column_of(item, edges)].append(item)
    named = []
    for group, leaf in zip(groups, leaves, strict=True):
        texts = [t for t in (cell_text(group), cell_text(leaf)) if t]
        named.append((texts, leaf or group))
    return named


def _covered(item: Item, edges: Sequence[float], rules: Rules, height: float) -> list[int]:
    """The columns under a group's text: those under the short rule below it, else those it reaches into."""
    x0, x1 = _span(item, rules, height, [(edges[0], edges[-1])])
    return [c for c, (a, b) in enumerate(pairwise(edges)) if overlap(x0, x1, a, b) > min(0.35 * (b - a), 2 * height)]


def _rows(body: list[Line], wide: Sequence[Rule], height: float) -> list[list[Item]]:
    """The body's lines as rows: between rules where there are rules between them, else as white space parts them."""

    def band(line: Line) -> int:
        return sum(rule.at < sum(i.cy for i in line) / len(line) for rule in wide)

    if len({band(line) for line in body}) > 2:
        blocks = [list(lines) for _, lines in groupby(body, band)]
    else:
        blocks = _blocks(body, height)
    return [[item for line in block for item in line] for block in blocks]


def _is_prose(run: list[Line]) -> bool:
    """Lines of running text, also in two columns: mostly long texts, hardly any short ones."""
    texts = [i.text for line in run for i in line]
    long = sum(len(text) > 24 for text in texts)
    return len(run) >= 4 and long > 0.75 * len(texts)
