"""A comment as all signals read it: taken apart once."""

import re
from dataclasses import dataclass
from functools import cache

from .evidence import Evidence
from .lexicon import Phrase, load_lexicon
from .links import Link, find_links, replace_links
from .masked_words import MaskedWords
from .mended_words import MendedWords
from .phrases import Hit, PhraseIndex
from .word_sets import word_set
from .words import AT, BREAK, FROWN, LINK, MONEY, QUOTE, SMILE, split_words

LEXICONS = ("abuse", "promotion", "bait", "complaint", "praise", "sentiment")
MASKED_KINDS = ("swearing", "strong_insult", "slur")
_LONGEST_QUOTE = 60
_MOST_DIGITS = 3
_DIGIT = re.compile(r"\d")
_SIGNS = {LINK: "~", AT: "@", BREAK: ".", QUOTE: '"', MONEY: "$", SMILE: ")", FROWN: "("}


@dataclass(frozen=True, slots=True)
class Reading:
    """`hits` are the lexicons' phrases in `words`, by signal; `is_mended` if a word was hidden or misspelled."""

    evidence: Evidence
    links: tuple[Link, ...]
    words: tuple[str, ...]
    hits: dict[str, list[Hit]]
    is_mended: bool = False

    @property
    def plain(self) -> str:
        """The words as a trained model reads them: a single sign for each thing that is no word."""
        return " ".join(plain_words(self.words))

    def quote(self, hit: Hit) -> str:
        """The words of `hit`, digits hidden where there are more than three: they may be somebody's number."""
        quote = " ".join(self.words[hit.start : hit.end])[:_LONGEST_QUOTE]
        if quote.isalpha() or len(_DIGIT.findall(quote)) <= _MOST_DIGITS:
            return quote
        return _DIGIT.sub("•", quote)


def plain_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """`words` with a single sign for each thing that is no word."""
    return tuple([_SIGNS.get(word, word) for word in words])


def read(evidence: Evidence) -> Reading:
    """`evidence` with its links, its words and the lexicons' phrases in them."""
    links = find_links(evidence.normalised)
    text = replace_links(evidence.normalised, links) if links else evidence.normalised
    written = masked_words().unmask(text) if "*" in text else text
    words = split_words(written)
    return Reading(evidence, links, words, phrase_index().find(words))


def mend(reading: Reading) -> Reading:
    """`reading` with rude words as they are meant where they were hidden or misspelled; itself where none was.

    For abuse only: campaigns are judged by what other lexicons say of the words as they were written.
    """
    normalised = reading.evidence.normalised
    text = replace_links(normalised, reading.links) if reading.links else normalised
    bare = mended_words().mend_signs(text)
    words = reading.words if bare == text else split_words(masked_words().unmask(bare) if "*" in bare else bare)
    meant = mended_words().mend(words)
    if meant == reading.words:
        return reading
    return Reading(reading.evidence, reading.links, meant, phrase_index().find(meant), is_mended=True)


@cache
def lexicon(signal: str) -> tuple[Phrase, ...]:
    return load_lexicon(signal)


@cache
def phrase_index() -> PhraseIndex:
    """All lexicons, loaded at the first comment."""
    return PhraseIndex(phrase for signal in LEXICONS for phrase in lexicon(signal))


@cache
def mended_words() -> MendedWords:
    """What misspelling may hide."""
    return MendedWords(rude_words(), word_set("ordinary"))


def rude_words() -> frozenset[str]:
    """The single words of the abuse lexicon, and others that are seldom friendly."""
    slots = (phrase.slots[0] for phrase in lexicon("abuse") if len(phrase.slots) == 1)
    return word_set("harsh").union(*(slot for slot in slots if isinstance(slot, frozenset)))


@cache
def masked_words() -> MaskedWords:
    """What stars may hide: swear words first, for they are most of it, and full words before their short forms."""
    phrases = [phrase for kind in MASKED_KINDS for phrase in lexicon("abuse") if phrase.kind.name == kind]
    slots = (phrase.slots[0] for phrase in phrases if len(phrase.slots) == 1)
    return MaskedWords(
        word
        for slot in slots
        if isinstance(slot, frozenset)
        for word in sorted(slot, key=lambda word: (-len(word), word))
    )
