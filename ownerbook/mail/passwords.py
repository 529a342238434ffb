"""Passwords: from the environment, a file, the system's keyring. Never printed, logged or put on a command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from ownerbook.mail.trouble import MailTrouble
from ownerbook.schema.words import Text
from ownerbook.settings import Settings

SMTP: Final = "OWNERBOOK_SMTP_PASSWORD"
ATTACHMENT: Final = "OWNERBOOK_ATTACHMENT_PASSWORD"
SERVICE: Final = "ownerbook"
"""The service under which the keyring holds the password; its user is `mail.user`."""
SHORTEST: Final = 12
"""Characters that an attachment's password has at least."""
Source = Literal["environment", "file", "keyring", "settings", ""]


def smtp_password(settings: Settings, root: Path, environ: Mapping[str, str] = os.environ) -> tuple[str, Source]:
    """The password of the mail account, and where it came from; ('', '') where there is none. Raises MailTrouble where its file cannot be read."""
    if direct := environ.get(SMTP):
        return direct, "environment"
    if name := settings["mail.password_file"]:
        return read(place(name, root), "mail.password_file"), "file"
    if settings["mail.user"] and (kept := _keyring(settings["mail.user"])):
        return kept, "keyring"
    said = str(settings["mail.password"])
    return said, "settings" if said else ""


def attachment_password(settings: Settings, root: Path, environ: Mapping[str, str] = os.environ) -> str:
    """The password with which attachments are encrypted, '' where there is none. Raises MailTrouble where it cannot be read, or is short."""
    said = environ.get(ATTACHMENT) or ""
    if not said and (name := settings["mail.attachment_password_file"]):
        said = read(place(name, root), "mail.attachment_password_file")
    if said and len(said) < SHORTEST:
        raise MailTrouble(Text(f"附件密码太短，至少要 {SHORTEST} 位", f"the attachment's password is too short; {SHORTEST} characters are the least"))
    return said


def place(name: str, root: Path) -> Path:
    """A file named in the settings; relative to the workspace."""
    path = Path(name).expanduser()
    return path if path.is_absolute() else root / path


def read(path: Path, option: str) -> str:
    """The first line of a password file. Raises MailTrouble; what the file holds is never told."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        raise MailTrouble(Text(f"{option} 指的文件读不了：{reason}", f"the file of {option} cannot be read: {reason}")) from None
    if not lines or not lines[0]:
        raise MailTrouble(Text(f"{option} 指的文件第一行是空的", f"the first line of the file of {option} is blank"))
    return lines[0]


def _keyring(user: str) -> str:
    """From the system's keyring, where the package keyring is installed and has a keyring to ask."""
    import importlib

    try:
        return str(importlib.import_module("keyring").get_password(SERVICE, user) or "")
    except Exception:  # not installed, locked, or no desktop: each system raises its own
        return ""
