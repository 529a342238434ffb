"""Time and memory of the check against the number of owners: a table, and a picture in which a straight line is linear growth."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from checking import check_of, register
from measure import once

WIDTH, HEIGHT, EDGE = 640, 360, 56


@dataclass(frozen=True, slots=True)
class Point:
    """Of so many owners: CPU seconds and peak memory in MiB, medians."""

    owners: int
    cpu: float
    memory: float


def measured(owners: int, runs: int) -> Point:
    """Check a register of so many owners some times."""
    check = [*check_of(register(owners)), "--fresh"]
    done = [once(check) for _ in range(runs)]
    return Point(owners, statistics.median(r.cpu for r in done), statistics.median(r.memory for r in done))


def table(points: Sequence[Point]) -> list[str]:
    """Markdown lines: growth from each size to the next, beside that of the owners."""
    lines = ["| owners | CPU, as a multiple of the size before | owners, as a multiple | peak memory, MiB |", "|---|---|---|---|"]
    for before, p in zip([None, *points], points, strict=False):
        more = f"{p.cpu / before.cpu:.1f} | {p.owners / before.owners:.1f}" if before else "– | –"
        lines.append(f"| {p.owners:,} | {more} | {p.memory:.0f} |")
    return lines


def picture(points: Sequence[Point]) -> str:
    """The same as SVG, both axes logarithmic."""
    low, high = math.log10(points[0].owners), math.log10(points[-1].owners)

    def across(owners: int) -> float:
        return EDGE + (math.log10(owners) - low) / max(high - low, 1e-9) * (WIDTH - 2 * EDGE)

    def line(values: Sequence[float], colour: str, label: str) -> str:
        least, most = math.log10(min(values)), math.log10(max(values))
        heights = [HEIGHT - EDGE - (math.log10(v) - least) / max(most - least, 1e-9) * (HEIGHT - 2 * EDGE) for v in values]
        places = [(across(p.owners), y) for p, y in zip(points, heights, strict=True)]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
        dots = "".join(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{colour}"/>' for x, y in places)
        x, y = places[len(places) // 2]
        word = f'<text x="{x + 8:.0f}" y="{y + 4:.0f}" fill="{colour}">{label}</text>'
        return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}{word}'

    ticks = "".join(f'<text x="{across(p.owners):.0f}" y="{HEIGHT - 20}" text-anchor="middle">{p.owners:,}</text>' for p in points)
    body = line([p.cpu for p in points], "#1f5fa8", "CPU") + line([p.memory for p in points], "#b3541e", "peak memory")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="white"/>{body}{ticks}</svg>\n'
    )
