"""Where the header stands: one row or two, which columns it spans, and what is repeated side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ownerbook.adopt.grid import Cell, Grid
from ownerbook.adopt.shapes import shape_of
from ownerbook.adopt.wordings import is_group, look_up, normal, wording
from ownerbook.schema.cells import Kind

SEARCHED = 60  # used rows from the top
_EARLY, _GOOD = 0.6, 4.0  # an earlier row is the header when it scores so much of the best, and so much by itself
_NUMBERS = {"decimal", "number", "small", "digits", "date-digits", "serial-date"}
_DATA_SHAPES = _NUMBERS | {"mobile", "mobile-like", "landline", "phones", "id", "ids", "house", "people", "plate", "email", "title"}
_ROLE_WORDS = re.compile(r"^(?:必填|选填|可选|下拉选择|下拉|自动|系统生成|格式.*|如[:\uff1a].*|例[:\uff1a如].*|非必填|必须填写|不填)$")
_NOTE = re.compile(r"^\s*(?:说明|注意?|备注|填表说明|填写说明|注意事项|提示|温馨提示|示例|[0-9一二三四五六七八九十]+[、.．)])")
_TYPE_WORDS = {"文本", "数字", "日期", "文字", "数值"}  # they say how to fill a column, but may also be its name


@dataclass(slots=True)
class Head:
    """One header cell. text: of both rows joined by /; group: the upper one of two."""

    column: int
    text: str
    group: str = ""

    @property
    def own(self) -> str:
        """The lower of the two."""
        return self.text.rpartition("/")[2] if self.group else self.text


@dataclass(slots=True)
class Heading:
    """The header of a tab. first and last: its rows. heads: by column. spans: first and last column of each block."""

    first: int
    last: int
    heads: dict[int, Head] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)
    score: float = 0.0


def find_heading(grid: Grid) -> Heading | None:
    """The header, None for a tab in which no row can be one."""
    used = sorted(grid.rows)[:SEARCHED]
    scores = {row: score for n, row in enumerate(used) if (score := _score(grid, row, used[n + 1 : n + 16])) is not None}
    if not scores:
        return None
    most = max(scores.values())
    # tables stand one below the other: the first good header is that of the first
    row = next(r for r in used if scores.get(r, 0.0) >= max(_EARLY * most, min(most, _GOOD)))
    best = (scores[row], row)
    heading = _joined(grid, best[1], used)
    heading.score = best[0]
    heading.spans = spans(grid, heading)
    heading.heads = {c: h for c, h in heading.heads.items() if any(a <= c <= b for a, b in heading.spans)}
    return heading


def is_hint_word(text: str) -> bool:
    """A word that tells how to fill the column above or below it."""
    return _ROLE_WORDS.match(normal(text)) is not None


def is_type_word(text: str) -> bool:
    """A word that may tell how to fill a column, or be its header: 日期."""
    return normal(text) in _TYPE_WORDS


def known(text: str, group: str = "") -> float:
    """How well a text is known as a header, 0 to 1."""
    if len(text) > 60 or is_hint_word(text):
        return 0.0
    matches = look_up(text, group)
    return matches[0].weight if matches else 0.0


def looks_like_data(cell: Cell) -> bool:
    """A value, not a name of values."""
    if cell.kind in (Kind.NUMBER, Kind.BOOL, Kind.ERROR):
        return True
    shape = shape_of(cell)
    return cell.kind == Kind.TEXT and shape in _DATA_SHAPES and not (look_up(cell.text) and look_up(cell.text)[0].weight >= 0.6)


def _score(grid: Grid, row: int, below: list[int]) -> float | None:
    cells = list(grid.rows[row].values())
    wide = [c for c in cells if not _is_wide(grid, c)]
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


def _is_wide(grid: Grid, cell: Cell) -> bool:
    """A title over most of the sheet."""
    for r1, c1, _, c2 in grid.tab.merges:
        if (r1, c1) == (cell.row, cell.column):
            return c2 - c1 + 1 >= max(4, 0.7 * grid.last_column)
    return False


def _joined(grid: Grid, row: int, used: list[int]) -> Heading:
    single = Heading(row, row, {c.column: Head(c.column, c.text.strip()) for c in grid.rows[row].values() if not is_hint_word(c.text)})
    at = used.index(row)
    tries = []
    if at > 0 and used[at - 1] == row - 1:
        tries.append((row - 1, row))
    if at + 1 < len(used) and used[at + 1] == row + 1:
        tries.append((row, row + 1))
    best, most = single, _worth(single)
    for top, bottom in tries:
        two = two_rows(grid, top, bottom)
        if two is not None and (worth := _worth(two)) > most + 0.25:
            best, most = two, worth
    return best


def _worth(heading: Heading) -> float:
    texts = [(h.own, h.group) for h in heading.heads.values()]
    return sum(known(t, g) for t, g in set(texts))


def two_rows(grid: Grid, top: int, bottom: int) -> Heading | None:
    """Two rows as one header: heads of groups above, heads of columns below; a merge downwards is one head."""
    lower, upper = grid.rows[bottom], grid.rows[top]
    if any(looks_like_data(c) or c.kind != Kind.TEXT or is_hint_word(c.text) for c in lower.values()):
        return None
    if not lower or all(_is_wide(grid, c) for c in upper.values()) or any(c.kind != Kind.TEXT for c in upper.values()):
        return None
    spans_over = {(r1, c1): (r2, c2) for r1, c1, r2, c2 in grid.tab.merges}
    downwards = {c for (r, c), (r2, _) in spans_over.items() if r == top and r2 >= bottom}
    groups: dict[int, str] = {}
    current = ""
    for column in range(1, grid.last_column + 1):
        cell = upper.get(column)
        if cell is not None:
            current = cell.text.strip()
            across = spans_over.get((top, column))
            if across and across[1] > column:
                for c in range(column, across[1] + 1):
                    groups[c] = current
                current = ""
            elif column in lower and is_group(current):
                groups[column] = current
            else:
                groups[column] = current if column in lower else ""
                current = current if is_group(current) and column in lower else ""
        elif column in lower and column not in groups and current:
            groups[column] = current
    if not (downwards or any(r == top and c2 > c for (r, c), (_, c2) in spans_over.items()) or any(is_group(c.text) for c in upper.values())):
        return None
    heads: dict[int, Head] = {}
    for column in range(1, grid.last_column + 1):
        up, low = upper.get(column), lower.get(column)
        if low is not None and groups.get(column) and groups[column] != low.text.strip():
            heads[column] = Head(column, f"{groups[column]}/{low.text.strip()}", groups[column])
        elif low is not None:
            heads[column] = Head(column, low.text.strip())
        elif up is not None:
            heads[column] = Head(column, up.text.strip())
    return Heading(top, bottom, heads)


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
    texts = [normal(heading.heads[c].text) for c in run]
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
    for text in piece:
        column = run[texts.index(text)]
        matches = look_up(heading.heads[column].own, heading.heads[column].group)
        if any(m.field in ("houses.house_no", "houses.room", "houses.building") and m.weight >= 0.6 for m in matches):
            return True
    return False
