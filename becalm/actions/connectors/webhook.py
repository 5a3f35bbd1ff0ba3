"""Sends actions to an address of one's own, signed, for whatever speaks to the platform there."""

import hashlib
import hmac
from datetime import datetime
from email.message import Message
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

import orjson
from pydantic import SecretStr

from ...connections import LOCAL
from .order import Order, Refused, TryAgain

# Of an answer no more is kept, and no more read.
ANSWER_BYTES = 4_096
# Too early, too many, or the other side's own trouble; all else that is no success will not get better.
PASSING = frozenset({408, 425, 429})
SURELY_NOTHING = frozenset({425, 429, 503})


class Webhook:
    """POST of the order as JSON, with `Idempotency-Key`, and `Becalm-Signature: t=SECONDS,v1=HEX`.

    HEX is HMAC-SHA256 by the secret over `SECONDS.` and the body. Whoever answers 2xx has done it, and answers the same
    for the same key without doing it again.
    """

    name = "webhook"

    def __init__(self, url: str, secret: SecretStr, timeout_seconds: float = 10) -> None:
        self._url, self._secret, self._timeout = url, secret, timeout_seconds
        # No proxy leads to this machine.
        here = [ProxyHandler({})] if urlsplit(url).hostname in LOCAL else []
        self._opener = build_opener(_NoRedirects, *here)

    def carry_out(self, order: Order, at: datetime) -> dict[str, Any]:
        """The status and, where it is a JSON object, the answer. Raises `TryAgain` and `Refused`."""
        body = orjson.dumps(order.as_dict(at))
        request = Request(self._url, data=body, headers=self._headers(order.key, body, at), method="POST")
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return {"status": answer.status, **_told(answer.read(ANSWER_BYTES + 1))}
        except HTTPError as error:
            error.close()
            raise _failure(error.code, error.headers) from None
        except (URLError, HTTPException, OSError) as error:
            # The reason may hold the address, which may hold a secret.
            reason = error.reason if isinstance(error, URLError) else error
            never_met = isinstance(reason, ConnectionRefusedError)
            raise TryAgain(f"no answer ({type(reason).__name__})", is_sure=never_met) from None

    def _headers(self, key: str, body: bytes, at: datetime) -> dict[str, str]:
        return {
            "Content-Type": "application/json", "User-Agent": "becalm", "Idempotency-Key": key,
            "Becalm-Signature": signature(self._secret.get_secret_value(), int(at.timestamp()), body),
        }  # fmt: skip


class _NoRedirects(HTTPRedirectHandler):
    """What is sent elsewhere than was configured could be read there."""

    def redirect_request(self, *_: Any) -> None:
        return None


def signature(secret: str, seconds: int, body: bytes) -> str:
    """What the receiver holds against the header; `seconds` lets it refuse what is old."""
    told = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={told}"


def _failure(status: int, headers: Message) -> TryAgain | Refused:
    if status not in PASSING and status < 500:
        return Refused(f"answered {status}")
    after = headers.get("Retry-After", "")
    wait = float(after) if after.isascii() and after.isdigit() and len(after) < 7 else None
    return TryAgain(f"answered {status}", is_sure=status in SURELY_NOTHING, after_seconds=wait)


def _told(answer: bytes) -> dict[str, Any]:
    try:
        told = orjson.loads(answer) if len(answer) <= ANSWER_BYTES else None
    except orjson.JSONDecodeError:
        told = None
    return {"answer": told} if isinstance(told, dict) else {}
