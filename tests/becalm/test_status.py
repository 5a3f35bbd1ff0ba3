from datetime import UTC, datetime, timedelta

from becalm.status import print_status
from becalm.store import Case, PolicyVersion, Run, Store
from becalm.store.upsert import add


def test_status_counts_and_lists_the_newest_runs(tmp_path, add_comments, capsys):
    now = datetime.now(UTC)
    case = {
        "queue": "care", "kind": "comment", "rule": "r", "policy_version": "1", "priority": 0.5,
        "reasons": [], "opened_at": now, "suggested_action": "", "suggested_template": "", "evidence": [],
    }  # fmt: skip
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as store:
        with store.writing() as session:
            add_comments(session, 4)
            add(session, PolicyVersion, [{"version": "1", "digest": "d", "document": "", "first_used_at": now}])
            due = {"k1": (-1, "open"), "k2": (1, "open"), "k3": (-1, "decided")}
            add(session, Case, [
                {"id": name, "subject": name, "due_at": now + timedelta(hours=hours), "state": state, **case}
                for name, (hours, state) in due.items()
            ])  # fmt: skip
            add(session, Run, [
                {"id": f"r{day}", "job": f"job{day}", "started_at": datetime(2026, 3, day, tzinfo=UTC), "state": "done",
                 "figures": {}} for day in range(1, 8)
            ])  # fmt: skip
        with store.reading() as session:
            print_status(session)
    lines = capsys.readouterr().out.splitlines()
    told = dict(line.rsplit(maxsplit=1) for line in lines[:-5])
    expected = {"comments": "4", "texts": "2", "accounts": "2", "cases: care": "2", "overdue": "1"}
    assert told | expected == told
    assert told["quarantine: open"] == "0"
    assert [line.split()[2] for line in lines[-5:]] == ["job7", "job6", "job5", "job4", "job3"]
