"""`serve`: the tick once a minute, by the library `schedule`, until asked to stop. What is due is not its affair: the ledger says so.

`schedule` lets an exception of a job out and then runs the job at every look; here the job never raises.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

from ownerbook import clock
from ownerbook.jobs.running import Station
from ownerbook.jobs.ticking import Ticked, tick
from ownerbook.runlog import what_went_wrong
from ownerbook.schema.words import Text

LOOK = 1.0
"""Seconds between two looks at the stop file."""


class Stopper:
    """Whether we were asked to stop: by a signal, or by a stop file that is younger than the loop."""

    def __init__(self, file: Path) -> None:
        self._file, self._began, self._asked = file, time.time(), threading.Event()

    def ask(self, *_: object) -> None:
        """Ask to stop; a handler of signals."""
        self._asked.set()

    def __call__(self) -> bool:
        if not self._asked.is_set():
            with contextlib.suppress(OSError):
                if self._file.stat().st_mtime >= self._began:
                    self._asked.set()
        return self._asked.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait, or until asked. Gives whether we were."""
        return self._asked.wait(seconds) or self()


def serve(root: Path, tell: Callable[[Text], None], *, every: int = 1) -> None:
    """Tick now and then every so many minutes until SIGTERM, SIGINT, SIGBREAK or the stop file.

    Raises OSError where this machine's folder cannot be made. tell: is given what each pass did, where it did something.
    """
    import schedule

    station = Station.at(root)
    stopper = Stopper(station.stop_file)
    log = station.log()
    before = {}
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
            number = getattr(signal, name)
            before[number] = signal.signal(number, stopper.ask)
    last = ""

    def once() -> None:
        nonlocal last
        try:
            done = tick(root, stop=stopper)
        except Exception as error:
            words = what_went_wrong(error)
            log.write(clock.now(), "tick failed", error=words.zh)
            if words.zh != last:
                tell(words)
            last = words.zh
            return
        last = say(done, tell, last)

    clockwork = schedule.Scheduler()
    clockwork.every(every).minutes.do(once)
    log.write(clock.now(), "serve begins")
    try:
        once()
        while not stopper():
            clockwork.run_pending()
            idle = clockwork.idle_seconds
            stopper.wait(max(0.05, min(LOOK, idle if idle is not None else LOOK)))
    finally:
        log.write(clock.now(), "serve ends")
        log.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def say(done: Ticked, tell: Callable[[Text], None], last: str) -> str:
    """Tell what a pass made, and its notes where they are news. Gives what was said last."""
    for made in done.made:
        tell(
            Text(
                f"{made.job} {made.period}：{made.state} {made.error.zh}".rstrip(), f"{made.job} {made.period}: {made.state} {made.error.en}".rstrip()
            )
        )
    said = "".join(n.zh for n in done.notes)
    if said and said != last:
        for note in done.notes:
            tell(note)
    return said
