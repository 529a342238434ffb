"""What a mail server answers, in words that help. Chinese servers answer in GBK or UTF-8, whatever the protocol says."""

from __future__ import annotations

import re

from ownerbook.schema.words import Text

_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_TOO_LARGE = re.compile(
    r"\b5\.(?:3\.4|2\.3)\b|too (?:big|large)|size (?:limit|exceed)|exceeds? (?:the )?(?:maximum|size)|邮件大小|信件过大|超过.{0,6}大小", re.I
)
_ADDRESS = re.compile(r"[^\s<>@,;:\"']+@[^\s<>@,;:\"']+")


def decoded(answer: bytes | str) -> str:
    """The text of an answer: UTF-8, else GB 18030, else with what cannot be read escaped; one line, at most 300 characters."""
    text = answer if isinstance(answer, str) else _text(answer)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


def _text(answer: bytes) -> str:
    for codec in ("utf-8", "gb18030"):
        try:
            return answer.decode(codec)
        except UnicodeDecodeError:
            continue
    return answer.decode("ascii", "backslashreplace")


def harmless(answer: str) -> str:
    """An answer without the addresses in it: the recipient stands in the outbox, not in logs and notices."""
    return _ADDRESS.sub("***", answer)


def is_too_large(code: int, answer: str) -> bool:
    """Whether a letter was refused for its size. 552 is also said of a full mailbox (5.2.2), which the smaller letter may still fit into."""
    return code == 552 or (500 <= code < 600 and _TOO_LARGE.search(answer) is not None)


def advice(code: int, answer: str, where: str) -> Text:
    """What the answer means and what to do. where: connect, hello, tls, login, from, to or data."""
    shown = f"{code or ''} {harmless(answer)}".strip()
    for matches, zh, en in (
        (where == "login" and code in (535, 534, 530, 526), "登录没有成功：请用授权码，不是登录密码（在邮箱网页的 设置—账户 里开启 SMTP 并生成）",
         "the login failed: use the authorisation code, not the password (switch SMTP on in the web mail's settings and make one)"),
        (where == "login", "登录没有成功", "the login failed"),
        (where == "tls", "服务器没有接受加密连接，请核对 mail.security 和 mail.port",
         "the secure connection was refused; look at mail.security and mail.port"),
        (is_too_large(code, answer), "信太大或收件人邮箱已满", "the letter is too large, or the recipient's mailbox full"),
        (where == "from" and 500 <= code < 600, "服务器不接受发件人：mail.sender 要与登录名一致",
         "the sender was refused: mail.sender must be the login's own address"),
        (where == "to" and code in (550, 551, 553), "服务器不接受收件人，请核对地址", "the recipient was refused; look at the address"),
        (where == "data" and 500 <= code < 600, "服务器拒收这封信（可能被当作垃圾邮件，或发件人格式不符）",
         "the letter was refused, perhaps as spam or for the form of its sender"),
        (where == "hello" and 500 <= code < 600, "服务器不认本机名，请设置 mail.local_hostname",
         "the server wants another name of this machine: set mail.local_hostname"),
        (where == "connect" and 500 <= code < 600, "服务器不让这台电脑连接", "the server lets this machine not connect"),
        (400 <= code < 500, "服务器请稍后再试", "the server asks to come again later"),
    ):  # fmt: skip
        if matches:
            return Text(f"{zh}（{shown}）", f"{en} ({shown})")
    return Text(f"服务器的回答：{shown}", f"the server's answer: {shown}")
