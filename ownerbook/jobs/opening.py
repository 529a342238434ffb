"""The password with which a workspace's workbooks are opened."""

from __future__ import annotations

import os
from pathlib import Path

from ownerbook.jobs.workspace import Workspace


def password_from(space: Workspace, option: str | None) -> str | None:
    """The workbooks' password: a file named on the command line, in the environment, or in the settings; or the environment itself."""
    direct = os.environ.get("OWNERBOOK_PASSWORD")
    name = option or os.environ.get("OWNERBOOK_PASSWORD_FILE") or space.settings["files.password_file"]
    if name:
        path = Path(name) if Path(name).is_absolute() or option else space.root / name
        return path.read_text("utf-8-sig").rstrip("\r\n")
    return direct
