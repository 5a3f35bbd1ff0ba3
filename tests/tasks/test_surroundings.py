"""What a comment stands under may come later, and change; its signals follow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from becalm.store import Comment, Signals, Thread
from tasks.surroundings import COMPANY

Make = Callable[..., dict[str, Any]]
TALK = "the jasmine needs water of eighty degrees, says my tea book, number {}"
QUESTION = "Which water temperature does the green jasmine tea need so that it is not bitter?"
ANSWER = "Eighty degrees at most, green jasmine tea gets bitter in hotter water"


def off_topic(home: Any) -> dict[str, float]:
    return {row["comment_id"]: row["off_topic"] for row in home.published("signals")}


def test_an_answer_is_scored_again_when_the_question_comes(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    thread = {"thread_id": "t1"}
    answer = comment(ANSWER, comment_id="answer", parent_id="question", **thread)
    home.run(write([answer]))
    assert home.ask(select(Signals.off_topic)) == [(None,)]
    assert off_topic(home) == {"answer": 0}
    question = comment(QUESTION, comment_id="question", **thread)
    assert home.run(write([question], "later.jsonl"))["scored"] == 2
    told = select(Comment.comment_id, Signals.off_topic).join(Signals, Signals.comment_id == Comment.id)
    stored = dict(map(tuple, home.ask(told)))
    assert stored["question"] is None
    assert stored["answer"] is not None
    assert stored["answer"] < 0.3
    assert home.moderate()["scored"] == 0


def test_the_company_of_a_thread_is_the_same_whatever_the_batches(
    new_home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    rows = [comment(TALK.format(number), thread_id="t1") for number in range(COMPANY + 8)]
    at_once, in_parts = new_home("once"), new_home("parts")
    at_once.run(write(rows))
    for part in (rows[25:], rows[:10], rows[10:25]):
        in_parts.run(write(part, f"{len(part)}.jsonl"))
    (company,) = at_once.ask(select(Thread.company))[0]
    assert len(company) == COMPANY
    assert in_parts.ask(select(Thread.company)) == [(company,)]
    assert off_topic(in_parts) == off_topic(at_once)
    assert in_parts.moderate()["scored"] == 0


def test_what_has_nothing_to_do_with_the_company_is_off_topic(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    rows = [comment(TALK.format(number), thread_id="t1") for number in range(12)]
    stray = comment("The goalkeeper of our second league team broke his left leg", comment_id="stray", thread_id="t1")
    home.run(write([*rows, stray]))
    found = off_topic(home)
    assert found.pop("stray") > 0.5 > max(found.values())
