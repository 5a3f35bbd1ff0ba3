"""The brand and its phrase books, with a writer for each product."""

from functools import cache
from random import Random

from becalm.simulate.wording import Phrases, Writer, load_book, load_phrases, parse, phrases

SHARED = ("talk", "crowds", "campaigns", "abroad", "trolls", "names")


@cache
def _spoken() -> dict[tuple[str, str], Phrases]:
    """What there is to say, by language and product; a product's own lines go before the shared ones."""
    brand = load_book("brand")
    shared = {**load_phrases(*SHARED), "year": (parse(str(brand["year"])),)}
    spoken: dict[tuple[str, str], Phrases] = {}
    for product, lines in brand["products"].items():
        spoken["en", product] = {**shared, **phrases(lines)}
        for language, talk in load_book("languages").items():
            spoken[language, product] = {**phrases(talk), "product": (parse(product),)}
    return spoken


class Books:
    """What there is to say about each product, in each language."""

    def __init__(self, dice: Random) -> None:
        brand = load_book("brand")
        self.dice = dice
        self.brand: str = brand["name"]
        self.products: tuple[str, ...] = tuple(brand["products"])
        self.languages: tuple[str, ...] = tuple(load_book("languages"))
        self.weights: dict[str, float] = {name: p["weight"] for name, p in brand["platforms"].items()}
        self._places = [(name, channel) for name, p in brand["platforms"].items() for channel in p["channels"]]
        self._spoken = _spoken()

    def writer(self, product: str, language: str = "en", **facts: str) -> Writer:
        """A writer about a product; `facts` are names that have one fixed wording."""
        spoken = self._spoken[language, product]
        if facts:
            spoken = {**spoken, **{name: ((fact,),) for name, fact in facts.items()}}
        return Writer(spoken, self.dice)

    def place(self, number: int, dice: Random) -> tuple[str, str]:
        """A platform and its channel: every one of them once, then any."""
        return self._places[number % len(self._places)] if number < len(self._places) else dice.choice(self._places)
