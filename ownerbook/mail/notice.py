"""Notices of failure to the robots of a WeCom or DingTalk group, by plain HTTPS. They never raise: they are told of work, not part of it.

Both take a JSON text by POST and answer with `errcode` 0. DingTalk signs with a secret: HMAC-SHA256 over the time in milliseconds,
a line end and the secret, in base64. A DingTalk robot may ask for a key word instead; "ownerbook" stands in every notice.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote_plus

from ownerbook.mail.passwords import place, read
from ownerbook.mail.trouble import MailTrouble
from ownerbook.schema.words import Text
from ownerbook.settings import Settings

LONGEST: Final = 1800
"""Bytes of a notice: WeCom takes 2,048."""


@dataclass(frozen=True, slots=True)
class Robots:
    """Where notices go. Addresses hold a key, so they are secrets like passwords."""

    wecom_url: str = field(default="", repr=False)
    dingtalk_url: str = field(default="", repr=False)
    dingtalk_secret: str = field(default="", repr=False)
    timeout: float = 10.0

    @classmethod
    def of(cls, settings: Settings, root: Path, environ: Mapping[str, str] = os.environ) -> Robots:
        """From the settings and the environment. A secret that cannot be read counts as none: the robot then refuses, and that is told."""
        secret = environ.get("OWNERBOOK_DINGTALK_SECRET", "")
        if not secret and settings["alerts.dingtalk_secret_file"]:
            try:
                secret = read(place(settings["alerts.dingtalk_secret_file"], root), "alerts.dingtalk_secret_file")
            except MailTrouble:
                secret = ""
        return cls(
            environ.get("OWNERBOOK_WECOM_URL") or settings["alerts.wecom_url"],
            environ.get("OWNERBOOK_DINGTALK_URL") or settings["alerts.dingtalk_url"],
            secret,
            float(settings["alerts.timeout"]),
        )

    def say(self, text: str, now: datetime) -> list[Text]:
        """Tell every robot. Gives what went wrong, one sentence each, without the addresses."""
        said = _cut(text if "ownerbook" in text else f"{text}\n(ownerbook)")
        return [
            Text(f"{name}机器人没有收下通知：{why}", f"the {name_en} robot did not take the notice: {why}")
            for name, name_en, url in self._places(now)
            if (why := post_json(url, {"msgtype": "text", "text": {"content": said}}, self.timeout))
        ]

    def _places(self, now: datetime) -> Iterator[tuple[str, str, str]]:
        if self.wecom_url:
            yield "企业微信", "WeCom", self.wecom_url
        if self.dingtalk_url:
            yield "钉钉", "DingTalk", signed(self.dingtalk_url, self.dingtalk_secret, now) if self.dingtalk_secret else self.dingtalk_url


def signed(url: str, secret: str, now: datetime) -> str:
    """A DingTalk robot's address with time and signature."""
    stamp = str(round(now.timestamp() * 1000))
    mark = base64.b64encode(hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()).decode()
    return f"{url}{'&' if '?' in url else '?'}timestamp={stamp}&sign={quote_plus(mark)}"


def post_json(url: str, body: Mapping[str, object], timeout: float) -> str:
    """Post, and look at the answer. Gives '' where it was taken, else why not, in a few words that name no address."""
    import urllib.error
    import urllib.request

    try:
        request = urllib.request.Request(url, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json; charset=utf-8"})
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            told = json.loads(answer.read(20_000) or b"{}")
    except urllib.error.HTTPError as error:
        error.close()
        return f"HTTP {error.code}"
    except Exception as error:  # a wrong address, no network, no JSON: a notice must not stop the work it tells of
        reason = getattr(error, "reason", error)
        return str(getattr(reason, "strerror", None) or type(reason).__name__)
    code = told.get("errcode", 0) if isinstance(told, dict) else 0
    return "" if code == 0 else f"errcode {code}"


def _cut(text: str) -> str:
    data = text.encode()
    return text if len(data) <= LONGEST else data[:LONGEST].decode("utf-8", "ignore") + "…"
