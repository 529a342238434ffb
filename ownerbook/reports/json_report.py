"""The result of a check as data (judging.md §7): for programs, so codes, severities and states are never translated."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from ownerbook.schema.finding import Finding
from ownerbook.schema.words import Lang


def json_report(
    findings: Sequence[Finding], *, as_of: date, workbooks: Sequence[str], fixed: int = 0, lang: Lang = "zh", masked: bool = True
) -> dict[str, Any]:
    """One object: the day, the workbooks read, counts, problems in order of place. Suggestions are given in full."""
    counts = Counter[str]("waived" if f.state == "waived" else f.severity for f in findings)
    return {
        "as_of": as_of.isoformat(),
        "workbooks": list(workbooks),
        "counts": {name: counts[name] for name in ("error", "warning", "notice", "waived")} | {"fixed": fixed},
        "problems": [
            {
                "code": f.code,
                "severity": f.severity,
                "workbook": f.place.workbook,
                "sheet": f.place.sheet,
                "cell": f.place.cell,
                "row": f.place.row,
                "record": f.record,
                "header": f.header,
                "message": f.say(lang, masked=masked),
                "advice": f.advise(lang, masked=masked),
                "suggestion": f.suggestion,
                "state": f.state,
            }
            for f in sorted(findings, key=lambda f: f.order)
        ],
    }


def as_next_time(text: str) -> str:
    """What the next check writes, if nothing changes: what is new is then open, and nothing is fixed. text: from `json_text`.

    Each value has a line of its own, and no line can end inside a value.
    """
    known = text.replace('\n   "state": "new"', '\n   "state": "open"')
    return re.sub(r'^  "fixed": \d+$', '  "fixed": 0', known, count=1, flags=re.M)


def json_text(report: dict[str, Any]) -> str:
    """The same as text, one line a value. A register may have a hundred thousand problems: each is written in one go."""
    write = json.JSONEncoder(ensure_ascii=False, separators=(",\n   ", ": ")).encode
    problems = ",\n  ".join(["{\n   " + write(p)[1:-1] + "\n  }" for p in report["problems"]])
    whole = json.dumps(report | {"problems": []}, ensure_ascii=False, indent=1)
    if not problems:
        return whole + "\n"
    head, tail = whole.rsplit('"problems": []', 1)
    return f'{head}"problems": [\n  {problems}\n ]{tail}\n'
