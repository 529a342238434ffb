"""Mail of a workspace: the month's letter queued once, what waits sent, failures told.

The calls for other jobs are `queue_month`, `send_due` and `notify`; the commands use those of `jobs.mail_desk` too.
"""

from __future__ import annotations

import importlib
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from ownerbook.jobs.mail_attachment import Scan, held_back, sealed
from ownerbook.jobs.mail_station import Post
from ownerbook.jobs.month_letter import course_of, month_letter, where_it_lies
from ownerbook.jobs.workspace import Workspace
from ownerbook.mail import headers
from ownerbook.mail.item import Item
from ownerbook.mail.letter import Attachment, Envelope, Letter, render
from ownerbook.mail.notice import Robots
from ownerbook.mail.options import MailOptions, is_set_up
from ownerbook.mail.outbox import Outbox
from ownerbook.mail.passwords import attachment_password
from ownerbook.mail.sending import Passed, pass_over
from ownerbook.mail.trouble import MailTrouble
from ownerbook.runlog import harmless, what_went_wrong
from ownerbook.schema.words import Text

MONTH, ALERT, TEST = "audit", "alert", "test"
"""Kinds of letters; they begin the Message-ID."""
_KEEP: Final = timedelta(days=400)
_ELSEWHERE: Final = ("queued", "sending", "sent", "unknown")


def queue_month(
    space: Workspace,
    month: str,
    workbook: Path | None,
    now: datetime,
    *,
    letter: Letter | None = None,
    edition: Path | None = None,
    scan: Scan | None = None,
    folder: Path | None = None,
) -> list[Item]:
    """Queue the letter of a month (as 2026-10) to each recipient of the settings, once; called again, what is queued stays as it is.

    workbook: the month's, whose place the letter names. edition: what is attached as mail.attach and mail.encrypt say, by default the
    workbook made once more with everything personal hidden (`jobs.report.make(…, profile="mail")`). letter: what it says, by default
    the figures of the month's record. scan: looks the edition through,
    by default `reports.package_scan`. folder: of the outbox, by default on this machine's own disk.
    Gives the letters newly queued; none where no mail is set up. Raises MailTrouble with what keeps it from being queued.
    """
    post = Post.at(space.root, folder)
    settings = post.settings()
    options = MailOptions.of(settings, space.root)
    if not is_set_up(settings) or not options.recipients:
        return []
    with post.open() as outbox:
        missing = _missing(post, outbox, options.recipients, month, now)
        if not missing:
            return []
        told = letter or _letter(space, month, workbook, options, now)
        if workbook is not None and options.attach and told.attachment is None:
            password = attachment_password(settings, space.root) if options.encrypt else ""
            told = replace(told, attachment=_attachment(space, month, edition, password, now, post, encrypt=options.encrypt, scan=scan))
        elif told.attachment is not None:
            _check(told.attachment, options)
        items = [queue(post, outbox, options, MONTH, month, recipient, told, now) for recipient in missing]
    return [item for item, is_new in items if is_new]


def queue(
    post: Post, outbox: Outbox, options: MailOptions, kind: str, period: str, recipient: str, letter: Letter, now: datetime
) -> tuple[Item, bool]:
    """Write one letter to one recipient into the outbox. Gives it, and whether it is new. Raises MailTrouble."""
    if not options.may_write_to(recipient):
        raise MailTrouble(Text("收件人不在 mail.allow 里，不寄出", "the recipient is not in mail.allow; nothing is sent"))
    if bad := held_back(letter):
        raise MailTrouble(
            Text(f"信里像是有个人号码（{'、'.join(bad)}），不寄出", f"what looks like a number of a person stands in the letter ({', '.join(bad)})")
        )
    number = headers.message_id(kind, period, post.seed(outbox, recipient, now), options.domain)
    envelope = Envelope(options.sender, recipient, number, now, options.sender_name, options.reply_to, options.ascii_filenames)
    reduced = render(letter, envelope, reduced=True) if letter.attachment else None
    item, is_new = outbox.queue(kind, period, recipient, options.sender, number, render(letter, envelope), reduced, now)
    if is_new:
        post.tell(item, outbox.id, now)
    return item, is_new


