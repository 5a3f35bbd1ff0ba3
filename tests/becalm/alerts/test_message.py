"""What people read."""

import http.server
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from becalm.alerts.message import Places
from becalm.store import Case, CaseComment, PolicyVersion
from becalm.store.upsert import add


def open_case(desk, comment_id):
    at = datetime(2026, 3, 1, tzinfo=UTC)
    with desk.store.writing() as session:
        add(session, PolicyVersion, [{"version": "1", "digest": "d", "document": "", "first_used_at": at}])
        add(session, Case, [{
            "id": "k123", "queue": "escalation", "kind": "comment", "subject": "s", "rule": "legal-and-press",
            "policy_version": "1", "priority": 1.0, "reasons": [], "opened_at": at, "due_at": at,
            "suggested_action": "escalate", "suggested_template": "handover", "evidence": [], "state": "open",
        }])  # fmt: skip
        add(session, CaseComment, [{"case_id": "k123", "comment_id": comment_id}])


def test_the_newest_are_shown_and_all_are_counted(desk):
    desk.reach("desk")
    for number in range(8):
        desk.say(f"text {number}")
    desk.tell()
    (body,) = desk.post.to("desk")
    assert body.startswith("8 comments on the alert list “legal-and-press”, for communications lead.")
    assert "wait in the queue “escalation”" in body
    shown = [line for line in body.splitlines() if line.startswith("text ")]
    assert shown == [f"text {number}" for number in (7, 6, 5, 4, 3)]
    assert "2026-03-01 12:08 UTC, clipshare/lantern-tea, “my lawyer”:" in body


@pytest.mark.parametrize(
    "secret",
    [
        "+44 7911 123456", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "jane.doe@example.org", "@janedoe77",
        "https://shop.example/secret-page", "14 Maple Street",
    ],
)  # fmt: skip
def test_private_data_and_links_are_masked(desk, secret):
    desk.reach("desk")
    desk.say(f"my lawyer knows she lives at {secret} now")
    desk.tell()
    (body,) = desk.post.to("desk")
    assert "my lawyer knows" in body
    assert secret not in body


def test_without_a_link_for_cases_the_file_of_the_queue_is_named(desk):
    desk.reach("desk")
    open_case(desk, desk.say("text"))
    desk.tell()
    (body,) = desk.post.to("desk")
    file = (Path("published") / "queues" / "escalation.jsonl").absolute().as_uri()
    assert f"case k123 in {file}" in body


def test_cases_are_linked_where_they_have_an_address(desk):
    desk.reach("desk")
    desk.places = Places(Path("published"), "https://console.example/cases/{case}?from=alert")
    open_case(desk, desk.say("text"))
    desk.tell()
    assert "https://console.example/cases/k123?from=alert" in desk.post.to("desk")[0]


@pytest.fixture
def webhook() -> Iterator[tuple[int, list[dict[str, str]]]]:
    """A server on this machine that keeps what it is sent."""
    received: list[dict[str, str]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(503 if self.path == "/down" else 200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port, received
        server.shutdown()
        thread.join()


def test_a_real_address_gets_the_message_and_a_real_failure_is_one(desk, webhook):
    port, received = webhook
    desk.urls["*"] = (SecretStr(f"json://127.0.0.1:{port}/up"), SecretStr(f"json://127.0.0.1:{port}/down"))
    desk.say("ring the <b>bell</b>")
    told = desk.tell()
    assert (told.messages, told.failures, told.waiting) == (1, 1, 1)
    assert [each["title"] for each in received] == ["becalm: 1 comment on the alert list “legal-and-press”"] * 2
    assert "ring the <b>bell</b>" in received[0]["message"]
