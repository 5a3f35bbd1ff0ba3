"""The ways to platforms."""

import hmac
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import SecretStr, ValidationError

from becalm.actions.connectors import (
    DryRun,
    Order,
    RecordedFile,
    Refused,
    TryAgain,
    Webhook,
    connectors_of,
)
from becalm.settings import Settings

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRET = "a secret of some length"


def order(key="a1", kind="hide", **more):
    return Order(key, 7, kind, "youtube", "comment", "c1", "k1", "d1", **more)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "outbox" / "actions.jsonl"


def test_a_rehearsal_says_what_it_would_do(tmp_path):
    assert DryRun().carry_out(order(), AT) == {"would": "hide comment c1 on youtube"}
    assert list(tmp_path.iterdir()) == []


def test_a_key_stands_in_the_file_once(path):
    connector = RecordedFile(path)
    told = [connector.carry_out(order(key), AT)["written"] for key in ("a1", "a2", "a1")]
    again = RecordedFile(path).carry_out(order("a2"), AT)
    assert (told, again) == ([True, True, False], {"line": 2, "written": False})
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["key"] for line in lines] == ["a1", "a2"]
    assert lines[0]["target"] == "c1"


def test_a_line_that_was_cut_off_is_written_anew(path):
    RecordedFile(path).carry_out(order("a1"), AT)
    whole = path.read_bytes()
    path.write_bytes(whole + whole.replace(b"a1", b"a2")[:30])
    assert RecordedFile(path).carry_out(order("a2"), AT)["written"]
    assert [json.loads(line)["key"] for line in path.read_text().splitlines()] == ["a1", "a2"]


def test_many_writers_at_once_leave_each_key_once(path):
    def write(number):
        return RecordedFile(path).carry_out(order(f"a{number % 10}"), AT)["written"]

    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(write, range(80)))
    assert sum(written) == 10
    assert len(path.read_text().splitlines()) == 10


def test_a_file_that_was_begun_anew_is_read_anew(path):
    connector = RecordedFile(path)
    connector.carry_out(order("a1"), AT)
    path.unlink()
    assert connector.carry_out(order("a1"), AT)["written"]


def test_a_file_that_can_not_be_written_is_tried_again(tmp_path):
    (tmp_path / "outbox").write_text("in the way")
    with pytest.raises(TryAgain):
        RecordedFile(tmp_path / "outbox" / "actions.jsonl").carry_out(order(), AT)


class Server(ThreadingHTTPServer):
    """Answers what it is told to, and keeps what it got."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.got = [], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hook?token=hidden"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        status, headers, answer = self.server.answers.pop(0) if self.server.answers else (200, {}, b"{}")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def webhook(server):
    return Webhook(server.url, SecretStr(SECRET), timeout_seconds=2)


def test_a_webhook_gets_the_order_with_key_and_signature(server, webhook):
    server.answers.append((200, {}, b'{"id": 5}'))
    assert webhook.carry_out(order(text="Hello"), AT) == {"status": 200, "answer": {"id": 5}}
    ((headers, body),) = server.got
    assert headers["Idempotency-Key"] == json.loads(body)["key"] == "a1"
    assert json.loads(body) | {"kind": "hide", "text": "Hello", "number": 7} == json.loads(body)
    moment, signed = (part.partition("=")[2] for part in headers["Becalm-Signature"].split(","))
    assert int(moment) == AT.timestamp()
    assert hmac.compare_digest(signed, hmac.new(SECRET.encode(), f"{moment}.".encode() + body, sha256).hexdigest())


@pytest.mark.parametrize(
    ("status", "is_sure"), [(500, False), (502, False), (503, True), (429, True), (408, False), (425, True)]
)
def test_a_platform_in_trouble_is_tried_again(server, webhook, status, is_sure):
    server.answers.append((status, {"Retry-After": "120"}, b""))
    with pytest.raises(TryAgain) as caught:
        webhook.carry_out(order(), AT)
    assert (caught.value.is_sure, caught.value.after_seconds) == (is_sure, 120)


@pytest.mark.parametrize("status", [400, 401, 404, 410, 422, 301, 307])
def test_what_is_refused_is_not_tried_again_and_never_sent_elsewhere(server, webhook, status):
    server.answers.append((status, {"Location": server.url}, b""))
    with pytest.raises(Refused, match=f"answered {status}"):
        webhook.carry_out(order(), AT)
    assert len(server.got) == 1


def test_nobody_there_is_tried_again_and_tells_no_address(server):
    gone = Webhook("http://127.0.0.1:1/hook?token=hidden", SecretStr(SECRET), timeout_seconds=2)
    with pytest.raises(TryAgain) as caught:
        gone.carry_out(order(), AT)
    assert caught.value.is_sure
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("answer", [b"not json", b"[1]", b'{"a": "' + b"x" * 10_000 + b'"}', b"\xff"])
def test_an_answer_that_says_nothing_is_no_failure(server, webhook, answer):
    server.answers.append((202, {}, answer))
    assert webhook.carry_out(order(), AT) == {"status": 202}


def test_each_platform_has_the_connector_of_the_settings(monkeypatch, tmp_path):
    way = connectors_of(Settings().connectors, tmp_path)
    assert way("youtube").name == "dry-run"
    hook = {"kind": "webhook", "url": "https://hook.example/x", "secret": SECRET}
    monkeypatch.setenv("BECALM_CONNECTORS", json.dumps({"youtube": hook, "*": {"kind": "file"}}))
    read = Settings()
    way = connectors_of(read.connectors, tmp_path)
    assert (way("youtube").name, way("elsewhere").name) == ("webhook", "file")
    assert SECRET not in repr(read)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "webhook", "url": "http://hook.example", "secret": SECRET},
        {"kind": "webhook", "url": "https://hook.example", "secret": "short"},
        {"kind": "webhook", "secret": SECRET},
        {"kind": "carrier pigeon"},
        {"kind": "file", "url": "x"},
    ],
)
def test_settings_that_can_not_work_are_refused_without_the_secret(monkeypatch, wrong):
    monkeypatch.setenv("BECALM_CONNECTORS", json.dumps({"youtube": wrong}))
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert SECRET not in str(caught.value)
