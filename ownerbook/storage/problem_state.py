"""What the last check found, kept beside the register, so that a problem is new, open or fixed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ownerbook.schema.finding import Finding
from ownerbook.storage.atomic import private_folder, write_atomically

FOLDER = ".ownerbook"
FILE = "problems.json"
VERSION = 1


@dataclass(slots=True)
class Known:
    """A problem seen before: since when, and in which workbook it last stood."""

    code: str
    table: str
    record: str
    header: str
    ordinal: int
    workbook: str
    severity: str
    first: str
    waived: bool = False

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        """What makes it the same problem."""
        return self.code, self.table, self.record, self.header, self.ordinal


@dataclass(slots=True)
class Comparison:
    """Against the last run: the problems of it that are gone, and the state to keep. `since` says from when each finding is known."""

    fixed: list[Known] = field(default_factory=list)
    keep: list[Known] = field(default_factory=list)
    since: list[str] = field(default_factory=list)


def ordinals(findings: Sequence[Finding]) -> list[tuple[str, str, str, str, int]]:
    """The identity of each finding; several of one identity are told apart by row order."""
    seen: Counter[tuple[str, str, str, str]] = Counter()
    out = []
    for f in findings:
        out.append((*f.identity, seen[f.identity]))
        seen[f.identity] += 1
    return out


def load(root: Path) -> list[Known]:
    """The problems of the last run; none where there was none. A damaged state counts as none: it is only a memory."""
    try:
        data = json.loads((root / FOLDER / FILE).read_bytes().decode("utf-8", "surrogatepass"))  # a file name may be no text
        return [Known(**k) for k in data["problems"]] if data.get("version") == VERSION else []
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return []


def compare(
    findings: Sequence[Finding], known: Sequence[Known], *, today: date, codes: Collection[str], workbooks: Collection[str], whole: bool
) -> Comparison:
    """Set each finding's state, and say what is fixed.

    codes: rules that ran; workbooks: those that were read; whole: problems of no workbook were looked for as well.
    Only what was read and ran can be fixed; the rest is kept as it was.
    """
    before = {k.key: k for k in known}
    out = Comparison()
    present = set()
    for finding, key in zip(findings, ordinals(findings), strict=True):
        old = before.get(key)
        if finding.state != "waived":
            finding.state = "open" if old else "new"
        first = old.first if old else today.isoformat()
        present.add(key)
        out.since.append(first)
        out.keep.append(Known(*key, finding.place.workbook or "", finding.severity, first, finding.state == "waived"))
    for key, old in before.items():
        if key in present:
            continue
        if old.code in codes and (old.workbook in workbooks if old.workbook else whole):
            if not old.waived:
                out.fixed.append(old)
        else:
            out.keep.append(old)
    return out


def save(root: Path, keep: Sequence[Known]) -> None:
    """Keep the state. Raises OSError where it cannot be written."""
    folder = private_folder(root / FOLDER)
    data = {"version": VERSION, "problems": [{f: getattr(k, f) for f in Known.__slots__} for k in keep]}
    write_atomically(folder / FILE, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), private=True)
