"""docs/library.md is run, block by block, on a copy of the clean community."""

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "library.md"


def test_the_examples_of_the_library_page_run(tmp_path, monkeypatch):
    pytest.importorskip("pandas")
    shutil.copytree(ROOT / "sheets" / "干净小区", tmp_path / "小区")
    monkeypatch.chdir(tmp_path / "小区")
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) >= 7
    names: dict[str, object] = {}
    for n, block in enumerate(blocks, 1):
        exec(compile(block, f"library.md block {n}", "exec"), names)  # noqa: S102  the page is ours
    assert not (tmp_path / "小区" / ".ownerbook").exists(), "the library writes nothing"


def test_opening_ownerbook_loads_no_heavy_library():
    import subprocess
    import sys

    code = "import sys, ownerbook; assert not {'numpy', 'pandas', 'openpyxl', 'xlsxwriter'} & set(sys.modules), sorted(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
