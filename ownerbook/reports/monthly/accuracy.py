"""How right the files are that were audited: filled cells of the file, its owner and its house at which no error stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ownerbook.deadlines.columns import Whole, complete
from ownerbook.deadlines.month import Month
from ownerbook.deadlines.rates import Rate, rate
from ownerbook.register.register import Register
from ownerbook.reports.whereabouts import Whereabouts
from ownerbook.schema.cells import Kind
from ownerbook.schema.finding import Finding


def accuracy(register: Register, month: Month, findings: Sequence[Finding]) -> Rate:
    """The rate of the month. findings: of the register; waived ones are no errors."""
    book = Whole(register)
    if not complete(book, "audits", "audit_no", "file_no", "audited_on") or not complete(book, "files", "file_no"):
        return rate("accurate", None, None)
    a = book.audits
    files = np.unique(a.ref("file_no").row[a.first & month.holds(a.audited_on)])
    rows = {"files": files[files >= 0]}
    for sheet, field in (("owners", "owner_no"), ("houses", "house_no")):
        if sheet in register.tables:
            at = np.unique(book.files.ref(field).row[rows["files"]])
            rows[sheet] = at[at >= 0]
    filled = sum(int((cells.kind[at] != Kind.BLANK).sum()) for sheet, at in rows.items() for cells in register.tables[sheet].cells.values())
    where = Whereabouts(register)
    wanted = {sheet: set(at.tolist()) for sheet, at in rows.items()}
    wrong = set()
    for f in findings:
        if f.severity == "error" and f.state != "waived" and f.table in wanted:
            row = where.position(f)
            column = register.tables[f.table].sheet.by_header.get(f.header or "")
            cells = register.tables[f.table].cells.get(column.field) if column else None
            if row in wanted[f.table] and cells is not None and cells.kind[row] != Kind.BLANK:
                wrong.add((f.table, row, f.header))
    return rate("accurate", filled - len(wrong), filled)


def sampled(register: Register, month: Month) -> Rate:
    """How much of the month's sample was audited: different files audited as 抽查 out of as many as policy asks for."""
    from math import ceil

    from ownerbook.deadlines.audits import DUE

    book = Whole(register)
    if not complete(book, "audits", "audit_no", "file_no", "audited_on", "kind") or not complete(book, "files", "file_no", "status"):
        return rate("sampled", None, None)
    a, f = book.audits, book.files
    done = a.ref("file_no").row[a.first & month.holds(a.audited_on) & a.kind.is_("抽查")]
    wanted = ceil(book.policy.sample_rate * int((f.first & f.file_no.ok & (f.status.is_(*DUE) | f.status.is_("借出"))).sum()))
    return rate("sampled", min(len(np.unique(done[done >= 0])), wanted), wanted)
