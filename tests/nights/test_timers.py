"""The texts for systemd, the Task Scheduler and cron: what they promise, and names with blanks, quotes and percent signs in them."""

import os
import shlex
import shutil
import subprocess
from xml.etree import ElementTree

import pytest

from ownerbook.nights.timers import Job, cron_line, systemd_service, systemd_timer, task_xml

JOB = Job("ownerbook-1", "阳光 花园 & <一期>", ["/opt/my venv/python", "-m", "ownerbook", "tick", '/srv/登记 簿/100%"'], "/srv/登记 簿")
NS = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}


def test_the_timer_makes_up_for_calls_missed_while_the_machine_was_off():
    assert "Persistent=true" in systemd_timer(JOB) and "OnCalendar=*:0/15" in systemd_timer(JOB)


def test_the_task_starts_late_rather_than_never_ignores_a_second_call_and_runs_on_batteries():
    task = ElementTree.fromstring(task_xml(JOB).split("\n", 1)[1])
    wanted = {
        "StartWhenAvailable": "true",
        "MultipleInstancesPolicy": "IgnoreNew",
        "DisallowStartIfOnBatteries": "false",
        "StopIfGoingOnBatteries": "false",
        "ExecutionTimeLimit": "PT4H",
    }
    assert {name: task.findtext(f"t:Settings/t:{name}", namespaces=NS) for name in wanted} == wanted
    assert task.findtext(".//t:Interval", namespaces=NS) == "PT15M"
    assert task.findtext(".//t:Command", namespaces=NS) == JOB.command[0]
    assert task.findtext(".//t:WorkingDirectory", namespaces=NS) == JOB.folder
    assert "阳光 花园 & <一期>" in task.findtext(".//t:Description", namespaces=NS)


@pytest.mark.parametrize(
    ("word", "written"), [("a b", '"a b"'), ('a"b', 'a\\"b'), ("C:\\x y\\", '"C:\\x y\\\\"'), ("\\\\NAS\\登记簿", "\\\\NAS\\登记簿")]
)
def test_arguments_for_windows_are_quoted_as_its_runtime_takes_them_apart(word, written):
    text = task_xml(Job("n", "t", ["p", word], "f"))
    assert ElementTree.fromstring(text.split("\n", 1)[1]).findtext(".//t:Arguments", namespaces=NS) == written


def test_the_line_for_cron_is_the_command_with_percent_signs_kept_from_cron():
    line = cron_line(JOB)
    schedule, _, rest = line.partition(" * * * * ")
    assert schedule == "*/15" and "\\%" in rest
    assert shlex.split(rest.replace("\\%", "%").removesuffix(" >/dev/null 2>&1")) == JOB.command


def test_the_units_are_accepted_by_systemd(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here")
    command = ["/bin/true", "-m", 'a b"c', "100%"]
    for name, text in (("o.service", systemd_service(Job("o", "t", command, "/"))), ("o.timer", systemd_timer(JOB))):
        (tmp_path / name).write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "o.timer")], capture_output=True, text=True, env=os.environ | {"SYSTEMD_LOG_LEVEL": "warning"}
    )
    assert done.returncode == 0 and "o.service" not in done.stderr, done.stderr


def test_percent_and_dollar_signs_are_kept_from_systemd():
    text = systemd_service(Job("o", "t", ["/bin/true", "100% $HOME"], "/"))
    assert 'ExecStart="/bin/true" "100%% $$HOME"' in text
