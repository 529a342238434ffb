"""The [mail] section understood: server, sender, recipients; and everything about it that does not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ownerbook.mail.passwords import place, smtp_password
from ownerbook.mail.smtp import PORTS, Server
from ownerbook.mail.trouble import MailTrouble
from ownerbook.schema.words import Lang, Text
from ownerbook.settings import Settings

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class MailOptions:
    """Mail as the settings have it. server: still without its password. allow: the only addresses that are written to."""

    server: Server
    sender: str
    sender_name: str
    reply_to: str
    domain: str
    recipients: tuple[str, ...]
    alerts: tuple[str, ...]
    allow: frozenset[str]
    attach: bool
    encrypt: bool
    ascii_filenames: bool
    lang: Lang

    @classmethod
    def of(cls, settings: Settings, root: Path) -> MailOptions:
        """From the settings of a workspace. Raises MailTrouble with everything that is wrong."""
        wrong = list(contradictions(settings))
        if wrong:
            raise MailTrouble(Text("；".join(w.zh for w in wrong), "; ".join(w.en for w in wrong)))
        s = settings
        security = s["mail.security"]
        server = Server(
            s["mail.host"],
            s["mail.port"] or PORTS[security],
            security,
            s["mail.user"],
            "",
            s["mail.local_hostname"] or "localhost",
            float(s["mail.timeout"]),
            place(s["mail.ca_file"], root) if s["mail.ca_file"] else None,
            s["mail.size_limit_mb"] * MEGABYTE,
        )
        recipients, alerts = once(s["mail.recipients"]), once(s["alerts.mail"])
        return cls(
            server,
            s["mail.sender"],
            s["mail.sender_name"] or s["workspace.name"] or root.name,
            s["mail.reply_to"],
            s["mail.domain"] or s["mail.sender"].rpartition("@")[2],
            recipients,
            alerts,
            frozenset(map(same, s["mail.allow"] or (*recipients, *alerts))),
            s["mail.attach"],
            s["mail.encrypt"],
            s["mail.ascii_filenames"],
            s["check.lang"],
        )

    def may_write_to(self, address: str) -> bool:
        """Whether the allow-list has an address."""
        return same(address) in self.allow

    def server_with_password(self, settings: Settings, root: Path) -> Server:
        """The server, ready to be talked to. Raises MailTrouble where a login has no password."""
        if not self.server.user:
            return self.server
        password, _ = smtp_password(settings, root)
        if not password:
            raise MailTrouble(
                Text(
                    "没有找到邮箱授权码：请设环境变量 OWNERBOOK_SMTP_PASSWORD，或 mail.password_file，或存入系统钥匙串",
                    "no mail password was found: set OWNERBOOK_SMTP_PASSWORD or mail.password_file, or store it in the keyring",
                )
            )
        return replace(self.server, password=password)


def is_set_up(settings: Settings) -> bool:
    """Whether mail is meant to be sent at all."""
    return bool(settings["mail.host"])


def contradictions(settings: Settings) -> Iterator[Text]:
    """What is missing or does not fit together in [mail] and [alerts], each with its remedy."""
    s = settings
    if not s["mail.host"]:
        if s["mail.recipients"] or s["alerts.mail"] or s["mail.sender"] or s["mail.user"]:
            yield Text("邮件只设了一半：缺 mail.host（发信服务器）", "mail is half set up: mail.host is missing")
        return
    if not s["mail.sender"]:
        yield Text("邮件只设了一半：缺 mail.sender（发件地址）", "mail is half set up: mail.sender is missing")
    if not s["mail.recipients"] and not s["alerts.mail"]:
        yield Text("邮件只设了一半：缺 mail.recipients（收件人）", "mail is half set up: mail.recipients is missing")
    if s["mail.allow"]:
        allowed = set(map(same, s["mail.allow"]))
        for option in ("mail.recipients", "alerts.mail"):
            n = sum(same(a) not in allowed for a in s[option])
            if n:
                yield Text(f"{option} 里有 {n} 个地址不在 mail.allow 里", f"{n} addresses of {option} are not in mail.allow")
    if s["mail.user"] and s["mail.security"] == "none" and s["mail.host"] not in ("localhost", "127.0.0.1", "::1"):
        yield Text(
            "mail.security 为 none 时授权码会明文传送，请改为 tls 或 starttls，或不设 mail.user",
            "with mail.security none the password would travel in the clear: use tls or starttls, or no mail.user",
        )


def same(address: str) -> str:
    """An address as it is compared."""
    return address.strip().lower()


def once(addresses: list[str]) -> tuple[str, ...]:
    """Addresses, each once, in order."""
    found: dict[str, str] = {}
    for address in addresses:
        found.setdefault(same(address), address)
    return tuple(found.values())
