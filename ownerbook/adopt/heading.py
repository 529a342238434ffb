"""Where the header stands: one row to three, which columns it spans, and what is repeated side by side."""

from __future__ import annotations

import re

from ownerbook.adopt.grid import Grid
from ownerbook.adopt.heads import Head, Heading, is_hint_word, is_wide, known, looks_like_data
from ownerbook.adopt.shapes import shape_of
from ownerbook.adopt.stacking import stacked
from ownerbook.adopt.wordings import look_up, normal, wording
from ownerbook.schema.cells import Kind

SEARCHED, FURTHEST = 60, 300  # used rows from the top; so many where the first ones hold no good header
_EARLY, _GOOD = 0.6, 4.0  # an earlier row is the header when it scores so much of the best, and so much by itself
_NOTE = re.compile(r"^\s*(?:说明|注意?|备注|填表说明|填写说明|注意事项|提示|温馨提示|示例|[0-9一二三四五六七八九十]+[、.．)])")


def find_heading(grid: Grid) -> Heading | None:
    """The header, None for a tab in which no row can be one."""
    used = sorted(grid.rows)[:FURTHEST]
    scores: dict[int, float] = {}
    for n, row in enumerate(used):
        if n >= SEARCHED and max(scores.values(), default=0.0) >= _GOOD:
            break  # below long notes the search goes on until something good is found
        if (score := _score(grid, row, used[n + 1 : n + 16])) is not None:
            scores[row] = score
    if not scores:
        return None
    most = max(scores.values())
    # tables stand one below the other: the first good header is that of the first
    row = next(r for r in used if scores.get(r, 0.0) >= max(_EARLY * most, min(most, _GOOD)))
    best = (scores[row], row)
    heading = _joined(grid, best[1])
    heading.score = best[0]
    spread(grid, heading)
    heading.spans = spans(grid, heading)
    inside = heading.inside()
    heading.heads = {c: h for c, h in heading.heads.items() if c in inside}
    return heading


def spread(grid: Grid, heading: Heading) -> None:
    """A head merged over several columns, with nothing below it in the header, is the head of each: 房号 over 3, 1 and 502."""
    for r1, c1, r2, c2 in grid.tab.merges:
        head, anchor = heading.heads.get(c1), grid.get(r1, c1)
        if head is None or anchor is None or not heading.first <= r1 <= r2 <= heading.last or is_wide(grid, anchor):
            continue
        for column in range(c1 + 1, min(c2, grid.last_column) + 1):
            if column not in heading.heads:
                heading.heads[column] = Head(column, head.text, head.group, True)


def _score(grid: Grid, row: int, below: list[int]) -> float | None:
    cells = list(grid.rows[row].values())
    wide = [c for c in cells if not is_wide(grid, c)]
    texts = [c for c in wide if c.kind == Kind.TEXT]
    if not texts or (len(texts) == 1 and (_NOTE.match(texts[0].text) or len(texts[0].text) > 12)):
        return None
    score, seen = 0.0, set[str]()
    for cell in texts:
        plain = normal(cell.text)
        if is_hint_word(cell.text):
            score -= 0.8
            continue
        if plain in seen:
            score += 0.8 if known(cell.text) >= 0.75 else 0.1
            continue
        seen.add(plain)
        weight = known(cell.text)
        if looks_like_data(cell):
            score -= 1.0
        elif weight >= 0.55:
            score += 1.6 * weight
        elif len(wording(cell.text).plain) <= 10:
            score += 0.2 if shape_of(cell) not in ("name", "names", "date", "state", "yes-no", "sex", "place") else -0.3
        else:
            score -= 0.4
    score -= 1.0 * sum(c.kind in (Kind.NUMBER, Kind.BOOL) for c in wide) + 0.3 * sum(c.is_date for c in wide)
    columns = {c.column for c in texts}
    if below:
        filled = sum(any(c in grid.rows[r] for r in below) for c in columns) / len(columns)
        score += 0.6 * filled
    if len(columns) == 1:
        score -= 1.0
    return score if score > 0 else None


