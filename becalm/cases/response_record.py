"""A response as a record for JSON."""

from dataclasses import asdict
from typing import Any

from ..responses.tone import Objection
from .responding import Response
from .response import Walk


def response_record(told: Response) -> dict[str, Any]:
    """Everything that the page shows."""
    end, written, tone = told.way.end, told.written, told.tone
    return {
        "case_id": told.case.id,
        "path": _path(told.way),
        "machine_path": _path(told.machine),
        "question": _question(told.way),
        "action": end.action if end else None,
        "template": end.template if end else None,
        "then": [step.model_dump() for step in end.then] if end else [],
        "audience": written.audience if written else None,
        "language": written.language if written else None,
        "text": told.edited if told.edited is not None else written.text if written else None,
        "missing": [asdict(each) for each in written.missing] if written else [],
        "open": told.open_places,
        "objections": [_objection(each) for each in tone.objections] if tone else [],
        "tone_known": tone.is_known if tone else None,
        "said_before": told.objection,
        "ready": told.is_ready,
    }


def _path(way: Walk) -> list[dict[str, str]]:
    return [{"question": passed.question, "answer": passed.answer.id} for passed in way.path]


def _question(way: Walk) -> dict[str, Any] | None:
    if way.question is None:
        return None
    answers = [{"id": answer.id, "says": answer.says} for answer in way.question.answers]
    return {"id": way.at, "asks": way.question.asks, "help": way.question.help, "answers": answers}


def _objection(objection: Objection) -> dict[str, Any]:
    return {
        "kind": objection.kind, "words": objection.words, "start": objection.span.start, "end": objection.span.end,
        "why": objection.why,
    }  # fmt: skip
