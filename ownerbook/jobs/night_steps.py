"""The steps of a night: copies, the check, what is due, the two workbooks of the day, old ones taken away."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from ownerbook.jobs.deadlines import WITHIN
from ownerbook.jobs.night import Night, StepResult
from ownerbook.jobs.reading import Folder, Read
from ownerbook.schema.words import Lang, Text
from ownerbook.storage.atomic import print_of

PROBLEMS, TODAY = "问题清单", "今日待办"
_DAILY = re.compile(rf"(?:{PROBLEMS}|{TODAY})_(\d{{4}}-\d\d-\d\d)(?:[(\uff08]\d+[)\uff09])?\.xlsx")


def take_copies(night: Night) -> StepResult:
    """A consistent copy of every workbook."""
    trouble = night.take_copies()
    busy, files = len(night.space.busy), len(night.copies.files)
    figures = {"workbooks": files, "open": busy, "conflict_copies": len(night.space.copies), "unsteady": len(trouble)}
    zh, en = f"{files} 个工作簿", f"{files} workbooks"
    if busy:
        zh, en = f"{zh}，{busy} 个正在编辑（按磁盘上的内容）", f"{en}, {busy} of them open (read as they lie on disk)"
    if trouble:
        why = "；".join(dict.fromkeys(t.zh for _, t in trouble)), "; ".join(dict.fromkeys(t.en for _, t in trouble))
        return StepResult(
            "failed", Text(f"{zh}；其中 {len(trouble)} 个没有取到完整的副本：{why[0]}", f"{en}; of {len(trouble)} no whole copy: {why[1]}"), figures
        )
    return StepResult("ok", Text(zh, en), figures)


def check_copies(night: Night) -> StepResult:
    """The check, as `ownerbook check` does it, over the copies."""
    from ownerbook.jobs.check import check

    settings = night.space.settings
    night.checked = found = check(night.copies, night.as_of, ignore=settings["check.ignore"], password=night.password)
    new = sum(f.state == "new" for f in found.findings)
    figures = {s: found.count(s) for s in ("error", "warning", "notice")}
    figures |= {"waived": found.waived, "fixed": len(found.fixed), "new": new}
    unread = [f for f in found.findings if f.code == "A11"]
    figures["unreadable"] = len(unread)
    return StepResult(
        "ok",
        Text(
            f"错误 {figures['error']}，警告 {figures['warning']}，提示 {figures['notice']}；新出现 {new}，已解决 {figures['fixed']}",
            f"{figures['error']} errors, {figures['warning']} warnings, {figures['notice']} notices; {new} new, {figures['fixed']} fixed",
        ),
        figures,
    )


def read_of(night: Night) -> Read:
    """The register as the check read it. Raises ValueError where there was no check."""
    if night.checked is None:
        raise ValueError("no check")
    return Read(night.checked.register, Folder(night.root), night.checked.fingerprints, [])


def reckon_due(night: Night) -> StepResult:
    """What is late, due today and due soon, and the agenda's kinds."""
    from ownerbook.deadlines.agenda import KINDS
    from ownerbook.reports.tell_agenda import read_agenda, tone_of

    register = read_of(night).register
    items, _ = read_agenda(register, WITHIN["today"])
    today = register.today.toordinal() - date(1970, 1, 1).toordinal()
    tones = [tone_of(i, today) for i in items]
    figures = {t: tones.count(t) for t in ("late", "today", "soon")}
    for kind in KINDS:
        late = sum(i.kind == kind and t == "late" for i, t in zip(items, tones, strict=True))
        if late:
            figures[f"late:{kind}"] = late
    return StepResult(
        "ok",
        Text(
            f"逾期 {figures['late']}，今天办 {figures['today']}，{WITHIN['today']} 天内到期 {figures['soon']}",
            f"{figures['late']} late, {figures['today']} today, {figures['soon']} within {WITHIN['today']} days",
        ),
        figures,
    )


def write_problem_workbook(night: Night) -> StepResult:
    """The day's problem workbook, masked."""
    from ownerbook.jobs.answering import last_came, prune
    from ownerbook.reports.problems import write_problems
    from ownerbook.storage.secret import secret_of

    assert night.checked is not None
    settings = night.space.settings
    known = prune(night.space, night.checked, at=night.now)
    path = write_problems(
        place(night, PROBLEMS),
        night.checked,
        title=night.title,
        root=night.root,
        link_base=settings["reports.link_base"],
        lang=settings["check.lang"],
        masked=True,
        secret=secret_of(night.root),
        known=known,
        came=last_came(night.root, night.as_of),
    )
    return written(night, path)


def write_today(night: Night) -> StepResult:
    """The day's 今日待办, masked."""
    from ownerbook.jobs.deadlines import today_page

    lang: Lang = night.space.settings["check.lang"]
    path = today_page(night.space, read_of(night)).workbook(place(night, TODAY), lang=lang, masked=True)
    return written(night, path)


def take_away_old(night: Night) -> StepResult:
    """Daily workbooks older than the setting says. One that is not as we wrote it was changed by somebody, and stays."""
    before = night.as_of - timedelta(days=int(night.space.settings["reports.keep_days"]))
    gone = kept = 0
    for path in sorted(night.reports.iterdir()):
        m = _DAILY.fullmatch(path.name)
        if not m or _day(m[1]) is None or _day(m[1]) >= before:  # type: ignore[operator]
            continue
        if night.recall(f"wrote:{path.name}") != print_of(path):
            kept += 1
            continue
        path.unlink()
        night.remember(f"wrote:{path.name}", "")
        gone += 1
    zh, en = f"过期的每日报告 {gone} 份", f"{gone} old daily reports"
    if kept:
        zh, en = f"{zh}；{kept} 份有人改过，没有删", f"{en}; {kept} were changed by somebody and stay"
    return StepResult("ok", Text(zh, en), {"aged": gone, "aged_kept": kept})


def look_at_history(night: Night) -> StepResult:
    """Whether the journal still holds the entry that this machine remembers."""
    from ownerbook.storage.journal import Journal
    from ownerbook.storage.remembered import estranged

    told = estranged(Journal(night.root))
    return StepResult("ok", Text("与本机记得的一致", "as this machine remembers it")) if told is None else StepResult("failed", told)


def place(night: Night, kind: str) -> Path:
    """Where a daily workbook goes. One that is there already is replaced only if it is as we wrote it; else a numbered name is taken."""
    stem = f"{kind}_{night.as_of.isoformat()}"
    for n in range(1, 100):
        path = night.reports / (f"{stem}.xlsx" if n == 1 else f"{stem}({n}).xlsx")
        if not path.exists() or night.recall(f"wrote:{path.name}") == print_of(path):
            return path
    raise FileExistsError(stem)


def written(night: Night, path: Path) -> StepResult:
    """Remember how a daily workbook was written, and tell it."""
    night.remember(f"wrote:{path.name}", print_of(path))
    name = path.relative_to(night.root).as_posix() if path.is_relative_to(night.root) else path.name
    return StepResult("ok", Text("已写出", "written"), files=(name,))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
