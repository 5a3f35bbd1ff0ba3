"""What can go wrong, each with the facts it holds and the way out.

Two branches, as the command line's exit status tells them apart: `InputError` (2) is for what a person gave us,
every other `BecalmError` (1) for a run that failed.
"""

import re
from collections.abc import Mapping
from pathlib import Path


class BecalmError(Exception):
    """The run failed."""


class InputError(BecalmError):
    """The input or the arguments can't be used."""


class SourceUnusable(InputError):
    """A file or folder of comments can't be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


class PolicyInvalid(InputError):
    """A policy file says something that becalm can't act on; `line` counts from 1."""

    def __init__(self, path: Path, line: int, key: str, why: str) -> None:
        super().__init__(f"{path}:{line}: {key}: {why}")
        self.path, self.line, self.key, self.why = path, line, key, why


class AccountUnknown(InputError):
    """Nobody in the store has that account id."""

    def __init__(self, account_id: str) -> None:
        super().__init__(f"account {account_id!r}: not in the store; ids are written PLATFORM:AUTHOR_ID")
        self.account_id = account_id


class PolicyOutdated(InputError):
    """A stored policy was written in a shape that this becalm does not read any more."""

    def __init__(self, version: str, why: str) -> None:
        super().__init__(
            f"policy `{version}` was kept by an earlier becalm, and this one can't read it ({why}). "
            f"`becalm policy show {version} > old.yaml` gives its words: mend them until `becalm policy check old.yaml`"
            " finds nothing, and name that file instead of the version"
        )
        self.version, self.why = version, why


class PolicyUnpublishable(InputError):
    """A policy that can act but can't be published as asked; nothing was changed."""

    def __init__(self, version: str, why: str) -> None:
        super().__init__(f"policy `{version}` was not published: {why}")
        self.version, self.why = version, why


class BatchRefused(BecalmError):
    """Too much of a batch is bad: nothing of it was written."""

    def __init__(self, suite: str, bad: int, rows: int, limit: float, why: str) -> None:
        super().__init__(
            f"suite `{suite}` refused the batch: {bad} of {rows} rows are bad, the limit is {limit:.0%} "
            f"({why}); nothing was written. Mend the source, or raise BECALM_MAX_BAD_SHARE."
        )
        self.suite, self.bad, self.rows, self.limit = suite, bad, rows, limit


class CheckFailed(BecalmError):
    """becalm's own results break a rule that must always hold."""

    def __init__(self, suite: str, failures: list[str]) -> None:
        super().__init__(f"suite `{suite}` failed: {'; '.join(failures)}")
        self.suite, self.failures = suite, failures


class CountsDiffer(BecalmError):
    """Rows were lost or invented on the way."""

    def __init__(self, what: str, expected: int, found: int) -> None:
        super().__init__(f"{what}: {expected} expected, {found} found")
        self.what, self.expected, self.found = what, expected, found


class HomeBusy(BecalmError):
    """Another run works on this home."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"another run is at work on {home}; wait for it, or give this one its own --home")
        self.home = home


class StoreUnusable(BecalmError):
    """The database can't be opened, migrated or written."""


class ModelUnusable(InputError):
    """The sentence-transformers model can't be loaded."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"model {name!r}: {why}")
        self.name, self.why = name, why


class DiskFull(BecalmError):
    """No room to write a file; what stood there before still stands."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"no space left to write {path}; what was published before is untouched. Free some space and run again."
        )
        self.path = path


class KeywordUnusable(InputError):
    """A phrase on an alert list that holds nothing to look for."""

    def __init__(self, alert_list: str, phrase: str) -> None:
        super().__init__(f"alert list {alert_list!r}: {phrase!r} holds nothing to look for; complete or remove it")
        self.alert_list, self.phrase = alert_list, phrase


class ColumnsMissing(InputError):
    """No row of a source has a field that every comment needs."""

    def __init__(self, source: str, missing: list[str], found: list[str]) -> None:
        # Without a header the first comment stands where names should: that must reach no log.
        names = [f"`{name}`" for name in found if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]{0,39}", name)]
        others = f"{len(found) - len(names)} that look like no name" if len(names) < len(found) else ""
        super().__init__(
            f"{source}: no row has {', '.join(f'`{name}`' for name in missing)}; "
            f"found: {', '.join([*names, *filter(None, [others])]) or 'no fields at all'}. Rename them and run again."
        )
        self.source, self.missing, self.found = source, missing, found


class FixesUnusable(InputError):
    """A file of fixed rows can't be taken over; `line` counts from 1. Nothing was changed."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}; nothing was changed")
        self.path, self.line, self.why = path, line, why


class InboxUnusable(InputError):
    """Files of the inbox that can't be taken in; the others were."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__(
            f"{len(reasons)} of the inbox's files can't be used: {'; '.join(reasons.values())}. "
            "What else lay there is taken in; each of these is tried again once it has changed."
        )
        self.reasons = reasons


class DatabaseUrlUnusable(StoreUnusable, InputError):
    """The setting names no database that can be spoken to."""


class PersonUnknown(InputError):
    """Somebody signs whom the policy doesn't know; nothing was changed."""

    def __init__(self, person: str, way_out: str) -> None:
        super().__init__(f"{person!r} is not among the policy's people{way_out}; nothing was changed")
        self.person = person


class CaseUnknown(InputError):
    """No case has this id."""

    def __init__(self, case_id: str) -> None:
        super().__init__(f"case {case_id!r}: there is none with this id")
        self.case_id = case_id


class CaseRefused(InputError):
    """What somebody wants to do with a case is not theirs to do, or not now; nothing was changed."""

    def __init__(self, case_id: str, why: str) -> None:
        super().__init__(f"case {case_id}: {why}; nothing was changed")
        self.case_id, self.why = case_id, why


class CaseConflict(InputError):
    """Somebody else was faster; `state` says in words how the case stands now. Nothing was changed."""

    def __init__(self, case_id: str, state: str) -> None:
        super().__init__(f"case {case_id}: {state}; nothing was changed")
        self.case_id, self.state = case_id, state


class ChainBroken(BecalmError):
    """The log of decisions is not what was written; `seq` is the first link that is wrong."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(f"the log of decisions is broken at {seq}: {why}")
        self.seq, self.why = seq, why
