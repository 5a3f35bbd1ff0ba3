"""A report as it comes: a row of a file, a form that somebody filled in, or the arguments of a call."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qs

import regex
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ..errors import InputError

T = TypeVar("T", bound=BaseModel)

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(minutes=5)
LONGEST_TEXT = 10_000
_HIDDEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}]")
_UNSTORABLE = regex.compile(r"[\p{Cs}\0]")


class ReportUnusable(InputError):
    """A report that can't be taken in; nothing was changed."""

    def __init__(self, why: str) -> None:
        super().__init__(f"report: {why}; nothing was changed")
        self.why = why


def _name(value: str) -> str:
    if _HIDDEN.search(value) or not value.strip():
        raise ValueError("is empty, or holds characters that nobody sees")
    return value.strip()


def _text(value: Any) -> Any:
    return "" if value is None else value


def _storable(value: str) -> str:
    if _UNSTORABLE.search(value):
        raise ValueError("holds characters that can't be stored")
    return value.strip()


def _moment(value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip().upper())
        except ValueError as error:
            raise ValueError("is no time such as 2026-03-01T12:00:00Z") from error
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("says no zone, such as Z at its end")
    return value


Name = Annotated[str, Field(max_length=300), AfterValidator(_name)]
Platform = Annotated[str, Field(pattern=r"^[^:\s]+$", max_length=60), AfterValidator(_name)]
Text = Annotated[str, BeforeValidator(_text), Field(max_length=LONGEST_TEXT), AfterValidator(_storable)]
Moment = Annotated[datetime, BeforeValidator(_moment)]


class Filed(BaseModel):
    """One report. `reporter` is the key by which they are reached on the platform.

    Who is a trusted flagger says the policy; a form that says so is not asked.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    platform: Platform
    comment_id: Name
    reporter: Name
    reason: Text = ""
    text: Text = ""
    reported_at: Moment


def read_report(row: Mapping[str, Any], now: datetime) -> Filed:
    """The report in a row of a file or a call; without `reported_at` it is of `now`. Raises `ReportUnusable`."""
    return read_filed(Filed, row, now, "reported_at", ReportUnusable)


def read_form(form: str | bytes | Mapping[str, str | Sequence[str]]) -> dict[str, str]:
    """The fields of a form, as `application/x-www-form-urlencoded` or taken apart already; of several the last counts.

    Raises `ReportUnusable` for what is no such form.
    """
    if isinstance(form, str | bytes):
        text = form.decode("utf-8", "replace") if isinstance(form, bytes) else form
        try:
            form = parse_qs(text, keep_blank_values=True, max_num_fields=50)
        except ValueError as error:
            raise ReportUnusable(f"no form: {error}") from error
    return {name: each if isinstance(each, str) else each[-1] for name, each in form.items() if each}


def read_filed(kind: type[T], row: Mapping[str, Any], now: datetime, at: str, error: Callable[[str], InputError]) -> T:
    """A row as `kind`; its time `at` lies between the year 2000 and `now`. Raises `error` with why it can't be used."""
    if why := row.get("_unreadable"):
        raise error(str(why))
    given = {name: value for name, value in row.items() if value not in (None, "")}
    try:
        filed = kind.model_validate({at: now, **given})
    except ValidationError as invalid:
        raise error(told(invalid)) from None
    moment = getattr(filed, at)
    if not EARLIEST <= moment <= now + CLOCKS_DIFFER:
        raise error(f"{at}: {moment:%Y-%m-%d %H:%M} lies {'ahead' if moment > now else 'before the year 2000'}")
    return filed


def told(invalid: ValidationError) -> str:
    """The first thing that is wrong, without the value: it may be private."""
    first = invalid.errors(include_url=False, include_input=False)[0]
    message = first["msg"].removeprefix("Value error, ")
    words = "is missing" if first["type"] == "missing" else message[:1].lower() + message[1:]
    return ": ".join([*map(str, first["loc"][:1]), words])