def send_due(space: Workspace | Path, now: datetime, *, folder: Path | None = None, only: int | None = None) -> Passed:
    """Send what waits and is due, tell the journal what became of it, and tell people of what will not go by itself. Safe to call at any time,
    by any number of processes. space: the workspace, or the path of one that need not be there now: what waits goes by the settings last known.
    only: this letter alone. Raises MailTrouble where nothing can be sent at all, SettingsError, OSError."""
    return send_at(Post.at(space if isinstance(space, Path) else space.root, folder), now, only=only)


def send_at(post: Post, now: datetime, *, only: int | None = None) -> Passed:
    """The same, of an outbox."""
    if not post.is_there:
        return Passed()
    try:
        return _send(post, now, only)
    except MailTrouble as trouble:
        _tell_of(post, trouble, now)
        raise


def _send(post: Post, now: datetime, only: int | None) -> Passed:
    settings = post.settings()
    options = MailOptions.of(settings, post.root)
    with post.open() as outbox:
        if not is_set_up(settings):
            waiting = sum(i.state in ("queued", "failed") and not i.needs_a_hand for i in outbox.items())
            note = Text(f"没有设置 mail.host，{waiting} 封信等着", f"mail.host is not set; {waiting} letters wait")
            return Passed(unknown=outbox.settle(now), notes=[note] if waiting else [])
        done = pass_over(outbox, lambda: options.server_with_password(settings, post.root), options.may_write_to, now, only=only)
        for item in (*done.sent, *done.stopped, *done.unknown):
            post.tell(item, outbox.id, now)
        alarming = [i for i in done.alarming if outbox.alert_once(i.id)]
        outbox.sweep(now, _KEEP)
    if alarming:
        done.notes += _alarm(post, alarming, now)
    return done


def _tell_of(post: Post, trouble: MailTrouble, now: datetime) -> None:
    """Letters wait and none can be sent, for want of a password or the like: told to the robots once a day."""
    settings = post.settings_or_known()
    try:
        with post.open() as outbox:
            waiting = sum(i.state in ("queued", "failed") and not i.needs_a_hand for i in outbox.items())
            if not waiting:
                return
    except MailTrouble:
        pass  # the outbox itself is what cannot be used
    if not post.first_today(now):
        return
    title = settings["workspace.name"] or post.root.name
    head = Text(f"{title}：邮件寄不出", f"{title}: no mail can be sent")
    words = Text(f"{head.zh}\n{harmless(trouble.message.zh)}", f"{head.en}\n{harmless(trouble.message.en)}")
    _log(post.root, Robots.of(settings, post.root).say(words.say(settings["check.lang"]), now), now)


def notify(root: Path, head: Text, text: Text, now: datetime, *, folder: Path | None = None) -> list[Text]:
    """Tell of a failure: the robots of the settings, and a letter to alerts.mail, once a day for the same words. Nothing personal may stand in it.

    Never raises; gives what could not be told, and writes that into the log. Works from the settings last known where the share is gone.
    """
    trouble: list[Text] = []
    try:
        post = Post.at(root, folder)
        settings = post.settings_or_known()
        lang = settings["check.lang"]
        trouble += Robots.of(settings, root).say(f"{head.say(lang)}\n{text.say(lang)}", now)
        trouble += _write(post, head, text, now)
    except Exception as error:
        trouble.append(what_went_wrong(error))
    _log(root, trouble, now)
    return trouble


