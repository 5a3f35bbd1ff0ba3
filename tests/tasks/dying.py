"""A program that goes the whole way again and again, and each time dies (kill -9) a little later.

`python dying.py HOME CACHE COMMENTS DIARY`: every moment of death is written to DIARY; the last run dies no more.
A moment is the end of a stage, a commit that is about to happen, or a finished file that is about to be swapped in.
"""

import gc
import importlib
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import conftest
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

import tasks.prepare
from becalm.runs import RunLog, StageDone
from becalm.settings import Settings
from becalm.store import Run

# Of files that are swapped in one after the other, the first two stand for all.
MOMENTS_OF_A_KIND = 2


class Death:
    """Comes at the first moment that it has not come at before."""

    def __init__(self, diary: Path) -> None:
        self.diary = diary
        self.before = set(diary.read_text("utf-8").splitlines()) if diary.exists() else set()
        self.place = "at the start"
        self.met: Counter[str] = Counter()

    def may_come(self, kind: str) -> None:
        self.met[kind] += 1
        moment = f"{self.place}: {kind} {self.met[kind]}"
        if self.met[kind] <= MOMENTS_OF_A_KIND and moment not in self.before:
            with self.diary.open("a", encoding="utf-8") as diary:
                diary.write(f"{moment}\n")
            os.kill(os.getpid(), signal.SIGKILL)

    def lurk(self) -> None:
        """At every commit that writes something, every swap of a file, and every end of a stage."""
        add, replace, replace_path = RunLog.add, os.replace, Path.replace

        def add_and_die(log: RunLog, done: StageDone) -> StageDone:
            added = add(log, done)
            self.place, self.met = f"{log.job}, after {done.stage}", Counter()
            self.may_come("border")
            return added

        def die_or_replace(*paths: Any) -> None:
            self.may_come("swap")
            replace(*paths)

        def die_or_replace_path(path: Path, target: Path) -> Path:
            self.may_come("swap")
            return replace_path(path, target)

        RunLog.add, os.replace, Path.replace = add_and_die, die_or_replace, die_or_replace_path  # type: ignore[assignment,method-assign]
        event.listen(Session, "do_orm_execute", self.see)
        event.listen(Session, "before_commit", self.before_commit)

    def see(self, executed: ORMExecuteState) -> None:
        """The run log may say what it will: what it says is not what was done."""
        if executed.bind_mapper and executed.bind_mapper.class_ is Run:
            executed.session.info["is_run_log"] = True

    def before_commit(self, session: Session) -> None:
        is_writing = session.connection().connection.driver_connection.in_transaction  # type: ignore[union-attr]
        if is_writing and "is_run_log" not in session.info:
            self.may_come("commit")


def import_all() -> None:
    """What every run would import for itself."""
    for name in ("matplotlib.figure", "openvino", "tokenizers"):
        importlib.import_module(name)
    tasks.prepare._import_libraries()
    gc.freeze()


def main(home: str, cache: str, comments: str, diary: str) -> int:
    import_all()
    settings = Settings(home=Path(home), cache=Path(cache))
    while True:
        # Forked before anything starts a thread; only imports are shared.
        child = os.fork()
        if not child:
            Death(Path(diary)).lurk()
            conftest.whole_way(settings, Path(comments))
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status != -signal.SIGKILL:
            return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
