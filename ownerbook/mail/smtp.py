"""One letter handed to a mail server. What became of it is told exactly: taken, refused, not reached, or not known.

Not known is only what broke off after the end mark of the text had begun to go out and before the answer came. Whatever breaks
off earlier was not taken, since a server takes no letter without its end mark (RFC 5321, 4.1.1.4).
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from ownerbook.mail.answers import advice, decoded, is_too_large
from ownerbook.schema.words import Text

PORTS: Final = {"tls": 465, "starttls": 587, "none": 25}
_PIECE: Final = 65536
_ANSWER_PATIENCE: Final = 10  # times the usual: servers look through a letter before they answer for it (RFC 5321, 4.5.3.2.6: 10 minutes)
Where = Literal["connect", "hello", "tls", "login", "from", "to", "data"]
_BEFORE_ANY: Final = ("connect", "hello", "tls", "login")


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to come in. timeout: seconds; ca_file: certificates of one's own authority, None for the system's."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    password: str = field(default="", repr=False)
    local_hostname: str = "localhost"
    timeout: float = 30.0
    ca_file: Path | None = None
    size_limit: int = 0  # bytes, 0 for none


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of a letter. again: it may be tried again. reduced: it went without its attachment. answer: the server's own words.

    everybody: the server was not reached or let nobody in, so that no other letter would go either.
    """

    state: Literal["sent", "failed", "unknown"]
    answer: str = ""
    error: Text = Text("", "")
    again: bool = False
    reduced: bool = False
    everybody: bool = False


class _Refused(Exception):
    def __init__(self, where: Where, code: int, answer: bytes | str) -> None:
        self.where, self.code, self.answer = where, code, decoded(answer)


def hand_over(server: Server, sender: str, recipient: str, letter: bytes, reduced: bytes | None, begin: Callable[[], bool]) -> Handed:
    """Send one letter to one recipient. Never raises for what a network or a server does.

    reduced: what goes instead where the letter is too large. begin: called right before the server is asked to take the text; where
    it says no, nothing is sent.
    """
    talk = _Talk(server)
    try:
        return talk.deliver(sender, recipient, letter, reduced, begin)
    except _Refused as r:
        again, everybody = not 500 <= r.code < 600, r.where in _BEFORE_ANY
        return Handed("failed", f"{r.code} {r.answer}", advice(r.code, r.answer, r.where), again=again, everybody=everybody)
    except ssl.SSLCertVerificationError as e:
        said = Text(
            f"服务器证书不被信任（{e.verify_message}）；自签证书请设置 mail.ca_file",
            f"the server's certificate is not trusted ({e.verify_message}); see mail.ca_file",
        )
        return Handed("failed", error=said, everybody=True)
    except (OSError, smtplib.SMTPException, ValueError) as e:
        return talk.broken(e)
    finally:
        talk.close()


