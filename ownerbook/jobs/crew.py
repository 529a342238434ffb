"""Work shared out to processes on this machine: one that dies or hangs costs its own task a second try, never the run."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """A task that ended. number: its place in the order of the tasks. lost: `died` or `hung` where no try brought a result."""

    number: int
    result: Result | None
    tries: int
    lost: Literal["", "died", "hung"] = ""


class _Worker:
    """A process with a pipe. task: number of what it works on, -1 for none."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would share what threads of the parent hold
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work), daemon=True)
        self.process.start()
        theirs.close()
        self.task, self.since = -1, 0.0

    def give(self, number: int, task: object) -> None:
        self.pipe.send(task)
        self.task, self.since = number, time.monotonic()

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


def _serve(pipe: multiprocessing.connection.Connection, work: Callable[[Any], Any]) -> None:
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        result = work(task)
        try:
            pipe.send(result)
        except OSError:  # nobody is there any more who asked
            return


def share_out(
    tasks: Sequence[Task], work: Callable[[Task], Result], *, workers: int, tries: int = 2, seconds: float | None = None
) -> Iterator[Done[Result]]:
    """Give what each task came to, in the order in which they end. `work` must be a function of a module and must not raise.

    tries: how often a task is given out where its process died or took longer than `seconds`.
    """
    waiting = deque((n, 1) for n in range(len(tasks)))
    attempt = dict.fromkeys(range(len(tasks)), 1)
    crew: list[_Worker] = []
    open_ = len(tasks)
    try:
        while open_:
            while waiting and len([w for w in crew if w.task >= 0]) < workers:
                number, attempt[number] = waiting.popleft()
                worker = next((w for w in crew if w.task < 0), None)
                if worker is None:
                    worker = _Worker(work)
                    crew.append(worker)
                try:
                    worker.give(number, tasks[number])
                except OSError:  # it died while it was idle: the task has not been tried
                    crew.remove(worker)
                    worker.end()
                    waiting.appendleft((number, attempt[number]))
            busy = [w for w in crew if w.task >= 0]
            limit = None if seconds is None else max(0.0, min(w.since for w in busy) + seconds - time.monotonic())
            ready = multiprocessing.connection.wait([w.pipe for w in busy], limit) if busy else []
            for worker in busy:
                late = seconds is not None and time.monotonic() - worker.since > seconds
                if worker.pipe in ready:
                    number = worker.task
                    try:
                        result = worker.pipe.recv()
                    except (EOFError, OSError):
                        done = _lost(worker, crew, waiting, attempt, tries, "died")
                    else:
                        worker.task = -1
                        done = Done(number, result, attempt[number])
                elif late:
                    done = _lost(worker, crew, waiting, attempt, tries, "hung")
                else:
                    continue
                if done is not None:
                    open_ -= 1
                    yield done
    finally:
        for worker in crew:
            worker.end()


def _lost(
    worker: _Worker, crew: list[_Worker], waiting: deque[tuple[int, int]], attempt: dict[int, int], tries: int, why: Literal["died", "hung"]
) -> Done[Any] | None:
    """Take a worker off the crew; its task is given out again, or told as lost."""
    number = worker.task
    crew.remove(worker)
    worker.end()
    if attempt[number] < tries:
        waiting.appendleft((number, attempt[number] + 1))
        return None
    return Done(number, None, attempt[number], why)
