"""Markers in a text: where it sends its readers."""

import re
from collections.abc import Iterator

from .links import find_links

_HANDLE = re.compile(r"(?<![\w.])@[a-z0-9_.]{3,30}")
_EMAIL = re.compile(r"(?<![\w.])[\w.+-]{2,64}@(?:[\w-]{1,63}\.)+[a-z]{2,12}")
_VIDEO = re.compile(r"watch\?v=([\w-]{6,20})|youtu\.be/([\w-]{6,20})")
# Seven digits at least behind a plus, a zero or an invitation to call: views and prices are no numbers to dial.
_PHONE = re.compile(
    r"(?<![\w.,$€£])(?:\+\(?|\(?0|(?:call|text|phone|tel|sms|whatsapp|viber|zap)\w{0,3}\W{0,3}(?:(?:me|us|at|on) )?\(?)"
    r"(\d(?:[ ().-]{0,2}\d){6,14})(?![\w%])"
)
FEWEST_DIGITS = 3  # different ones
# Chat addresses are spelled, not linked: "whatsapp +1 ...", "telegram: name", "t.me/name".
_CHAT = re.compile(
    r"\b(?:telegram|whatsapp|kik|snapchat|discord|skype|wechat|line id) ?(?:id)? ?[:@=]+ ?@?([\w.]{4,30})"
)


def find_markers(normalised: str) -> Iterator[tuple[str, str]]:
    """(kind, value) of each marker in a normalised text: domain, handle, e-mail, video, phone, chat."""
    for link in find_links(normalised):
        yield "domain", link.domain
    if "@" in normalised:
        yield from (("e-mail", found) for found in _EMAIL.findall(normalised))
        yield from (("handle", found.rstrip(".")) for found in _HANDLE.findall(normalised))
    for found in _VIDEO.finditer(normalised):
        yield "video", found[1] or found[2]
    for found in _PHONE.finditer(normalised):
        digits = re.sub(r"\D", "", found[1])
        if len(set(digits)) >= FEWEST_DIGITS:
            yield "phone", digits
    for found in _CHAT.finditer(normalised):
        yield "chat", found[1]
