"""What `doctor` says of mail: set up, half set up, or with a password where others can read it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from ownerbook.jobs.mail_station import Post
from ownerbook.mail.options import contradictions, is_set_up
from ownerbook.mail.passwords import attachment_password, place, smtp_password
from ownerbook.mail.trouble import MailTrouble
from ownerbook.schema.words import Text
from ownerbook.settings import FILE, Settings

Level = Literal["ok", "note", "bad"]
_FILES = ("mail.password_file", "mail.attachment_password_file", "alerts.dingtalk_secret_file")


def mail_findings(root: Path, settings: Settings) -> Iterator[tuple[Level, Text]]:
    """Look at [mail] and [alerts] without talking to any server."""
    wrong = list(contradictions(settings))
    for text in wrong:
        yield "bad", text
    if settings["mail.password"]:
        yield (
            "bad",
            Text(
                f"邮箱授权码写在 {FILE} 里，能读设置的人都能看到：请移到 mail.password_file 指的文件或环境变量 OWNERBOOK_SMTP_PASSWORD，并换一个新的",
                f"the mail password stands in {FILE}, where whoever reads the settings sees it: move it to the file of mail.password_file or "
                "to OWNERBOOK_SMTP_PASSWORD, and make a new one",
            ),
        )
    for option in _FILES:
        if settings[option]:
            yield from _file(option, place(settings[option], root), root)
    if not is_set_up(settings):
        if not wrong:
            yield "note", Text("没有设置邮件，月报不会寄出", "no mail is set up: the month's letter is not sent")
    elif not wrong:
        yield from _ready(root, settings)
    told = [settings[o] for o in ("alerts.mail", "alerts.wecom_url", "alerts.dingtalk_url", "nights.ping_url")]
    if not any([*told, os.environ.get("OWNERBOOK_WECOM_URL"), os.environ.get("OWNERBOOK_DINGTALK_URL")]):
        yield (
            "note",
            Text(
                "没有设置报警：夜间检查没做成时没有人会收到通知（见 [alerts]）",
                "no alerts are set up: nobody is told when a night fails (see [alerts])",
            ),
        )


def _ready(root: Path, settings: Settings) -> Iterator[tuple[Level, Text]]:
    if settings["mail.user"]:
        try:
            found, _ = smtp_password(settings, root)
            if not found:
                yield "bad", Text("设了 mail.user，但没有找到授权码", "mail.user is set, and no password was found")
        except MailTrouble as error:
            yield "bad", error.message
        domain = settings["mail.sender"].rpartition("@")[2].lower()
        if re.fullmatch(r"(?:qq|foxmail|163|126|yeah)\.(?:com|net)", domain) and settings["mail.user"].lower() != settings["mail.sender"].lower():
            yield "note", Text("QQ、163 邮箱要求 mail.sender 与 mail.user 相同", "QQ and 163 want mail.sender to be mail.user")
    if settings["mail.recipients"] and settings["mail.attach"]:
        if not settings["mail.encrypt"]:
            yield "note", Text("mail.encrypt 为 false：附件不加密寄出", "mail.encrypt is false: attachments go out open")
        else:
            try:
                if not attachment_password(settings, root):
                    yield (
                        "bad",
                        Text(
                            "没有附件密码，月报寄不出：请设 mail.attachment_password_file",
                            "there is no attachment password: set mail.attachment_password_file",
                        ),
                    )
            except MailTrouble as error:
                yield "bad", error.message
    if settings["mail.security"] == "none":
        yield "note", Text("与邮件服务器之间不加密（mail.security 为 none）", "the way to the mail server is not encrypted (mail.security is none)")
    post = Post.at(root)
    if post.is_there:
        try:
            with post.open() as outbox:
                n = sum(i.needs_a_hand for i in outbox.items())
        except MailTrouble as error:
            yield "bad", error.message
            return
        if n:
            yield "bad", Text(f"{n} 封信要人处理，见 ownerbook mail list", f"{n} letters need a hand; see ownerbook mail list")
            return
    n = len(settings["mail.recipients"])
    yield "ok", Text(f"邮件：{settings['mail.host']}，月报寄给 {n} 人", f"mail: {settings['mail.host']}, the month's letter to {n} recipients")


def _file(option: str, path: Path, root: Path) -> Iterator[tuple[Level, Text]]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield "bad", Text(f"{option} 指的文件读不了：{error.strerror}", f"the file of {option} cannot be read: {error.strerror}")
        return
    if os.name != "nt" and mode & 0o077:
        yield "bad", Text(f"{option} 指的文件别人也能读，请改为仅本人可读（chmod 600）", f"the file of {option} can be read by others; chmod 600 it")
    if path.resolve().is_relative_to(root.resolve()):
        yield (
            "note",
            Text(
                f"{option} 指的文件在工作区里，共享盘断开时用不了，也可能被别人看到；请放到本机",
                f"the file of {option} lies in the workspace: not there when the share is gone, and perhaps seen by others; keep it on this machine",
            ),
        )