def _joined(grid: Grid, row: int) -> Heading:
    """The header around its best row: that row alone, or with those above and below it."""
    best = Heading(row, row, {c.column: Head(c.column, c.text.strip()) for c in grid.rows[row].values() if not is_hint_word(c.text)})
    most = _worth(best)
    lowest = max((r2 for r1, c1, r2, _ in grid.tab.merges if r1 == row and c1 in best.heads), default=row)
    if row < lowest <= row + 2 and (down := stacked(grid, row, lowest)) is not None:
        best, most = down, max(most, _worth(down))  # heads that are merged downwards show how deep the header is
    for top, bottom in ((row - 1, row), (row, row + 1), (row - 2, row), (row - 1, row + 1), (row, row + 2)):
        if all(r in grid.rows for r in range(top, bottom + 1)):
            taller = stacked(grid, top, bottom)
            if taller is not None and (worth := _worth(taller)) > most + 0.25:
                best, most = taller, worth
    return best


def _worth(heading: Heading) -> float:
    texts = [(h.own, h.group) for h in heading.heads.values()]
    return sum(known(t, g) for t, g in set(texts))


def spans(grid: Grid, heading: Heading) -> list[tuple[int, int]]:
    """First and last column of each block: header cells that stand together, cut where the same header begins again.

    A column without a header inside belongs to its block; so does one at the right edge when most rows fill it. Explanations
    that stand apart, without a header of their own in the header row, belong to none.
    """
    columns = sorted(heading.heads)
    if not columns:
        return []
    runs: list[list[int]] = [[columns[0]]]
    for column in columns[1:]:
        if column - runs[-1][-1] > 3 and not any(_filled(grid, heading.last, c) for c in range(runs[-1][-1] + 1, column)):
            runs.append([])
        runs[-1].append(column)
    known_runs = [r for r in runs if sum(known(heading.heads[c].own, heading.heads[c].group) >= 0.55 for c in r) >= 1 or len(runs) == 1]
    out: list[tuple[int, int]] = []
    for run in known_runs or runs[:1]:
        out.extend(_repeated(heading, run))
    grown: list[tuple[int, int]] = []
    for n, (a, b) in enumerate(out):
        most = out[n + 1][0] - 1 if n + 1 < len(out) else grid.last_column
        while b < most and _filled(grid, heading.last, b + 1):
            b += 1
        while a > (grown[-1][1] + 1 if grown else 1) and _filled(grid, heading.last, a - 1):
            a -= 1
        grown.append((a, b))
    return grown


def _filled(grid: Grid, above: int, column: int) -> bool:
    """Whether a column without a header is filled in at least a third of the rows that hold anything."""
    rows = [r for r in grid.rows if r > above][:200]
    return bool(rows) and sum(column in grid.rows[r] for r in rows) >= max(1, len(rows) / 3)


def _repeated(heading: Heading, run: list[int]) -> list[tuple[int, int]]:
    """Cut a run of header cells where its first known heads come again: 房号 姓名 电话 | 房号 姓名 电话."""
    texts = [normal(heading.heads[c].own) for c in run]
    for start in range(min(2, len(texts))):
        again = [i for i, t in enumerate(texts) if t == texts[start]]
        if len(again) < 2:
            continue
        cuts = [i - start for i in again]
        pieces = [texts[a:b] for a, b in zip(cuts, [*cuts[1:], len(texts)], strict=True)]
        shortest = min(map(len, pieces))
        same = all(p[:shortest] == pieces[0][:shortest] for p in pieces)
        if cuts[0] == 0 and same and shortest >= 2 and _is_key(heading, run, pieces[0][:shortest], texts):
            ends = [*cuts[1:], len(texts)]
            return [(run[a], run[b - 1]) for a, b in zip(cuts, ends, strict=True)]
    return [(run[0], run[-1])]


def _is_key(heading: Heading, run: list[int], piece: list[str], texts: list[str]) -> bool:
    """Whether the repeated heads hold a house or a running number: else they are several people of one row."""
    keys = ("houses.house_no", "houses.room", "houses.building")
    for text in piece:
        head = heading.heads[run[texts.index(text)]]
        if not head.spread and any(m.field in keys and m.weight >= 0.6 for m in look_up(head.own, head.group)):
            return True
    return False
