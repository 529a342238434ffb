"""Workbooks handed to LibreOffice, to be saved in an older or another format."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

FILTERS = {"ods": "ods", "xls": "xls:MS Excel 97", "xlsx": "xlsx"}


def converted(sources: Sequence[Path], kind: str, folder: Path) -> dict[str, Path]:
    """The files that came out, by the stem of their source; those that LibreOffice cannot open are not among them.

    The test is skipped where LibreOffice is not installed.
    """
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    out = folder / kind
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", FILTERS[kind], "--outdir", str(out)]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=600)
    return {p.stem: p for p in sorted(out.iterdir())}
