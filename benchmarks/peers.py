"""What other validators do with the same workbook and a handful of the same rules: their time beside a bare read, and what they find.

    python benchmarks/peers.py [OWNERS] [RUNS]

Six rules that all of them can say in their own words: 业主编号 once, 房号 on 房屋, the form and check place of 证件号码, the form of 联系电话,
交房日期 not before 签约日期 and 材料编号 once. The register is `make_register.py`'s, which plants one mistake in forty owners; where each stands
is known, so what a peer tells is counted: told at its row and column, told without one of these, missed, told where nothing is wrong.
Each peer runs in a process of its own; one that is not installed is left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from checking import CALAMINE, check_of, register  # noqa: E402
from make_register import MISTAKE_EVERY  # noqa: E402
from measure import beside, python  # noqa: E402

Cell = tuple[str, str, int]  # sheet, header, row as Excel counts

# what peers of data frames share: the check place of GB 11643, over the whole column
CHECK_PLACE = """
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
def fine(text):
    return len(text) == 18 and text[:17].isdigit() and "10X98765432"[sum(int(c) * w for c, w in zip(text, WEIGHTS)) % 11] == text[17]
"""
# the same rules for both engines; ENGINE gives the frames, the two checks that are said otherwise, and where a failure is told
_PANDERA = """
import json, sys
CHECK_PLACE
ENGINE
schemas = {
    "业主": pa.DataFrameSchema({
        "业主编号": pa.Column(str, unique=True), "房号": pa.Column(str, pa.Check.isin(houses)),
        "证件号码": pa.Column(str, place), "联系电话": pa.Column(str, pa.Check.str_matches(r"^1\\d{10}$"))}),
    "房屋": pa.DataFrameSchema(checks=order),
    "材料": pa.DataFrameSchema({"材料编号": pa.Column(str, unique=True)}),
}
told = []
for sheet, schema in schemas.items():
    try:
        schema.validate(frames[sheet], lazy=True)
    except pa.errors.SchemaErrors as e:
        for column, index in failures(e.failure_cases):
            told.append((sheet, column if column in frames[sheet].columns else None, None if index is None or index != index else int(index) + 2))
print(json.dumps(told))
""".replace("CHECK_PLACE", CHECK_PLACE)
PANDERA_PANDAS = _PANDERA.replace("ENGINE", """
import pandas as pd, pandera.pandas as pa
frames = pd.read_excel(sys.argv[1], sheet_name=["房屋", "业主", "材料"], engine="calamine", dtype={"联系电话": str, "证件号码": str})
houses = set(frames["房屋"]["房号"])
place = pa.Check(lambda s: s.map(fine))
order = pa.Check(lambda f: f["交房日期"] >= f["签约日期"], ignore_na=False)
failures = lambda cases: cases[["column", "index"]].itertuples(index=False)
""")
PANDERA_POLARS = _PANDERA.replace("ENGINE", """
import polars as pl, pandera.polars as pa
frames = {s: pl.read_excel(sys.argv[1], sheet_name=s, engine="calamine", infer_schema_length=None) for s in ("房屋", "业主", "材料")}
houses = frames["房屋"]["房号"].to_list()
place = pa.Check(lambda d: d.lazyframe.select(pl.col(d.key).map_elements(fine, return_dtype=pl.Boolean)))
order = pa.Check(lambda d: d.lazyframe.select(pl.col("交房日期") >= pl.col("签约日期")))
failures = lambda cases: cases.select("column", "index").iter_rows()
""")
FRICTIONLESS = """
import json, sys
from frictionless import Check, Checklist, Detector, Package, Resource, Schema, errors, formats
WHO = {"业主编号": {"type": "string", "constraints": {"required": True, "unique": True}}, "房号": {"type": "string"},
       "证件号码": {"type": "string", "constraints": {"pattern": r"\\d{17}[\\dX]"}},
       "联系电话": {"type": "string", "constraints": {"pattern": r"1\\d{10}"}}}
NAMES = {"房屋": "houses", "业主": "owners", "材料": "papers"}  # a resource has no Chinese name
def resource(name, fields, keys=()):
    descriptor = {"fields": [{"name": n, **f} for n, f in fields.items()], "foreignKeys": list(keys)}
    return Resource(name=NAMES[name], path=sys.argv[1].rpartition("/")[2], control=formats.ExcelControl(sheet=name),
                    detector=Detector(schema_sync=True), schema=Schema.from_descriptor(descriptor))
class Order(Check):
    type = "order"
    Errors = [errors.CellError]
    def validate_row(self, row):
        a, b = row["签约日期"], row["交房日期"]
        if a and b and str(b) < str(a):
            yield errors.CellError.from_row(row, note="before", field_name="交房日期")
class Place(Check):
    type = "place"
    Errors = [errors.CellError]
    def validate_row(self, row):
        if not fine(str(row["证件号码"] or "")):
            yield errors.CellError.from_row(row, note="check place", field_name="证件号码")
CHECK_PLACE
houses = resource("房屋", {"房号": {"type": "string"}, "签约日期": {"type": "any"}, "交房日期": {"type": "any"}})
owners = resource("业主", WHO, [{"fields": ["房号"], "reference": {"resource": "houses", "fields": ["房号"]}}])
papers = resource("材料", {"材料编号": {"type": "string", "constraints": {"unique": True}}})
package = Package(resources=[houses, owners, papers], basepath=sys.argv[1].rpartition("/")[0])
told = []
for sheet, checks in (("房屋", [Order()]), ("业主", [Place()]), ("材料", [])):
    report = package.get_resource(NAMES[sheet]).validate(Checklist(checks=checks), limit_errors=1_000_000)
    for task in report.tasks:
        for row, field, kind, cells in task.flatten(["rowNumber", "fieldName", "type", "note"]):
            told.append((sheet, field or ("房号" if kind == "foreign-key" else None), row))