class _Talk:
    """A conversation, and how far it came."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.smtp: smtplib.SMTP | None = None
        self.where: Where = "connect"
        self.is_open_question = self.is_broken = False

    def broken(self, error: Exception) -> Handed:
        """The line broke."""
        self.is_broken = True
        everybody = self.where in _BEFORE_ANY
        kind = "超时" if isinstance(error, TimeoutError) else getattr(error, "strerror", None) or type(error).__name__
        kind_en = "timed out" if isinstance(error, TimeoutError) else kind
        if self.is_open_question:
            return Handed(
                "unknown",
                error=Text(
                    f"信已交出，服务器没有答复（{kind}），不知道收件人有没有收到；请问一下，没收到再用 mail resend 重发",
                    f"the letter was handed over and no answer came ({kind_en}), so it may have arrived: ask, and resend it if it has not",
                ),
            )
        if isinstance(error, ssl.SSLError):
            return Handed("failed", error=advice(0, f"TLS: {getattr(error, 'reason', None) or kind}", "tls"), again=True, everybody=everybody)
        if self.where == "login" and isinstance(error, UnicodeError):
            said = Text("登录名或授权码里有英文字母、数字、符号以外的字", "the login name or password is not ASCII")
            return Handed("failed", error=said, everybody=True)
        host = f"{self.server.host}:{self.server.port}"
        said = Text(f"连不上邮件服务器 {host}（{kind}）", f"the mail server {host} cannot be reached ({kind_en})")
        return Handed("failed", error=said, again=True, everybody=everybody)

    def close(self) -> None:
        """Leave; how that goes matters to nobody any more."""
        if self.smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                if not self.is_broken:
                    self.smtp.quit()
            self.smtp.close()

    def deliver(self, sender: str, recipient: str, letter: bytes, reduced: bytes | None, begin: Callable[[], bool]) -> Handed:
        smtp = self._come_in()
        limit = self._limit(smtp)
        whole = True
        if limit and len(letter) > limit:
            if reduced is None or len(reduced) > limit:
                said = Text(f"信有 {len(letter):,} 字节，服务器最多收 {limit:,}", f"the letter has {len(letter):,} bytes, the server takes {limit:,}")
                return Handed("failed", error=said)
            whole = False
        while True:
            try:
                answer = self._give(smtp, sender, recipient, letter if whole or reduced is None else reduced, begin)
            except _Refused as r:
                if not (whole and reduced is not None and r.where in ("from", "data") and is_too_large(r.code, r.answer)):
                    raise
                whole = False
                self._ask(smtp.rset(), "from")
                continue
            if answer is None:
                return Handed("failed", error=Text("另一个程序接手了这封信", "another program has taken the letter"), again=True)
            return Handed("sent", answer, reduced=not whole)

    def _come_in(self) -> smtplib.SMTP:
        s = self.server
        context = ssl.create_default_context(cafile=str(s.ca_file) if s.ca_file else None) if s.security != "none" else None
        # local_hostname is always given: without it smtplib asks for the machine's own name, which breaks on Chinese ones
        smtp: smtplib.SMTP
        try:
            if s.security == "tls":
                smtp = smtplib.SMTP_SSL(s.host, s.port, timeout=s.timeout, local_hostname=s.local_hostname, context=context)
            else:
                smtp = smtplib.SMTP(s.host, s.port, timeout=s.timeout, local_hostname=s.local_hostname)
        except smtplib.SMTPConnectError as e:
            raise _Refused("connect", e.smtp_code, e.smtp_error) from None
        self.smtp = smtp
        self._hello(smtp)
        if s.security == "starttls":
            self.where = "tls"
            if not smtp.has_extn("starttls"):
                raise _Refused("tls", 502, "STARTTLS")  # never in the clear instead
            self._ask(smtp.starttls(context=context), "tls", 220)
            self._hello(smtp)
        if s.user:
            self.where = "login"
            if not smtp.has_extn("auth"):
                raise _Refused("login", 503, "AUTH")
            try:
                smtp.login(s.user, s.password)
            except smtplib.SMTPResponseException as e:
                raise _Refused("login", e.smtp_code, e.smtp_error) from None
            except smtplib.SMTPNotSupportedError as e:
                raise _Refused("login", 504, str(e)) from None
        return smtp

    def _hello(self, smtp: smtplib.SMTP) -> None:
        self.where = "hello"
        code, _ = smtp.ehlo()
        if not 200 <= code < 300:
            self._ask(smtp.helo(), "hello")

    def _limit(self, smtp: smtplib.SMTP) -> int:
        said = smtp.esmtp_features.get("size", "").strip()
        limits = [n for n in (int(said) if said.isdecimal() else 0, self.server.size_limit) if n]
        return min(limits, default=0)

    def _give(self, smtp: smtplib.SMTP, sender: str, recipient: str, text: bytes, begin: Callable[[], bool]) -> str | None:
        options = [f"size={len(text)}"] if smtp.has_extn("size") else []
        self.where = "from"
        self._ask(smtp.mail(sender, options), "from")
        self.where = "to"
        self._ask(smtp.rcpt(recipient), "to")
        self.where = "data"
        if not begin():
            return None
        self._ask(smtp.docmd("DATA"), "data", 354)
        body = re.sub(rb"(?m)^\.", b"..", text)
        if not body.endswith(b"\r\n"):
            body += b"\r\n"
        for start in range(0, len(body), _PIECE):  # in pieces: a socket's timeout holds for the whole of one sending
            smtp.send(body[start : start + _PIECE])
        if smtp.sock is not None:
            smtp.sock.settimeout(self.server.timeout * _ANSWER_PATIENCE)
        self.is_open_question = True
        smtp.send(b".\r\n")
        code, answer = smtp.getreply()
        if not 200 <= code < 600:
            raise smtplib.SMTPServerDisconnected(decoded(answer))  # no answer at all
        self.is_open_question = False
        if smtp.sock is not None:
            smtp.sock.settimeout(self.server.timeout)
        self._ask((code, answer), "data")
        return f"{code} {decoded(answer)}"

    @staticmethod
    def _ask(reply: tuple[int, bytes], where: Where, wanted: int = 0) -> None:
        code, answer = reply
        if code != wanted if wanted else not 200 <= code < 300:
            raise _Refused(where, code, answer)