def _write(post: Post, head: Text, text: Text, now: datetime) -> list[Text]:
    import hashlib

    settings = post.settings_or_known()
    if not is_set_up(settings) or not settings["alerts.mail"]:
        return []
    options = MailOptions.of(settings, post.root)
    period = f"{now:%Y-%m-%d}.{hashlib.sha256((head.zh + text.zh).encode()).hexdigest()[:8]}"
    letter = Letter(head.say(options.lang), head.say(options.lang), remarks=(text,), lang=options.lang)
    trouble: list[Text] = []
    with post.open() as outbox:
        queued = [queue(post, outbox, options, ALERT, period, r, letter, now) for r in options.alerts]
        server = options.server_with_password(settings, post.root)
        for item, is_new in queued:
            if is_new:
                done = pass_over(outbox, lambda: server, options.may_write_to, now, only=item.id)
                trouble += [i.error for i in (*done.waiting, *done.stopped)]
    return trouble


def _alarm(post: Post, items: list[Item], now: datetime) -> list[Text]:
    """Letters that will not go by themselves: told to the robots, and by mail where it is not itself an alert that fails."""
    settings = post.settings_or_known()
    title = settings["workspace.name"] or post.root.name
    head = Text(f"{title}：{len(items)} 封邮件没有寄出", f"{title}: {len(items)} letters were not sent")
    lines = [Text(f"{i.id} 号信（{i.period}）：{harmless(i.error.zh)}", f"letter {i.id} ({i.period}): {harmless(i.error.en)}") for i in items[:5]]
    foot = Text("请看 ownerbook mail list，处理后用 ownerbook mail resend 重发", "see ownerbook mail list, then ownerbook mail resend")
    text = Text("\n".join([*(x.zh for x in lines), foot.zh]), "\n".join([*(x.en for x in lines), foot.en]))
    trouble = Robots.of(settings, post.root).say(f"{head.say(settings['check.lang'])}\n{text.say(settings['check.lang'])}", now)
    if any(i.kind == MONTH for i in items):
        try:
            trouble += _write(post, head, text, now)
        except MailTrouble as error:
            trouble.append(error.message)
    _log(post.root, trouble, now)
    return trouble


def _log(root: Path, trouble: list[Text], now: datetime) -> None:
    from ownerbook.jobs.running import Station

    if not trouble:
        return
    log = Station.at(root).log()
    for text in trouble:
        log.write(now, "notice not sent", error=text.zh)
    log.close()


def _missing(post: Post, outbox: Outbox, recipients: tuple[str, ...], month: str, now: datetime) -> list[str]:
    """Recipients to whom the month's letter was never queued, here or by another machine on the same share."""
    missing = [r for r in recipients if outbox.find(MONTH, month, r) is None]
    if not missing:
        return []
    elsewhere = {to for to, state in post.told_elsewhere(MONTH, month, outbox.id).items() if state in _ELSEWHERE}
    return [r for r in missing if not elsewhere or post.hash_of(r, now) not in elsewhere]


def _letter(space: Workspace, month: str, workbook: Path | None, options: MailOptions, now: datetime) -> Letter:
    from ownerbook.storage.journal import Journal

    where = where_it_lies(workbook, space.root, space.settings["reports.link_base"]) if workbook else ""
    title = space.settings["workspace.name"] or space.root.name
    return month_letter(month, title, where, course_of(Journal(space.root), title, month), options.lang)


def _attachment(
    space: Workspace, month: str, edition: Path | None, password: str, now: datetime, post: Post, *, encrypt: bool, scan: Scan | None
) -> Attachment:
    """The workbook for mail, from a private folder that is gone afterwards unless it was given."""
    named = f"{space.settings['workspace.name'] or space.root.name}_月报_{month}.xlsx"
    with tempfile.TemporaryDirectory(dir=post.folder, prefix=".edition-") as draft:
        if edition is None:
            report = importlib.import_module("ownerbook.jobs.report")
            edition = Path(report.make(space, month, now=now, profile="mail", output=Path(draft) / "edition.xlsx"))
        return sealed(edition, named, f"ownerbook-{month}.xlsx", password, encrypt=encrypt, scan=scan)


def _check(attachment: Attachment, options: MailOptions) -> None:
    if options.encrypt and not attachment.encrypted:
        raise MailTrouble(Text("附件没有加密，不寄出", "the attachment is not encrypted; it is not sent"))
