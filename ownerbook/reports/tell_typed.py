"""Edits typed straight into the register, and changes, in a line each."""

from __future__ import annotations

from collections.abc import Sequence

from ownerbook.reconcile.change import Change, Said
from ownerbook.reconcile.delta import Edited
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.masking import shown
from ownerbook.schema.words import Text

_MOST = 40
_KINDS = {
    "new": Text("新增一行", "a new row"),
    "gone": Text("少了一行", "a row is missing"),
    "unsure": Text("一行对不上原来哪一行", "a row of which the former is not certain"),
    "key": Text("编号改了", "the key was changed"),
}


def typed_lines(edits: Sequence[Edited], bare: Sequence[Edited], *, masked: bool) -> list[Text]:
    """What was typed in; the edits without a change record first, each as a problem."""
    if not edits:
        return []
    out = [Text(f"登记簿里直接改动 {len(edits)} 处", f"{len(edits)} edits were typed into the register")]
    if bare:
        out.append(
            Text(f"其中 {len(bare)} 处没有变更记录（未留痕），请补登「变更」和证明材料", f"{len(bare)} of them have no change record; add it to 变更")
        )
    out += [_edit(e, masked, "  ! ") for e in bare[:_MOST]]
    others = [e for e in edits if e not in bare]
    out += [_edit(e, masked, "    ") for e in others[: max(0, _MOST - len(bare))]]
    told = min(len(bare), _MOST) + min(len(others), max(0, _MOST - len(bare)))
    if told < len(edits):
        n = len(edits) - told
        out.append(Text(f"    ……另有 {n} 处，见 ownerbook history", f"    … {n} more, see ownerbook history"))
    return out


def _edit(e: Edited, masked: bool, lead: str) -> Text:
    sheet = BY_FIELD[e.sheet]
    where = " ".join(p for p in (e.place, e.house if e.house != e.record else "", e.record) if p)
    if e.kind in _KINDS and not e.field:
        what = _KINDS[e.kind]
        return Text(f"{lead}{where} {sheet.name} {what.zh}", f"{lead}{where} {sheet.title.en}: {what.en}")
    return _moved(f"{lead}{where}", e.sheet, e.field, e.old, e.new, masked)


def change_line(c: Change, *, masked: bool) -> Text:
    """A change, in one line."""
    sheet = BY_FIELD[c.sheet]
    where = " ".join(p for p in (c.house if c.house != c.record else "", c.record) if p)
    if c.field:
        return _moved(where, c.sheet, c.field, c.ours, c.theirs, masked)
    what = _KINDS.get(c.kind, Text("", ""))
    return Text(f"{where} {sheet.name} {what.zh}", f"{where} {sheet.title.en}: {what.en}")


def _moved(where: str, sheet: str, field: str, old: Said | None, new: Said | None, masked: bool) -> Text:
    column = BY_FIELD[sheet].by_field[field]
    a, b = (shown(column, s.text, masked=masked) if s and s.text else "" for s in (old, new))
    zh = f"{where} {column.header.zh}：{a or '（空）'} → {b or '（空）'}"
    return Text(zh, f"{where} {column.header.en}: {a or '(blank)'} → {b or '(blank)'}")
