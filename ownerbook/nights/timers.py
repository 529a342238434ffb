"""The texts by which an operating system is told to call `ownerbook tick` every quarter of an hour.

systemd: `Persistent=true` makes up for a call missed while the machine was off. Task Scheduler: `StartWhenAvailable` does the same, it
is off unless said; a second call while one runs is ignored, batteries do not matter, and a call that hangs is ended
(learn.microsoft.com, tasksettings). cron makes up for nothing, but the next call does, since the ledger knows what is due.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from subprocess import list2cmdline
from xml.sax.saxutils import escape

EVERY = 15
"""Minutes between two calls."""
LONGEST = 4
"""Hours after which a call that hangs is ended."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be called: the name of the timer, the community, the command word by word, the folder it begins in."""

    name: str
    title: str
    command: Sequence[str]
    folder: str


def systemd_service(job: Job) -> str:
    """The unit that makes one call."""
    words = " ".join(_systemd_word(w) for w in job.command)
    return "\n".join(
        [
            "[Unit]",
            f"Description=ownerbook: {_one_line(job.title)}",
            "",
            "[Service]",
            "Type=oneshot",
            f"ExecStart={words}",
            f"TimeoutStartSec={LONGEST}h",
            "Nice=10",
            "",
        ]
    )


def systemd_timer(job: Job) -> str:
    """The unit that calls the other one."""
    return "\n".join(
        [
            "[Unit]",
            f"Description=ownerbook: {_one_line(job.title)}",
            "",
            "[Timer]",
            f"OnCalendar=*:0/{EVERY}",
            "Persistent=true",
            "AccuracySec=1min",
            "",
            "[Install]",
            "WantedBy=timers.target",
            "",
        ]
    )


def task_xml(job: Job) -> str:
    """The task of the Windows Task Scheduler; to be written as UTF-16."""
    command, *arguments = job.command
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{escape(_one_line(job.title))}: ownerbook tick</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT{EVERY}M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT{LONGEST}H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(command)}</Command>
      <Arguments>{escape(list2cmdline(arguments))}</Arguments>
      <WorkingDirectory>{escape(job.folder)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def cron_line(job: Job) -> str:
    """The line for `crontab -e`. A percent sign ends a command there."""
    words = " ".join(shlex.quote(w) for w in job.command).replace("%", r"\%")
    return f"*/{EVERY} * * * * {words} >/dev/null 2>&1"


def _systemd_word(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _one_line(text: str) -> str:
    return " ".join(text.split())
