"""The draft of a post: an opening, a paragraph for each pattern, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from ..errors import InputError
from ..policy.template_text import make_environment
from ..responses import Objection, Span, check_tone
from .pattern import Pattern

POSTS_FILE = Path(__file__).with_name("posts.yaml")
MOST_PATTERNS = 5


@dataclass(frozen=True, slots=True)
class Post:
    """A draft for people to read, change and post; `objections` are what the tone check has against it."""

    language: str
    title: str
    paragraphs: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    objections: tuple[Objection, ...]

    @property
    def text(self) -> str:
        """Paragraphs with an empty line between them."""
        return "\n\n".join((self.title, *self.paragraphs))


def write_post(patterns: Sequence[Pattern], language: str, about_us: Mapping[str, str]) -> Post | None:
    """The draft about the five commonest patterns, None where there is none to tell of.

    Nothing in it comes from a comment: the patterns choose among written paragraphs, and only the policy's own
    `about_us` is filled in. Raises `InputError` for a language without paragraphs.
    """
    texts = _texts(language)
    told = tuple(each for each in patterns if each.kind in texts)[:MOST_PATTERNS]
    if not told:
        return None
    values = {"brand": about_us.get("brand", ""), "support": about_us.get("support_link", "")}
    parts = [_filled(texts[name], values) for name in ("opening", *(each.kind for each in told), "closing")]
    title = _filled(texts["title"], values)
    whole = "\n\n".join((title, *parts))
    return Post(
        language, title, tuple(parts), told, check_tone(whole, language, quoted=_ours(whole, values)).objections
    )


def post_languages() -> tuple[str, ...]:
    return tuple(sorted(_all()))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return make_environment().from_string(text).render(values).strip()


def _ours(text: str, values: Mapping[str, str]) -> list[Span]:
    """Where the brand's own name and address stand: how they are written is no tone."""
    return [Span(at, at + len(one)) for one in values.values() if one for at in _places(text, one)]


def _places(text: str, part: str) -> list[int]:
    places, at = [], text.find(part)
    while at >= 0:
        places.append(at)
        at = text.find(part, at + len(part))
    return places


def _texts(language: str) -> dict[str, str]:
    known = _all()
    if language not in known:
        raise InputError(f"posts are written in {' or '.join(sorted(known))}, not in `{language}`")
    return known[language]


@lru_cache(maxsize=1)
def _all() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(POSTS_FILE.read_text("utf-8"))
    return loaded
