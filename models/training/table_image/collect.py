"""``python collect.py FOLDER…``: features of all gutters and readings of the pictures with gold files in folders, with what is right.

Adds them to ``features.json.gz`` beside itself, in the place of what was collected of the same pictures before: hashes of pictures,
numbers, and nothing that stands in a picture.  A feature that is new is nought for pictures that are no longer at hand.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pictures import Labelled, agreement, drawn, labelled, plain

from citegrid.pipeline.table_image import read_template
from citegrid.pipeline.table_image.glyph_gaps import part_at
from citegrid.pipeline.table_image.gutters import Profile, _minima, _parts, gutter_features
from citegrid.pipeline.table_image.header_names import HeaderLines
from citegrid.pipeline.table_image.readings import TableReading
from citegrid.pipeline.table_image.regions import Region, find_regions

FEATURES = Path(__file__).with_name("features.json.gz")
#: A region's header holds the names of the columns: how alike their letters are; gutters give the names: how well.
_HEADER, _NAMES = 0.85, 0.9
_MOST_REGIONS = 4
#: How many drawn sheets are added.
_DRAWN = 70
#: What a gutter through letters costs where several give the same names.
_CROSSING = 0.03
Span = tuple[int, int]


def gutters(one: Labelled) -> Iterator[tuple[dict[str, float], bool]]:
    """Stretches of white in the regions whose header holds the names, and whether the names need them as gutters."""
    for region, profile in _right_regions(one):
        spans = _minima(region, profile)
        chosen = _needed(one, region, profile, spans)
        if not chosen:
            continue
        ink = profile.header(region)
        other = [span for span in spans if span not in chosen]
        apart = [span for span in other if not any(_is_same_white(ink, span, one) for one in chosen)]
        shown = gutter_features(region, profile, spans)
        yield from ((dict(f), s in chosen) for s, f in zip(spans, shown, strict=True) if s in chosen or s in apart)
        yield from ((dict(f), True) for f in gutter_features(region, profile, chosen))
        for span in other:
            together = sorted([*chosen, span])
            yield dict(gutter_features(region, profile, together)[together.index(span)]), False


def _right_regions(one: Labelled) -> list[tuple[Region, Profile]]:
    """The regions whose header has the letters of the names, of each header that with the likeliest end."""
    letters = Counter("".join(dict.fromkeys(part for name in one.names for part in name.split("/"))))
    best: dict[tuple[int, ...], tuple[tuple[bool, int], float, Region]] = {}
    for region in find_regions(one.items, one.rules, one.height):
        seen = Counter(plain("".join(item.text for line in region.header for item in line)))
        alike = 2 * sum((letters & seen).values()) / (sum(letters.values()) + sum(seen.values()))
        ruled = region.has_rule_at(region.end) and bool(region.body)
        rank = (ruled, -region.end if ruled else region.end)
        key = (id(region.strip), region.start, region.depth, region.groups)
        if alike > _HEADER and (key not in best or rank > best[key][0]):
            best[key] = (rank, alike, region)
    found = sorted(best.values(), key=lambda one: -one[1])
    near = [region for _, alike, region in found if alike > found[0][1] - 0.03][:_MOST_REGIONS]
    return [(region, Profile(region.strip, one.runs, one.rules.vertical, one.height)) for region in near]


def _needed(one: Labelled, region: Region, profile: Profile, spans: Sequence[Span]) -> list[Span]:
    """The gutters that together give the names, found one by one; none where nothing gives them."""
    chosen: list[Span] = []
    best, paid = 0.0, 0.0
    while len(chosen) < len(spans):
        worth = [
            (
                agreement(one.names, _names(one, region, profile, sorted([*chosen, span])))
                - paid
                - _cost(region, profile, span),
                span,
            )
            for span in spans
            if span not in chosen
        ]
        most, span = max(worth)
        if most <= best + 1e-9:
            break
        best, paid = most, paid + _cost(region, profile, span)
        chosen.append(span)
    return sorted(chosen) if best + paid > _NAMES else []


def _cost(region: Region, profile: Profile, span: Span) -> float:
    middle = (span[0] + span[1]) // 2
    header, body = _parts(region, profile)
    crossed = (
        float(header[:, middle].mean())
        + float(header[-1, middle])
        + (float(body[:, middle].mean()) if len(body) else 0.0)
    )
    return _CROSSING * (crossed - min(18, span[1] - span[0]) / 180)


def _names(one: Labelled, region: Region, profile: Profile, spans: Sequence[Span]) -> list[str]:
    edges = [region.strip.left, *(profile.x((a + b) / 2) for a, b in spans), region.strip.right]
    header = [part_at(line, one.runs, edges[1:-1], one.height) for line in region.header]
    columns = HeaderLines(header, edges, one.rules, one.height, region.groups).columns()
    return [plain(column.name) for column in columns if column.name]


def _is_same_white(ink: Any, one: Span, other: Span) -> bool:
    low, high = sorted(((one[0] + one[1]) // 2, (other[0] + other[1]) // 2))
    return not ink[:, low : high + 1].any()


def readings(one: Labelled) -> list[dict[str, Any]]:
    """All readings of a picture: their features, how well their names agree, and how many rows they fill."""
    return [
        {
            "features": candidate.weighed(),
            "names": agreement(one.names, [plain(heading.name) for heading in candidate.reading.headings]),
            "rows": _rows(candidate.reading),
        }
        for candidate in read_template._candidates(one.picture, one.items, one.height)
    ]


def _rows(reading: TableReading) -> int:
    """The rows of which half is filled, without those with a single text."""
    filled = [sum(map(bool, row)) for row in reading.rows]
    columns = len(reading.headings)
    return sum(n >= max(2, columns / 2) for n in filled) - sum(n == 1 and columns > 2 for n in filled)


def _features(one: Labelled, seen: list[tuple[dict[str, float], bool]]) -> dict[str, Any]:
    """What goes out of a picture; one line of figures tells how far the work is."""
    found = readings(one)
    print(one.key, len(seen), len(found), flush=True)
    return {"key": one.key, "source": one.source, "table": bool(one.names), "gutters": seen, "readings": found}


def main() -> None:
    """Collect, one line of figures for each picture."""
    gold = sorted(path for folder in sys.argv[1:] for path in Path(folder).glob("*.gold.json"))
    found = [_features(one, list(gutters(one)) if one.names else []) for one in labelled(gold)]
    found += [_features(one, []) for one in drawn(_DRAWN)]  # white is too regular there to learn gutters from
    known = {one["key"]: one for one in json.loads(gzip.decompress(FEATURES.read_bytes()))} if FEATURES.exists() else {}
    known |= {one["key"]: one for one in found}
    FEATURES.write_bytes(gzip.compress(json.dumps([*known.values()]).encode(), mtime=0))


if __name__ == "__main__":
    main()
