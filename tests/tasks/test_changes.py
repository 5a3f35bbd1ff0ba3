"""An edited comment, another model, another policy: what depends on them follows, and nothing else."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

import tasks.model
from becalm.errors import ModelUnusable, PolicyInvalid
from becalm.policy import SHIPPED
from becalm.store import Case, CaseComment, Clearance, Comment, CommentVersion, Model, Signals, Text, Vector

Make = Callable[..., dict[str, Any]]


def conserved(home: Any) -> bool:
    """Every comment is in a case that was not withdrawn or cleared, and none is both."""
    held = select(CaseComment.comment_id).join(Case).where(Case.state != "withdrawn")
    comments = {row[0] for row in home.ask(select(Comment.id))}
    in_cases = {row[0] for row in home.ask(held)}
    cleared = {row[0] for row in home.ask(select(Clearance.comment_id))}
    return in_cases | cleared == comments and not in_cases & cleared


def test_an_edited_comment_keeps_its_history_and_is_scored_anew(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    angry = comment("You idiots, you stupid worthless morons", comment_id="e1", author_id="ann")
    calm = {**angry, "text": "Good morning, which kettle is in the picture?"}
    home.run(write([angry, *(comment(f"Cup {number} of tea in the garden") for number in range(5))]))
    case = home.ask(select(Case.id).where(Case.state == "open", Case.subject == "clipshare/e1"))
    assert len(case) == 1
    home.run(write([calm], "later.jsonl"))
    assert home.ask(select(CommentVersion.text)) == [(angry["text"],)]
    (signals,) = [row for row in home.published("signals") if row["comment_id"] == "e1"]
    assert signals["abuse"] < 0.3
    assert home.ask(select(Case.state).where(Case.subject == "clipshare/e1")) == [("withdrawn",)]
    assert conserved(home)
    home.run(write([{**angry, "likes": 3}], "angry-again.jsonl"))
    assert home.ask(select(Case.id).where(Case.state == "open", Case.subject == "clipshare/e1")) == case
    assert conserved(home)


def test_a_member_that_is_edited_leaves_its_campaign(home: Any, comment: Make, write: Callable[..., Path]) -> None:
    advert = "Cheap followers for your page at more-followers.example, order number {} in our profile now"
    rows = [comment(advert.format(number), comment_id=f"m{number}") for number in range(20)]
    home.run(write(rows))
    (campaign,) = home.published("campaigns")
    assert campaign["comments"] == 20
    edited = [{**row, "text": f"I was hacked, says {row['author_id']}, sorry"} for row in rows[:2]]
    home.run(write(edited))
    (after,) = home.published("campaigns")
    assert (after["campaign_id"], after["comments"]) == (campaign["campaign_id"], 18)
    assert home.assigned().keys() == {row["comment_id"] for row in rows[2:]}
    assert conserved(home)


def test_titles_that_come_late_have_their_comments_scored_again(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    asides = [comment(f"My cousin in Norway repairs old tractors and clocks, number {n}") for n in range(3)]
    rows = write([row | {"thread_id": "t1"} for row in asides])
    home.run(rows)
    assert {row["off_topic"] for row in home.published("signals")} == {0}
    thread = {"thread_id": "t1", "platform": "clipshare", "channel": "lantern-tea", "title": "How to brew jasmine tea"}
    home.ingest(rows, write([thread], "threads.jsonl"))
    assert home.moderate()["scored"] == 3
    assert all(row["off_topic"] > 0 for row in home.published("signals"))
    assert conserved(home)
    home.ingest(rows, write([thread], "threads.jsonl"))
    assert home.moderate()["scored"] == 0


def test_who_once_spoke_for_the_brand_is_in_no_group(home: Any, comment: Make, write: Callable[..., Path]) -> None:
    macro = "Thank you for writing, our team looks into it and answers you here within a day"
    replies = [comment(macro, author_id="shop") for _ in range(6)]
    home.run(write(replies))
    assert home.assigned()
    home.run(write([comment("Hello from the shop", author_id="shop", is_brand=True)], "later.jsonl"))
    assert home.assigned() == {}
    assert home.ask(select(Comment.id).where(Comment.is_brand.is_(False))) == []
    assert conserved(home)
    home.run(write([comment(macro, author_id="shop")], "last.jsonl"))
    assert home.assigned() == {}


class Turned:
    """The model with its dimensions in reverse: as far from the first as a model can be, and as good."""

    def __init__(self, encoder: Any) -> None:
        self.name, self.fingerprint, self.dimension = "turned", "turned", encoder.dimension
        self._encoder = encoder

    def encode(self, texts: Sequence[str], *progress: Any) -> Any:
        return self._encoder.encode(texts, *progress)[:, ::-1]


def test_another_model_starts_anew_and_mixes_nothing(moderated: Any, stream: Path, monkeypatch: Any) -> None:
    assigned, signals = moderated.assigned(), moderated.published("signals")
    vectors = moderated.ask(select(Vector.text_id, Vector.data).order_by(Vector.text_id))
    first = moderated.ask(select(Model.id))[0][0]
    load = tasks.model.load_encoder
    with monkeypatch.context() as patch:
        patch.setattr(tasks.model, "load_encoder", lambda *given, **named: Turned(load(*given, **named)))
        counts = moderated.run(stream)
        assert (counts["embedded"], counts["compared"]) == (len(vectors), counts["texts"])
        assert counts["scored"] == len(signals)
    # What was found between two vectors of one model is the same; between two models nothing would be.
    assert moderated.assigned() == assigned
    # What was fitted on one model's vectors says nothing of another's.
    assert any(row["off_topic"] for row in signals)
    assert {row["off_topic"] for row in moderated.published("signals")} == {0}
    by_model = select(Vector.text_id, Vector.data).order_by(Vector.text_id)
    assert moderated.ask(by_model.where(Vector.model_id == first)) == vectors
    assert len(moderated.ask(by_model.where(Vector.model_id != first))) == len(vectors)
    assert all(made_by.startswith("turned") for (made_by,) in moderated.ask(select(Text.compared_by)))
    assert all("turned" in scorer for (scorer,) in moderated.ask(select(Signals.scorer)))
    back = moderated.run(stream)
    assert (back["embedded"], back["compared"]) == (0, back["texts"])
    assert moderated.assigned() == assigned


@pytest.fixture
def turning(moderated: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A home that is to go over to another model, two hundred texts a run."""
    load = tasks.model.load_encoder

    def load_either(model: str, **named: Any) -> Any:
        return Turned(load("all-MiniLM-L6-v2", **named)) if model == "turned" else load(model, **named)

    monkeypatch.setattr(tasks.model, "load_encoder", load_either)
    return moderated.changed(model="turned", texts_ahead=200)


