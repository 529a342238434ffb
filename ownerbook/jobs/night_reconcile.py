"""The night's part in reconciling: what was typed in, what came in, what may apply by itself, and the plan of the rest."""

from __future__ import annotations

from ownerbook.jobs.night import Night, StepResult
from ownerbook.schema.words import Text


def settle(night: Night) -> StepResult:
    """Bring a write that a crash left half done to an end."""
    from ownerbook.jobs.writing import recover

    said = recover(night.space, at=night.now)
    if not said:
        return StepResult("ok", Text("没有中断的写入", "no write was interrupted"))
    return StepResult("ok", Text("；".join(t.zh for t in said), "; ".join(t.en for t in said)), {"recovered": len(said)})


def reconcile(night: Night) -> StepResult:
    """Edits typed straight in, the inbox, plans that came back, undisputed changes, and the plan workbook of what is left to choose."""
    from ownerbook.jobs.rounds import go

    went = go(night.space, night.as_of, at=night.now, auto=bool(night.space.settings["reconcile.auto"]), password=night.password)
    found = went.found
    night.reconciled = went
    written = sum(len(d.taken) for d in went.applied)
    refused = sum(len(d.refused) + len(d.left) for d in went.applied)
    figures = {
        "typed": len(found.noted.edits),
        "untraced": len(found.noted.bare),
        "inbox": len(found.inbox.files),
        "inbox_left": len(found.inbox.left),
        "written": written,
        "refused": refused,
        "asked": len(found.plan.changes),
    }
    zh = f"直接改动 {figures['typed']}（未留痕 {figures['untraced']}），收件 {figures['inbox']}，写入 {written}，待选择 {figures['asked']}"
    en = f"{figures['typed']} typed in ({figures['untraced']} untraced), {figures['inbox']} came in, {written} written, {figures['asked']} to choose"
    if refused:
        zh, en = f"{zh}，没有写入 {refused}", f"{en}, {refused} not written"
    if written:
        night.take_copies()  # the check is to see what was written
    names = (went.path.relative_to(night.root).as_posix(),) if went.path and went.path.is_relative_to(night.root) else ()
    return StepResult("ok", Text(zh, en), figures, names)
