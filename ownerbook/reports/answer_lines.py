"""What came of each answer of a problem workbook, as plain data: for the workbook that goes back, and for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ownerbook.schema.words import Lang, Text, sentence

Outcome = Literal["asked", "solved", "stands", "waiver", "waits", "kept", "gone", "refused"]
OUTCOMES: dict[Outcome, Text] = {
    "asked": Text("列入变更方案", "goes into a plan"),
    "solved": Text("已更正，查过已解决", "corrected, and gone"),
    "stands": Text("已更正，查过仍未改好", "corrected, and still a problem"),
    "waiver": Text("豁免，待有权的人采用", "waiver, waits for approval"),
    "waits": Text("待核实，已记下", "to be verified, noted"),
    "kept": Text("与以前相同", "as before"),
    "gone": Text("问题已经没有了", "the problem is gone"),
    "refused": Text("没有采用", "not taken"),
}
NOTHING = Text("", "")
TROUBLE: tuple[Outcome, ...] = ("refused", "stands", "gone")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer, or one cell that was corrected in an annotated copy.

    file, tab, row: where it was written. answer: as it was chosen, '' for a corrected cell. said and cure: templates over `values`, personal
    ones of which are masked on their way out; cure is blank where nothing is to be done. id, code, table, record, header: of the problem, as
    far as it is known. who: who answered, '' where it was not said.
    """

    file: str
    tab: str
    row: int
    answer: str
    outcome: Outcome
    said: Text
    cure: Text = NOTHING
    note: str = ""
    who: str = ""
    id: str = ""
    code: str = ""
    table: str = ""
    record: str = ""
    header: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: Lang = "zh", *, masked: bool = True) -> str:
        """What came of it."""
        return sentence(self.said, self.values, lang=lang, masked=masked)

    def advise(self, lang: Lang = "zh", *, masked: bool = True) -> str:
        """What to do, '' for nothing."""
        return sentence(self.cure, self.values, lang=lang, masked=masked)

    def told(self, *, masked: bool = True) -> Text:
        """The line for the terminal: where it was written, what came of it, what to do."""
        zh, en = self.say("zh", masked=masked), self.say("en", masked=masked)
        cure = Text(self.advise("zh", masked=masked), self.advise("en", masked=masked))
        zh, en = (f"{zh}；{cure.zh}", f"{en}; {cure.en}") if cure.zh else (zh, en)
        where = f"{self.tab}!" if not self.answer and self.tab else ""
        what = Text("没有采用", "not taken") if self.outcome == "refused" else OUTCOMES[self.outcome]
        return Text(f"{self.file} {where}第 {self.row} 行{what.zh}：{zh}", f"{self.file} {where}row {self.row}, {what.en}: {en}")

    def become(self, outcome: Outcome, said: Text, cure: Text = NOTHING) -> AnswerLine:
        """The same answer with another outcome."""
        return replace(self, outcome=outcome, said=said, cure=cure)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of the answers of a day. counts: how many by outcome; lines: those that could not be taken."""

    counts: Mapping[str, int]
    lines: Sequence[AnswerLine]

    @property
    def total(self) -> int:
        """How many answers came."""
        return sum(self.counts.values())


def counted(counts: Mapping[str, int]) -> Text:
    """How many answers came to what, in one line; '' for none."""
    some = [(words, counts[outcome]) for outcome, words in OUTCOMES.items() if counts.get(outcome)]
    return Text("；".join(f"{w.zh} {n}" for w, n in some), "; ".join(f"{w.en} {n}" for w, n in some))


def packed(line: AnswerLine) -> list[str | int]:
    """A line as plain data, masked."""
    said = (line.say("zh"), line.say("en"), line.advise("zh"), line.advise("en"))
    return [line.file, line.tab, line.row, line.answer, line.outcome, *said, line.code, line.table, line.record, line.header, line.id]


def unpacked(data: Sequence[Any]) -> AnswerLine:
    """A line that was kept; its words are as they were."""
    file, tab, row, answer, outcome, zh, en, cure_zh, cure_en, code, table, record, header, ident = data
    values = {"said": Text(zh, en), "cure": Text(cure_zh, cure_en)}
    cure = Text("{cure}", "{cure}") if cure_zh else NOTHING
    about = {"code": code, "table": table, "record": record, "header": header, "id": ident, "values": values}
    return AnswerLine(file, tab, int(row), answer, outcome, Text("{said}", "{said}"), cure, **about)