def compared_by(home: Any) -> set[str]:
    return {made_by.split("-")[0] for (made_by,) in home.ask(select(Text.compared_by).distinct())}


def test_many_texts_are_embedded_over_several_runs_and_the_old_model_stays_until_all_are(
    turning: Any, comment: Make, write: Callable[..., Path]
) -> None:
    (old,) = compared_by(turning)
    texts = len(turning.ask(select(Vector.text_id)))
    assert 200 < texts <= 400
    counts = turning.moderate()
    assert (counts["embedded"], counts["embedded ahead"], counts["compared"], counts["scored"]) == (0, 200, 0, 0)
    assert compared_by(turning) == {old}
    counts = turning.run(write([comment("Where is the order I paid for three weeks ago?")]))
    assert (counts["embedded"], counts["compared"]) == (texts + 1 - 200, counts["texts"])
    assert "embedded ahead" not in counts
    assert compared_by(turning) == {"turned"}


def test_new_comments_are_read_by_the_old_model_meanwhile(
    turning: Any, comment: Make, write: Callable[..., Path]
) -> None:
    slow = turning.changed(texts_ahead=50)
    counts = slow.run(write([comment("Where is the order I paid for three weeks ago?")]))
    assert (counts["embedded"], counts["embedded ahead"], counts["compared"]) == (1, 50, 1)
    assert len(compared_by(slow)) == 1
    assert compared_by(slow) != {"turned"}


