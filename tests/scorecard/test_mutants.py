"""R3: workbooks broken by chance are read or refused; nothing crashes, hangs or ends in an error without a code."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from tests.scorecard.lab import Lab, Outcome
from tests.scorecard.mutants import mutant
from tests.scorecard.scorecard import times

TOGETHER = 2  # processes at once
BATCH = 50
REPORTED = 5  # one in so many is reported on, which reads more parts and writes; all are checked


def test_a_mutant_is_the_same_whenever_it_is_made():
    assert mutant(7) == mutant(7)
    assert len({mutant(n) for n in range(20)}) == 20


def test_mutants_are_read_or_refused_with_a_code(tmp_path, figures):
    count = times(10_000, 30)
    todo = [(first, min(first + BATCH, count)) for first in range(0, count, BATCH)]
    failed: list[tuple[int, str]] = []
    done = {"read": 0, "slowest": 0.0}
    lock = threading.Lock()
    started = time.perf_counter()

    def work() -> None:
        with Lab() as lab:
            while True:
                with lock:
                    if not todo:
                        return
                    first, last = todo.pop(0)
                said = lab.call(
                    "tests.scorecard.mutants:batch",
                    first,
                    last,
                    str(tmp_path),
                    REPORTED,
                    memory=1 << 30,
                    seconds=600,
                )
                with lock:
                    if isinstance(
                        said, Outcome
                    ):  # the process died: this mutant did it, the rest is tried again
                        number = int((Path(tmp_path) / f"{first}.now").read_text())
                        failed.append((number, f"exit {said.code}: {said.err[-300:]}"))
                        todo.insert(0, (number + 1, last))
                        if number > first:
                            todo.insert(0, (first, number))
                        continue
                    failed.extend(said["failed"])
                    done["read"] += said["read"]
                    done["slowest"] = max(done["slowest"], said["slowest"])

    workers = [threading.Thread(target=work) for _ in range(TOGETHER)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    figures.add("R3", count, count - len(failed), time.perf_counter() - started)
    figures.worst("R3", "slowest", done["slowest"], "s")
    figures.worst("R3", "read, not refused:", done["read"], "")
    assert not failed, f"{len(failed)} of {count}:\n" + "\n".join(
        f"{n}: {what}" for n, what in sorted(failed)[:40]
    )
    assert 0.1 * count < done["read"] < 0.9 * count, (
        "too many or too few are read for this to try both"
    )
