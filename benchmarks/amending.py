"""Amending as ratios: against openpyxl's load-and-save, and against inflating and deflating the one sheet.

    python benchmarks/amending.py [--rows N] [--openpyxl]

Each way runs in a process of its own; CPU seconds and peak memory are those of the process and its children. The workbook
is made up: seven sheets, most texts shared, like a register of N owners.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

SHEETS = {"房屋": (0.6, 13), "业主": (1.0, 22), "家庭成员": (0.7, 9), "档案": (0.7, 11), "材料": (1.4, 11), "借阅": (0.1, 18), "变更": (0.1, 13)}
EDITS = 100
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def make(path: Path, rows: int) -> None:
    """Write a register-like workbook."""
    rng = random.Random(7)
    shared = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        names = list(SHEETS)
        for i, name in enumerate(names, 1):
            share, columns = SHEETS[name]
            count = int(rows * share)
            with archive.open(f"xl/worksheets/sheet{i}.xml", "w") as part:
                shared = _sheet(part, count, columns, shared, rng)
        with archive.open("xl/sharedStrings.xml", "w") as part:
            part.write(f'<sst {_MAIN} count="{shared}" uniqueCount="{shared}">'.encode())
            for i in range(shared):
                part.write(f"<si><t>文字 {i:07d} 幢{i % 97}单元</t></si>".encode())
            part.write(b"</sst>")
        override = '<Override PartName="/xl/worksheets/sheet{}.xml" ContentType="{}.worksheet+xml"/>'
        overrides = "".join(override.format(i, _KIND) for i in range(1, len(names) + 1))
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>{overrides}'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
        )
        package = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        archive.writestr("_rels/.rels", f'{package}<Relationship Id="r" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        rels = "".join(f'<Relationship Id="r{i}" Type="{_REL}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(1, len(names) + 1))
        rels += f'<Relationship Id="s" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/>'
        rels += f'<Relationship Id="t" Type="{_REL}/styles" Target="styles.xml"/>'
        archive.writestr("xl/_rels/workbook.xml.rels", f"{package}{rels}</Relationships>")
        sheets = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="r{i}"/>' for i, n in enumerate(names, 1))
        archive.writestr("xl/workbook.xml", f'<workbook {_MAIN} xmlns:r="{_REL}"><sheets>{sheets}</sheets></workbook>')
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet {_MAIN}><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="1"><fill><patternFill '
            'patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
            '<cellXfs count="2"><xf xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>',
        )


def _sheet(part: object, rows: int, columns: int, shared: int, rng: random.Random) -> int:
    write = part.write  # type: ignore[attr-defined]
    letters = [chr(65 + i) for i in range(columns)]
    write(f'<worksheet {_MAIN}><dimension ref="A1:{letters[-1]}{rows}"/><sheetData>'.encode())
    for r in range(1, rows + 1):
        cells = []
        for j, letter in enumerate(letters):
            if j % 5 == 4:
                cells.append(f'<c r="{letter}{r}" s="1"><v>{44000 + rng.randrange(1500)}</v></c>')
            elif j % 7 == 3:
                cells.append(f'<c r="{letter}{r}"><v>{rng.randrange(9000) / 10}</v></c>')
            elif j < 3:
                cells.append(f'<c r="{letter}{r}" t="s"><v>{shared}</v></c>')
                shared += 1
            else:
                cells.append(f'<c r="{letter}{r}" t="s"><v>{rng.randrange(max(shared, 1))}</v></c>')
        write(f'<row r="{r}" spans="1:{columns}">{"".join(cells)}</row>'.encode())
    write(b"</sheetData></worksheet>")
    return shared


def _amend(path: str, rows: int) -> None:
    from ownerbook.workbook.amend import SetCell, amend

    step = max(rows // EDITS, 1)
    edits = [SetCell("业主", f"D{2 + i * step}", 1234.5 + i) if i % 2 else SetCell("业主", f"F{2 + i * step}", f"新值 {i}") for i in range(EDITS)]
    amended = amend(Path(path).read_bytes(), edits)
    assert len(amended.receipt.changes) == EDITS and amended.receipt.proof


def _identifiers(path: str, rows: int) -> None:
    from ownerbook.workbook.amend import SetCell, amend

    step = max(rows // EDITS, 1)
    amended = amend(Path(path).read_bytes(), [SetCell("业主", f"C{2 + i * step}", f"1101010000{i:08d}", identifier=True) for i in range(EDITS)])
    assert amended.receipt.scrubbed


def _inflate_deflate(path: str, rows: int) -> None:
    import zlib

    with zipfile.ZipFile(path) as archive:
        machine = zlib.compressobj(6, zlib.DEFLATED, -15)
        with archive.open("xl/worksheets/sheet2.xml") as part:
            while chunk := part.read(1 << 20):
                machine.compress(chunk)
        machine.flush()


def _openpyxl(path: str, rows: int) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    book["业主"]["F2"] = "新值"
    book.save(path + ".openpyxl.xlsx")


WAYS = {"amend": _amend, "identifiers": _identifiers, "inflate+deflate": _inflate_deflate, "openpyxl": _openpyxl}


def _measured(way: str, path: Path, rows: int) -> tuple[float, float]:
    """CPU seconds and MiB."""
    command = [sys.executable, __file__, "--way", way, "--path", str(path), "--rows", str(rows)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    cpu, memory = run.stdout.split()
    return float(cpu), float(memory)


def _child(way: str, path: str, rows: int) -> None:
    WAYS[way](path, rows)
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    print(cpu, max(own.ru_maxrss, children.ru_maxrss) / 1024)


def _ratio(found: list[float]) -> str:
    return f"{statistics.median(found):.2f} ({min(found):.2f}–{max(found):.2f})"


def lines(rows: int, with_openpyxl: bool, path: Path | None = None, runs: int = 5) -> Iterator[str]:
    """The results, a line each. The ways run in turn, each figure is the median of the ratios pair by pair, with the lowest and highest."""
    with tempfile.TemporaryDirectory() as folder:
        book = path or Path(folder) / "register.xlsx"
        if not book.exists():
            make(book, rows)
        with zipfile.ZipFile(book) as archive:
            inflated = sum(i.file_size for i in archive.infolist())
        yield f"workbook: {rows:,} owners, {book.stat().st_size / 1e6:.0f} MB, {inflated / 1e6:.0f} MB of XML, {EDITS} edits; {runs} runs"
        ways = ("inflate+deflate", "amend", "identifiers")
        cpu: dict[str, list[float]] = {w: [] for w in ways}
        memory = dict.fromkeys(ways, 0.0)
        for _ in range(runs):
            for way in ways:
                seconds, peak = _measured(way, book, rows)
                cpu[way].append(seconds)
                memory[way] = max(memory[way], peak)
        for way, name in (("amend", "amend, proof included"), ("identifiers", "amend identifiers, old ones blanked and looked for everywhere")):
            against = [a / b for a, b in zip(cpu[way], cpu["inflate+deflate"], strict=True)]
            yield f"{name}: {_ratio(against)} × inflating and deflating the one sheet; {memory[way]:.0f} MiB"
        if with_openpyxl:
            seconds, peak = _measured("openpyxl", book, rows)
            after = {w: _measured(w, book, rows)[0] for w in ("amend", "identifiers")}  # right after it, under the same load
            times = (seconds / after["amend"], seconds / after["identifiers"])
            yield f"openpyxl load and save: {times[0]:.0f} × amend, {times[1]:.0f} × amend identifiers; {peak:.0f} MiB"
        said = ", ".join(f"{w} {statistics.median(cpu[w]):.2f}" for w in ways)
        yield f"(CPU seconds here, medians: {said})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--openpyxl", action="store_true")
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--path", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    if args.way:
        _child(args.way, str(args.path), args.rows)
        return
    for line in lines(args.rows, args.openpyxl, args.path, args.runs):
        print(line)


if __name__ == "__main__":
    main()
