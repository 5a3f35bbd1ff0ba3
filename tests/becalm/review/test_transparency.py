"""The figures of a transparency report, with the overturn rate never without precision."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import orjson
import pytest

from becalm.review import Period, write_review
from becalm.review.intake import ComplaintFigures, NoticeFigures
from becalm.review.transparency import MEASURE_COLUMNS, transparency
from becalm.review.transparency_page import ACCURACY_COLUMNS, lines, write_report
from becalm.statements.vocabulary import SUSPENDED, TERMINATED
from becalm.store import (
    Appeal,
    Case,
    Decision,
    PolicyVersion,
    Report,
    Reporter,
    SecondLook,
    Statement,
    Store,
    stable_id,
)
from becalm.store.upsert import add

DAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
REMOVED, DISABLED = "DECISION_VISIBILITY_CONTENT_REMOVED", "DECISION_VISIBILITY_CONTENT_DISABLED"
FULLY, PARTIALLY, NOT = (f"AUTOMATED_DECISION_{word}" for word in ("FULLY", "PARTIALLY", "NOT_AUTOMATED"))


class Log:
    """Decisions and their statements, written row by row."""

    def __init__(self, store):
        self.store, self.seq = store, 0
        with store.writing() as session:
            add(session, PolicyVersion, [{"version": "1", "digest": "d", "document": "", "first_used_at": DAY}])

    def decide(self, rule="abuse", machine=False, day=0, hours=2.0, outcome="upheld", statement=True, **more):
        self.seq += 1
        name, at = f"d{self.seq}", DAY + timedelta(days=day)
        with self.store.writing() as session:
            add(session, Case, [
                {"id": f"k{self.seq}", "queue": "q", "kind": "comment", "subject": name, "rule": rule,
                 "policy_version": "1", "priority": 0.5, "reasons": [], "opened_at": at - timedelta(hours=hours),
                 "due_at": at, "suggested_action": "hide", "suggested_template": "t", "evidence": []}
            ])  # fmt: skip
            add(session, Decision, [
                {"seq": self.seq, "id": name, "previous": "", "digest": "", "case_id": f"k{self.seq}",
                 "kind": "decision", "by": "machine" if machine else "moderator-1", "is_machine": machine,
                 "rule": rule, "policy_version": "1", "action": "hide", "outcome": outcome, "template": None,
                 "language": None, "answers": None, "overrides": None, "decided_at": at, "seal": "", "salt": "",
                 "note": "", "subjects": {}}
            ])  # fmt: skip
            if statement:
                add(session, Statement, [self._statement(name, rule, at, machine, more)])
        return name

    def _statement(self, name, rule, at, machine, more):
        account = {"decision_account": more["account"]} if "account" in more else {}
        visibility = {} if account else {"decision_visibility": [more.get("visibility", DISABLED)]}
        fields = {
            **visibility, **account, "category": more.get("category", "STATEMENT_CATEGORY_CYBER_VIOLENCE"),
            "source_type": more.get("source", "SOURCE_VOLUNTARY"), "automated_detection": more.get("detection", "Yes"),
            "automated_decision": FULLY if machine else more.get("decision", PARTIALLY), "puid": name,
        }  # fmt: skip
        return {
            "puid": name, "seq": self.seq, "case_id": f"k{self.seq}", "rule": rule, "policy_version": "1",
            "action": "hide", "suggested": "hide", "comments": more.get("comments", 1), "accounts": 1,
            "in_force_at": at, "ended_at": at if more.get("ended") else None, "ended_by": more.get("ended_by"),
            "ended_how": more.get("ended"), "fields": fields, "state": "good", "failures": [], "made_at": at,
        }  # fmt: skip

    def look(self, decision, outcome):
        with self.store.writing() as session:
            add(session, SecondLook, [
                {"decision_id": decision, "drawn_at": DAY, "judged_by": "x", "judged_at": DAY, "outcome": outcome}
            ])  # fmt: skip

    def report(self, reporter, day=0, answered=None, told=None, trusted=False):
        at, who = DAY + timedelta(days=day), stable_id(reporter)
        with self.store.writing() as session:
            add(session, Reporter, [{"id": who, "platform": "tube", "key": reporter, "first_reported_at": at}])
            add(session, Report, [
                {"id": who, "comment_id": 1, "platform": "tube", "comment_name": "c", "reporter_id": who,
                 "reason": "spam", "rule": "single-spam", "text": "", "is_trusted": trusted, "reported_at": at,
                 "received_at": at, "source": "f", "state": "answered" if told else "open", "outcome": None,
                 "counts": False, "decision_id": None, "confirmed_at": None, "told": told,
                 "answered_at": at + timedelta(hours=answered) if answered else None}
            ])  # fmt: skip

    def appeal(self, decision, day=0, answered=None, outcome=None):
        at, case = DAY + timedelta(days=day), f"k{decision[1:]}"
        with self.store.writing() as session:
            add(session, Appeal, [
                {"case_id": case, "decision_id": decision, "original_case_id": case, "account_id": None, "text": "",
                 "received_at": at, "taken_in_at": at, "source": "f", "outcome": outcome, "answer_id": None,
                 "answered_at": at + timedelta(hours=answered) if answered else None}
            ])  # fmt: skip

    def figures(self, *days):
        with self.store.reading() as session:
            return transparency(session, *days)


@pytest.fixture
def log(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as store:
        yield Log(store)


def accuracy(found, name):
    return next(each for each in found.accuracies if each.name == name)


def test_measures_are_split_by_category_detection_and_restriction(log):
    for _ in range(3):
        log.decide(comments=5)
    log.decide(visibility=REMOVED)
    log.decide(detection="No", decision=NOT)
    log.decide(source="SOURCE_ARTICLE_16")
    found = log.figures()
    table = found.table()
    assert (table[0]["measures"], table[0]["comments"], len(table)) == (3, 15, 4)
    assert sum(row["measures"] for row in table) == 6
    assert (len(found.own_initiative), found.as_dict()["measures"]["after_notices"]) == (5, 1)


def test_solely_automated_is_what_a_machine_found_and_took_alone(log):
    log.decide(machine=True)
    log.decide(machine=True, detection="No", source="SOURCE_ARTICLE_16")
    log.decide()
    assert log.figures().solely_automated == 1


def test_the_overturn_rate_stands_beside_precision(log):
    for number in range(10):
        decision = log.decide(machine=True, ended="reversal" if number < 1 else None)
        log.look(decision, "dismissed" if number < 4 else "upheld")
    machine = accuracy(log.figures(), "machine")
    assert (machine.overturned.value, machine.precision.value, machine.errors.value) == (0.1, 0.6, 0.4)
    told = next(line for line in lines(log.figures()) if line.startswith("decided by machine"))
    assert "1 of 10 measures overturned (10.0%); precision 6 of 10 looked at again (60.0%)" in told


def test_nothing_is_overturned_without_a_word_on_precision(log):
    log.decide(ended="reversal")
    told = [line for line in lines(log.figures()) if "overturned" in line]
    assert len(told) == 4
    assert all("precision" in line for line in told)


def test_what_was_missed_is_an_error_and_no_matter_of_precision(log):
    missed = log.decide(outcome="dismissed", statement=False, machine=True)
    log.look(missed, "upheld")
    machine = accuracy(log.figures(), "machine")
    assert (machine.precision.total, machine.errors.hits, machine.errors.total) == (0, 1, 1)


def test_a_lesser_or_graver_measure_in_its_place_is_no_overturn(log):
    other, nothing = log.decide(), log.decide(outcome="dismissed", statement=False)
    log.decide(ended="override", ended_by=other)
    log.decide(ended="override", ended_by=nothing)
    log.decide(ended="undo")
    assert accuracy(log.figures(), "all").overturned.hits == 1


def test_suspensions_are_counted_by_kind_with_what_is_over(log):
    log.decide(account=SUSPENDED)
    log.decide(account=SUSPENDED, ended="reversal")
    log.decide(account=TERMINATED)
    found = log.figures()
    assert found.suspensions(SUSPENDED) == {"decisions": 2, "accounts": 2, "over": 1}
    assert found.suspensions(TERMINATED) == {"decisions": 1, "accounts": 1, "over": 0}


def test_the_median_time_is_that_of_three_ages(log):
    for hours in (1.0, 3.0, 50.0):
        log.decide(hours=hours)
    assert log.figures().median_hours == 3.0


def test_days_are_those_on_which_measures_came_into_force(log):
    for day in range(4):
        log.look(log.decide(day=day), "upheld")
    found = log.figures(date(2026, 3, 3), date(2026, 3, 4))
    assert (len(found.measures), accuracy(found, "all").errors.total) == (2, 2)


def test_an_empty_store_has_figures(log):
    found = log.figures()
    assert (found.as_dict()["notices"]["received"], found.median_hours) == (0, None)
    assert "notices by users: 0 received, 0 led to a measure" in list(lines(found))


def test_notices_and_complaints_are_counted_by_the_day_on_which_they_came(log):
    log.report("ann", day=0, answered=12, told="acted")
    log.report("bob", day=0, answered=24, told="not acted", trusted=True)
    log.report("cyd", day=3)
    log.appeal(log.decide(day=1), day=2, answered=30, outcome="restored")
    log.appeal(log.decide(day=1), day=2)
    assert log.figures().notices == NoticeFigures(received=3, acted_on=1, by_trusted_flaggers=1, median_hours=18.0)
    assert log.figures(None, date(2026, 3, 4)).notices.received == 2
    assert log.figures().complaints == ComplaintFigures(received=2, answered=1, reversed=1, median_hours=30.0)
    assert "complaints against decisions: 2 received, 1 answered, 1 reversed" in list(lines(log.figures()))


@pytest.mark.parametrize(("table", "columns"), [("measures", MEASURE_COLUMNS), ("accuracy", ACCURACY_COLUMNS)])
def test_json_and_csv_say_the_same(log, table, columns):
    log.look(log.decide(machine=True), "upheld")
    log.decide(rule="campaign", ended="reversal")
    as_csv, as_json = io.BytesIO(), io.BytesIO()
    write_report(as_csv, log.figures(), "csv", table)
    write_report(as_json, log.figures(), "json")
    rows = list(csv.DictReader(io.StringIO(as_csv.getvalue().decode())))
    told = orjson.loads(as_json.getvalue())["table" if table == "measures" else "accuracy"]
    assert list(rows[0]) == list(columns)
    assert rows == [{name: "" if row[name] is None else str(row[name]) for name in columns} for row in told]


def test_the_review_shows_measures_with_overturns_beside_precision(log, tmp_path):
    log.look(log.decide(machine=True, ended="reversal"), "dismissed")
    period = Period(DAY - timedelta(days=1), DAY + timedelta(days=6))
    page = write_review(log.store, tmp_path / "review", period, now=DAY + timedelta(days=7)).page.read_text("utf-8")
    section = page[page.index('id="measures"') : page.index('id="care"')]
    assert "1\u00a0measure came into force" in section
    assert "by a machine alone" in section
    row = re.search(r"<tr><th scope=\"row\">machine</th>.*?</tr>", section)[0]
    assert re.findall(r"<td class=\"n\">(.*?)</td>", row)[:5] == ["1", "1", "100.0\u00a0%", "1", "0.0\u00a0%"]
    assert (tmp_path / "review" / "measures.csv").read_text().count("\n") == 2
    assert orjson.loads((tmp_path / "review" / "figures.json").read_bytes())["tables"]["accuracy"][0]["overturned"] == 1