print(json.dumps(told))
""".replace("CHECK_PLACE", CHECK_PLACE)
GREAT_EXPECTATIONS = """
import json, sys, logging
logging.disable(logging.CRITICAL)
import pandas as pd, great_expectations as gx
import great_expectations.expectations as e
frames = pd.read_excel(sys.argv[1], sheet_name=["房屋", "业主", "材料"], engine="calamine", dtype={"联系电话": str, "证件号码": str})
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
source = context.data_sources.add_pandas("frames")
houses = frames["房屋"]["房号"].tolist()
rules = {
    "业主": [e.ExpectColumnValuesToBeUnique(column="业主编号"), e.ExpectColumnValuesToNotBeNull(column="业主编号"),
             e.ExpectColumnValuesToBeInSet(column="房号", value_set=houses),
             e.ExpectColumnValuesToMatchRegex(column="证件号码", regex=r"^\\d{17}[\\dX]$"),
             e.ExpectColumnValuesToMatchRegex(column="联系电话", regex=r"^1\\d{10}$")],
    "房屋": [e.ExpectColumnPairValuesAToBeGreaterThanB(column_A="交房日期", column_B="签约日期", or_equal=True)],
    "材料": [e.ExpectColumnValuesToBeUnique(column="材料编号")],
}
told = []
for sheet, expected in rules.items():
    batch = source.add_dataframe_asset(sheet).add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frames[sheet]})
    for rule in expected:
        found = batch.validate(rule, result_format={"result_format": "COMPLETE", "return_unexpected_index_query": False})
        for index in found.result.get("unexpected_index_list") or ():
            told.append((sheet, getattr(rule, "column", None) or "交房日期", int(index) + 2))
print(json.dumps(told))
"""
PEERS = {
    "pandera on pandas": ("pandera", "pandas", PANDERA_PANDAS),
    "pandera on polars": ("pandera", "polars", PANDERA_POLARS),
    "frictionless": ("frictionless", "frictionless", FRICTIONLESS),
    "Great Expectations": ("great_expectations", "pandas", GREAT_EXPECTATIONS),
}


def planted(owners: int) -> set[Cell]:
    """The cells with a mistake, as `make_register.py` plants them; of a doubled number the later one."""
    out: set[Cell] = set()
    for n in range(MISTAKE_EVERY - 1, owners, MISTAKE_EVERY):
        out.add(
            (
                ("业主", "证件号码", n + 2),
                ("业主", "联系电话", n + 2),
                ("业主", "房号", n + 2),
                ("房屋", "交房日期", n + 2),
                ("材料", "材料编号", 3 * n + 4),
            )[n // MISTAKE_EVERY % 5]
        )
    return out


def score(told: list[list[object]], wrong: set[Cell]) -> tuple[int, int, int, int]:
    """How many mistakes were told at their cell, told with a row alone, missed; and how much was told where nothing is wrong.

    Of two alike numbers the earlier one may be told as well.
    """
    at = {(s, c, r) for s, c, r in told}
    near = {(s, r) for s, c, r in told}
    exact = len(wrong & at)
    rows = sum((s, r) in near for s, c, r in wrong - at)
    twins = {("材料", r - 1) for s, _, r in wrong if s == "材料"}
    right = {(s, r) for s, _, r in wrong} | twins
    return exact, rows, len(wrong) - exact - rows, sum((s, r) not in right for s, _, r in at)


def ours(path: Path) -> list[list[object]]:
    """What our check tells at the cells of the six rules' columns."""
    done = subprocess.run([*check_of(path), "--fresh"], capture_output=True, check=False)
    return [[p["sheet"], p["header"], p["row"]] for p in json.loads(done.stdout)["problems"]]


def main(owners: int = 10_000, runs: int = 5) -> list[str]:
    """Measure. Gives Markdown lines."""
    path, wrong = register(owners), planted(owners)
    bare = python(CALAMINE, str(path))
    lines = [
        f"| {owners:,} owners, {len(wrong)} mistakes planted | CPU ÷ bare read | lowest–highest | MiB | told at the cell | told with a row alone "
        "| missed | told where nothing is wrong |",
        "|---|---|---|---|---|---|---|---|",
    ]
    mine = beside([*check_of(path), "--fresh"], bare, runs)
    exact, rows, missed, _ = score(ours(path), wrong)
    told = f"{exact} | {rows} | {missed} | see below"
    lines.append(f"| `ownerbook check`, all rules | {mine.ratio:.2f} | {mine.low:.2f}–{mine.high:.2f} | {mine.memory:.0f} | {told} |")
    for name, (package, engine, code) in PEERS.items():
        if not (find_spec(package) and find_spec(engine)):
            lines.append(f"| {name} | not installed, not measured | | | | | | |")
            continue
        command = python(code, str(path))
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            lines.append(f"| {name} | did not run: {done.stderr.strip().splitlines()[-1][:100]} | | | | | | |")
            continue
        p = beside(command, bare, runs)
        exact, rows, missed, beside_it = score(json.loads(done.stdout.strip().splitlines()[-1]), wrong)
        lines.append(f"| {name}, six rules | {p.ratio:.2f} | {p.low:.2f}–{p.high:.2f} | {p.memory:.0f} | {exact} | {rows} | {missed} | {beside_it} |")
    return lines


if __name__ == "__main__":
    print("\n".join(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, int(sys.argv[2]) if len(sys.argv) > 2 else 5)))
