"""`schedule`: hand the timer to the operating system, look at it, take it away."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from ownerbook.jobs.running import Station
from ownerbook.nights.timers import Job, cron_line, systemd_service, systemd_timer, task_xml
from ownerbook.schema.words import Text
from ownerbook.settings import FILE, Settings

Way = Literal["systemd", "windows", "cron"]


@dataclass(slots=True)
class Scheduled:
    """How the timer stands. active: the system says that it will call; files: what was written or is there; lines: to be done or pasted by hand."""

    way: Way
    active: bool
    said: Text
    files: list[Path] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def way_here() -> Way:
    """What this machine offers. systemd only where a manager answers: in a container its programs may be there without it."""
    if os.name == "nt":
        return "windows"
    if shutil.which("systemctl") and Path("/run/systemd/system").is_dir():
        return "systemd"
    return "cron"


def job_of(station: Station) -> Job:
    """The call for a workspace."""
    settings = Settings.read(station.root / FILE) if (station.root / FILE).is_file() else Settings()
    python = Path(sys.executable)
    quiet = python.with_name("pythonw.exe")  # no black window each quarter of an hour
    if os.name == "nt" and quiet.exists():
        python = quiet
    command = [str(python), "-m", "ownerbook", "tick", str(station.root)]
    return Job(f"ownerbook-{station.key}", settings["workspace.name"] or station.root.name, command, str(station.root))


def units() -> Path:
    """Where systemd reads units: of the machine for root, else of the user."""
    if os.geteuid() == 0:
        return Path("/etc/systemd/system")
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def install(root: Path, now: datetime, way: Way | None = None, *, into: Path | None = None) -> Scheduled:
    """Install the timer, and begin the ledger, from which moment on nights and months count. into: where systemd's units go.

    Raises LedgerTrouble, IdentityDamaged, OSError, SettingsError.
    """
    station = Station.at(root)
    ledger = station.ledger(now)
    if ledger is not None:
        station.remember_rules(ledger)
        ledger.close()
    job, way = job_of(station), way or way_here()
    if way == "systemd":
        return _install_systemd(job, into or units())
    if way == "windows":
        return _install_task(job, station)
    said = Text(
        "这台电脑没有 systemd，没有安装任何东西；请用 crontab -e 加上这一行，或让 ownerbook serve 一直开着",
        "there is no systemd here and nothing was installed; add this line by crontab -e, or keep ownerbook serve running",
    )
    return Scheduled("cron", False, said, lines=[cron_line(job)])


def show(root: Path, way: Way | None = None, *, into: Path | None = None) -> Scheduled:
    """The timer as it is, or as it would be installed."""
    station = Station.at(root)
    job, way = job_of(station), way or way_here()
    if way == "systemd":
        files = [p for p in _unit_files(job, into or units()) if p.exists()]
        active = bool(files) and _call(_systemctl("is-active", f"{job.name}.timer")).returncode == 0
        said = Text("定时器在运行", "the timer is active") if active else Text("没有运行的定时器；会这样安装：", "no timer is active; it would be:")
        return Scheduled("systemd", active, said, files, [systemd_timer(job), systemd_service(job)])
    if way == "windows":
        active = os.name == "nt" and _call(["schtasks", "/query", "/tn", job.name]).returncode == 0
        said = Text("计划任务已安装", "the task is installed") if active else Text("没有计划任务；会这样安装：", "there is no task; it would be:")
        return Scheduled("windows", active, said, lines=[task_xml(job)])
    return Scheduled(
        "cron", False, Text("这台电脑没有 systemd；crontab 里应有这一行：", "no systemd here; the crontab should hold:"), lines=[cron_line(job)]
    )


def remove(root: Path, way: Way | None = None, *, into: Path | None = None) -> Scheduled:
    """Take the timer away. What the ledger knows stays."""
    station = Station.at(root)
    job, way = job_of(station), way or way_here()
    if way == "systemd":
        _call(_systemctl("disable", "--now", f"{job.name}.timer"))
        gone = [p for p in _unit_files(job, into or units()) if p.exists()]
        for path in gone:
            path.unlink()
        _call(_systemctl("daemon-reload"))
        return Scheduled("systemd", False, Text("已删除" if gone else "没有安装过", "removed" if gone else "there was none"), gone)
    if way == "windows":
        done = _call(["schtasks", "/delete", "/tn", job.name, "/f"])
        return Scheduled("windows", False, Text("已删除", "removed") if done.returncode == 0 else Text("没有安装过", "there was none"))
    return Scheduled("cron", False, Text("请用 crontab -e 删掉这一行：", "take this line out by crontab -e:"), lines=[cron_line(job)])


def _unit_files(job: Job, folder: Path) -> tuple[Path, Path]:
    return folder / f"{job.name}.service", folder / f"{job.name}.timer"


def _install_systemd(job: Job, folder: Path) -> Scheduled:
    service, timer = _unit_files(job, folder)
    folder.mkdir(parents=True, exist_ok=True)
    service.write_text(systemd_service(job), "utf-8")
    timer.write_text(systemd_timer(job), "utf-8")
    out = Scheduled("systemd", True, Text("已安装，每 15 分钟看一次", "installed; it looks every 15 minutes"), [service, timer])
    for words in (("daemon-reload",), ("enable", "--now", timer.name)):
        done = _call(_systemctl(*words))
        if done.returncode:
            why = done.stderr.strip().splitlines()[-1:] or ["?"]
            out.active = False
            out.said = Text(f"文件已写好，但 systemctl 没有成功：{why[0]}", f"the files are written, but systemctl failed: {why[0]}")
            out.lines = [" ".join(_systemctl(*w)) for w in (("daemon-reload",), ("enable", "--now", timer.name))]
            return out
    if os.geteuid():
        out.lines = [f"loginctl enable-linger {os.environ.get('USER', '')}".strip()]
        out.said = Text(out.said.zh + "；没有登录时也要运行的话：", out.said.en + "; to have it run while nobody is logged in:")
    return out


def _install_task(job: Job, station: Station) -> Scheduled:
    path = station.state / f"{job.name}.xml"
    path.write_bytes(task_xml(job).encode("utf-16"))
    words = ["schtasks", "/create", "/tn", job.name, "/xml", str(path), "/f"]
    line = subprocess.list2cmdline(words)
    if os.name != "nt":
        return Scheduled("windows", False, Text("文件已写好；在 Windows 上运行：", "the file is written; on Windows run:"), [path], [line])
    done = _call(words)
    if done.returncode:
        return Scheduled("windows", False, Text("文件已写好，但 schtasks 没有成功，请运行：", "written, but schtasks failed; run:"), [path], [line])
    said = Text("已安装，每 15 分钟看一次", "installed; it looks every 15 minutes")
    if not str(station.root).startswith("\\\\"):
        said = Text(
            said.zh + r"；登记簿在共享文件夹时请用 \\服务器\共享 这样的路径安装，不要用映射的盘符",
            said.en + "; on a share install by its UNC path, not a mapped drive",
        )
    return Scheduled("windows", True, said, [path])


def _systemctl(*words: str) -> list[str]:
    return ["systemctl", *([] if os.geteuid() == 0 else ["--user"]), *words]


def _call(words: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(words, 127, "", str(error))
