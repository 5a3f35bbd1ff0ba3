"""Links in a comment, the disguised ones too, and what they say about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from becalm.records import Reason

from .word_sets import word_set

# Endings that hardly occur as words, so that a bare "name.ending" is a link; all others need www, a scheme or a path.
_PLAIN_ENDINGS = (
    "com|net|org|info|biz|edu|gov|app|xyz|online|site|club|dev|io|tv|ly|gl|gg|ai|tk|ml|ga|cf|gq|ws|cc|ru|cn|de|fr|uk|nl|br|"
    "jp|pl|eu|au|mx|ar|ch|top|vip|icu|buzz|shop|"
    "example|test|invalid"  # reserved for documents and simulations (RFC 2606)
)
_GLUED_DOT = re.compile(r"\.\w")
_HINTS = (
    "://", "dot", " .", "[.", "(.", "{.", "|.", " com", " net", " org",
    *(f"{sign}{ending}" for sign in ";," for ending in ("com", "net", "org", "info")),
)  # fmt: skip
_HOST = r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
_LINK = re.compile(
    rf"(?:https?:/{{0,2}}|https?://www\.|www\.)(?P<given>{_HOST})[^\s<>\"]*"
    rf"|(?<![\w@.-])(?P<bare>(?:[\w-]{{1,63}}\.){{1,5}}(?:{_PLAIN_ENDINGS}))(?![\w@-]|\.\w)(?:[/?#:][^\s<>\"]*)?"
    rf"|(?<![\w@.-])(?P<path>(?:[\w-]{{1,63}}\.){{1,3}}[a-z]{{2,6}})[/\\\\][^\s<>\"]+"
    rf"|(?<![\w@.-])(?P<deep>(?:[\w-]{{2,63}}\.){{2,4}}[a-z]{{2}})(?![\w@-]|\.\w)"
    # Words also end in "me" or "it" where a space after a full stop is missing: here the name must look made up.
    r"|(?<![\w@.-])(?P<made>(?:[a-z]*[\d-][\w-]*|[a-z]{14,63})\.[a-z]{2})(?![\w@-]|\.\w)"
)
_HIDDEN_ENDINGS = "com|net|org|info|biz|xyz|site|online|shop|club|top|app|io|ly|gl|ru|me|tv|eu|us|ms|co"
_DISGUISED = re.compile(
    rf"(?<![\w@.-])(?P<name>[\w-]{{2,63}}(?:\.[\w-]{{1,63}}){{0,3}})"
    rf"(?: ?[\[({{|] ?(?:dot|\.) ?[\])}}|] ?(?P<boxed>{_HIDDEN_ENDINGS})"
    rf"| dot (?P<spelled>{_HIDDEN_ENDINGS})| ?\. ?(?P<spaced>com)|[;,](?P<comma>com|net|org|info))"
    r"(?!\w)(?! (?:bubble|boom|crash|era|compan))"
    r"|(?<!\w)w{1,3}[. ](?P<apart>[\w-]{4,63}) (?P<last>com|net|org)(?!\w)"
)
_NO_NAME = word_set("no_domain_name")
_SHORTENERS = word_set("link_shorteners")
_MOST_SHOWN = 80

LINK_WEIGHT = 0.3
SECOND_LINK_WEIGHT = 0.25
MANY_LINKS_WEIGHT = 0.55
SHORTENER_WEIGHT = 0.3
DISGUISE_WEIGHT = 0.5
ONLY_LINK_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Link:
    """A link by its domain, and where it stands in the normalised text."""

    domain: str
    start: int
    end: int
    is_disguised: bool = False


def find_links(normalised: str) -> tuple[Link, ...]:
    """Links of a normalised text in order: with a scheme, bare, or like "example dot com"; no e-mail addresses."""
    if not _GLUED_DOT.search(normalised) and not any(map(normalised.__contains__, _HINTS)):
        return ()
    links = [Link(_domain(found), found.start(), found.end()) for found in _LINK.finditer(normalised)]
    links += _find_disguised(normalised)
    return tuple(_without_overlaps(sorted(links, key=lambda link: link.start)))


def replace_links(normalised: str, links: tuple[Link, ...]) -> str:
    """`normalised` with ` <link> ` in place of each of `links`."""
    parts, position = [], 0
    for link in links:
        parts += [normalised[position : link.start], " <link> "]
        position = link.end
    return "".join([*parts, normalised[position:]])


def judge_links(links: tuple[Link, ...], other_words: int) -> list[Reason]:
    """Reasons for spam that lie in `links` alone; `other_words` is the number of words beside them."""
    return list(_judge(links, other_words)) if links else []


def _judge(links: tuple[Link, ...], other_words: int) -> Iterator[Reason]:
    domains = list(dict.fromkeys(link.domain for link in links))
    yield Reason("spam", LINK_WEIGHT, f"links to {domains[0][:_MOST_SHOWN]}")
    if len(links) > 2:
        yield Reason("spam", MANY_LINKS_WEIGHT, f"{len(links)} links in one comment")
    elif len(links) == 2:
        yield Reason("spam", SECOND_LINK_WEIGHT, "two links in one comment")
    if any(link.is_disguised for link in links):
        yield Reason("spam", DISGUISE_WEIGHT, "a link written so that filters miss it")
    if short := next((domain for domain in domains if domain in _SHORTENERS), None):
        yield Reason("spam", SHORTENER_WEIGHT, f"a shortened link hides where it leads ({short})")
    if other_words < 2:
        yield Reason("spam", ONLY_LINK_WEIGHT, "nothing but a link")


def _domain(found: re.Match[str]) -> str:
    domain = found["given"] or found["bare"] or found["path"] or found["deep"] or found["made"]
    return domain.removeprefix("www.")


def _find_disguised(normalised: str) -> Iterator[Link]:
    for found in _DISGUISED.finditer(normalised):
        name = found["name"] or found["apart"]
        if name not in _NO_NAME:
            ending = found["boxed"] or found["spelled"] or found["spaced"] or found["comma"] or found["last"]
            yield Link(f"{name}.{ending}", found.start(), found.end(), is_disguised=True)


def _without_overlaps(links: list[Link]) -> Iterator[Link]:
    end = 0
    for link in links:
        if link.start >= end:
            yield link
            end = link.end