def test_without_the_old_model_the_new_one_takes_its_place_at_once(turning: Any, monkeypatch: Any) -> None:
    load = tasks.model.load_encoder

    def load_new(model: str, **named: Any) -> Any:
        if model != "turned":
            raise ModelUnusable(model, "not here any more")
        return load(model, **named)

    monkeypatch.setattr(tasks.model, "load_encoder", load_new)
    counts = turning.moderate()
    assert counts["embedded"] > 200
    assert compared_by(turning) == {"turned"}


def test_a_script_that_the_model_reads_from_now_on_is_embedded_and_compared(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    thai = ["ส่งของช้าไปสามวัน", "ร้านเปิดกี่โมง", "ชอบกลิ่นชามะลิที่สุด"]
    assert home.run(write([comment(text) for text in [*thai, "Three days late", "When do you open"]]))["embedded"] == 2
    counts = home.changed(scripts=("Latin", "Thai")).moderate()
    assert (counts["embedded"], counts["compared"], counts["scored"]) == (3, 5, 5)


@pytest.fixture
def stricter(tmp_path: Path) -> Path:
    """The shipped policy under another version, by which praise must be very clear."""
    text = SHIPPED.read_text("utf-8").replace('version: "2"', 'version: "3"')
    path = tmp_path / "policy.yaml"
    path.write_text(
        text.replace("  praise: 0.6", "  praise: 0.95").replace("  complaint: 0.6", "  complaint: 0.95"), "utf-8"
    )
    return path


def test_cases_follow_another_policy(moderated: Any, stream: Path, stricter: Path) -> None:
    before = {row["case_id"]: row for row in moderated.published("queues/care")}
    counts = moderated.changed(policy=stricter).run(stream)
    after = {row["case_id"]: row for row in moderated.published("queues/care")}
    assert (counts["embedded"], counts["scored"]) == (0, 0)
    assert counts["withdrawn"] > 0
    assert len(after) < len(before)
    assert conserved(moderated)
    # Cases that stay are those of the version that opened them.
    assert {after[each]["policy_version"] for each in after.keys() & before.keys()} <= {"2"}
    counts = moderated.run(stream)
    # A case of several comments may go by another one of them, if that is the one whose case stayed open.
    again = {row["case_id"] for row in moderated.published("queues/care")}
    assert len(again) == len(before)
    assert conserved(moderated)


def test_a_policy_that_changed_under_its_version_is_refused_before_anything_is_done(
    moderated: Any, stream: Path, stricter: Path
) -> None:
    stricter.write_text(stricter.read_text("utf-8").replace('version: "3"', 'version: "2"'), "utf-8")
    tables, files = moderated.tables(), moderated.files()
    with pytest.raises(PolicyInvalid, match=r"policy.yaml:2: version: .*raise the version"):
        moderated.changed(policy=stricter).run(stream)
    assert moderated.tables() == tables
    assert moderated.files() == files


def test_other_alert_words_score_everything_anew(
    moderated: Any, tmp_path: Path, comment: Make, write: Callable[..., Path]
) -> None:
    moderated.run(write([comment("My kettle sings like a nightingale", comment_id="bird")]))
    text = SHIPPED.read_text("utf-8").replace('version: "2"', 'version: "3"')
    path = tmp_path / "policy.yaml"
    path.write_text(text.replace("      - bomb threat", "      - bomb threat\n      - nightingale"), "utf-8")
    counts = moderated.changed(policy=path).moderate()
    assert counts["scored"] == moderated.ask(select(func.count()).select_from(Comment))[0][0]
    assert [row["subject"] for row in moderated.published("queues/escalation") if row["rule"] == "threat"] == [
        "clipshare/bird"
    ]
