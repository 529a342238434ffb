"""What `ownerbook mail` does: a line to try the way, the list of letters, sending now, sending again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ownerbook.jobs.mail_station import Post
from ownerbook.jobs.mailing import TEST, queue, send_at
from ownerbook.mail import headers
from ownerbook.mail.item import Item
from ownerbook.mail.letter import Envelope, Letter, render
from ownerbook.mail.options import MailOptions, is_set_up
from ownerbook.mail.sending import Passed
from ownerbook.mail.trouble import MailTrouble
from ownerbook.schema.words import Text


def letters(root: Path, now: datetime) -> list[Item]:
    """Every letter of the outbox, oldest first, after what was in flight when a machine died became unknown."""
    from ownerbook.mail.sending import is_dead

    post = Post.at(root)
    if not post.is_there:
        return []
    with post.open() as outbox:
        for item in outbox.settle(now, is_dead):
            post.tell(item, outbox.id, now)
        return outbox.items()


def standing(root: Path, now: datetime) -> dict[str, int]:
    """How many letters wait, were sent, and need a hand: for `status`. An outbox that cannot be used needs a hand too."""
    try:
        items = letters(root, now)
    except MailTrouble:
        return {"waiting": 0, "sent": 0, "needs_a_hand": 1}
    waiting = sum(i.state in ("queued", "sending", "failed") and not i.needs_a_hand for i in items)
    return {"waiting": waiting, "sent": sum(i.state == "sent" for i in items), "needs_a_hand": sum(i.needs_a_hand for i in items)}


def try_out(root: Path, to: str, now: datetime) -> Item:
    """Send a line to an address of the allow-list, or to the first recipient. Gives the letter as it stands then. Raises as `dry_test`."""
    post = Post.at(root)
    options, address = _whom(post, to)
    period = now.strftime("%Y-%m-%dT%H%M%S.%f")
    with post.open() as outbox:
        item, _ = queue(post, outbox, options, TEST, period, address, _line(options, root), now)
    send_at(post, now, only=item.id)
    with post.open() as outbox:
        found = outbox.get(item.id)
    assert found is not None
    return found


def dry_test(root: Path, to: str, now: datetime) -> bytes:
    """The line that `try_out` would send, as the file of a mail program. Nothing is queued or sent. Raises MailTrouble, SettingsError."""
    post = Post.at(root)
    options, address = _whom(post, to)
    number = headers.message_id(TEST, "dry", address, options.domain)
    return render(_line(options, root), Envelope(options.sender, address, number, now, options.sender_name, options.reply_to))


def send_now(root: Path, now: datetime) -> Passed:
    """Send what is due. Raises MailTrouble, SettingsError."""
    return send_at(Post.at(root), now)


def due_now(root: Path, now: datetime) -> list[Item]:
    """What `send_now` would send."""
    return [
        i
        for i in letters(root, now)
        if (i.state == "queued" and not i.owner) or (i.state == "failed" and i.again_at is not None and i.again_at <= now)
    ]


def send_again(root: Path, number: int, now: datetime, *, although_sent: bool = False) -> tuple[Item, Passed]:
    """Send a letter once more, as it was written. Raises MailTrouble where it was sent already (unless asked for), is being sent, or is not there."""
    post = Post.at(root)
    if not post.is_there:
        raise MailTrouble(Text("发件箱是空的", "the outbox is empty"))
    with post.open() as outbox:
        item = outbox.resend(number, now, although_sent=although_sent)
        outbox.text_of(item)
        post.tell(item, outbox.id, now)
    done = send_at(post, now, only=number)
    with post.open() as outbox:
        after = outbox.get(number)
    assert after is not None
    return after, done


def lay_aside(root: Path, number: int) -> Item:
    """Say that a letter that would not go by itself has been seen to. Raises MailTrouble where it does not wait for that."""
    post = Post.at(root)
    if not post.is_there:
        raise MailTrouble(Text("发件箱是空的", "the outbox is empty"))
    with post.open() as outbox:
        outbox.lay_aside(number)
        found = outbox.get(number)
    assert found is not None
    return found


def as_data(item: Item, zone: str) -> dict[str, Any]:
    """A letter as JSON. The recipient is masked; times in the workspace's zone."""
    from ownerbook.identifiers import masks

    def at(moment: datetime | None) -> str | None:
        return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds") if moment else None

    return {
        "id": item.id,
        "kind": item.kind,
        "period": item.period,
        "to": masks.email(item.recipient),
        "state": item.state,
        "needs_a_hand": item.needs_a_hand,
        "laid_aside": item.laid_aside,
        "attempt": item.attempt,
        "queued": at(item.queued),
        "retry_at": at(item.again_at),
        "ended": at(item.ended),
        "bytes": item.size,
        "without_attachment": item.reduced,
        "resent_by_hand": item.by_hand,
        "message_id": item.message_id,
        "answer": masks.auto(item.answer) or None,
        "error": item.error.zh or None,
        "file": item.path.name,
    }


def _whom(post: Post, to: str) -> tuple[MailOptions, str]:
    settings = post.settings()
    options = MailOptions.of(settings, post.root)
    if not is_set_up(settings):
        raise MailTrouble(
            Text("没有设置邮件：请在 ownerbook.toml 的 [mail] 里填写 host、sender、recipients", "no mail is set up: fill in [mail] of ownerbook.toml")
        )
    address = to or next(iter((*options.recipients, *options.alerts)), "")
    if not options.may_write_to(address):
        raise MailTrouble(Text("这个地址不在 mail.allow 里", "this address is not in mail.allow"))
    return options, address


def _line(options: MailOptions, root: Path) -> Letter:
    title = options.sender_name or root.name
    subject = Text(f"{title}：ownerbook 试发邮件", f"{title}: a test letter of ownerbook")
    said = Text(
        "收到这封信，说明 ownerbook 能从这台电脑寄出邮件，不用回复。",
        "This letter shows that ownerbook can send mail from this machine; no answer is needed.",
    )
    return Letter(subject.say(options.lang), subject.say(options.lang), remarks=(said,), lang=options.lang)
