"""What a restricting decision is stated as: by action what is restricted, by rule why, in the words of the DSA
Transparency Database."""

from collections.abc import Collection
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from ..statements import vocabulary
from ..statements.vocabulary import KEYWORDS, OTHER_KEYWORD
from .nearest import nearest
from .part import Id, Lenient, Part

VISIBILITY_OTHER = "DECISION_VISIBILITY_OTHER"


def _one_of(words: Collection[str], what: str) -> AfterValidator:
    def check(word: str) -> str:
        if word not in words:
            raise ValueError(f"the database knows no {what} `{word}`{nearest(word, words)}")
        return word

    return AfterValidator(check)


Visibility = Annotated[str, _one_of(vocabulary.VISIBILITY, "restriction of visibility")]
Account = Annotated[str, _one_of(vocabulary.ACCOUNT, "decision on an account")]
AccountType = Annotated[str, _one_of(vocabulary.ACCOUNT_TYPES, "type of account")]
Category = Annotated[str, _one_of(vocabulary.CATEGORIES, "category")]
Keyword = Annotated[str, _one_of(vocabulary.ALL_KEYWORDS, "keyword")]
Short = Annotated[str, Field(min_length=1, max_length=500)]


class Restriction(Part):
    """How an action restricts: what becomes of the comment, of the account, or of both."""

    visibility: Annotated[tuple[Visibility, ...], Lenient] | None = None
    visibility_other: Short | None = None
    account: Account | None = None
    account_type: AccountType | None = None

    @model_validator(mode="after")
    def _says_what_it_restricts(self) -> "Restriction":
        if not self.visibility and not self.account:
            raise ValueError("restricts nothing: give `visibility` or `account`, or leave the action out")
        if (VISIBILITY_OTHER in (self.visibility or ())) != bool(self.visibility_other):
            raise ValueError(f"{VISIBILITY_OTHER} needs `visibility_other` to say what, and nothing else does")
        if bool(self.account) != bool(self.account_type):
            raise ValueError("a decision on an account needs `account_type`, and nothing else does")
        return self


class Stated(Part):
    """What a breach counts as. `may_be_illegal`: whoever decides may name a law instead of this rule."""

    category: Category
    keywords: Annotated[tuple[Keyword, ...], Lenient] | None = None
    keyword_other: Short | None = None
    may_be_illegal: bool = False

    @model_validator(mode="after")
    def _keywords_belong_to_the_category(self) -> "Stated":
        fitting = KEYWORDS[self.category]
        for keyword in self.keywords or ():
            if keyword not in fitting:
                raise ValueError(f"`{keyword}` is no keyword of {self.category}{nearest(keyword, fitting)}")
        if (OTHER_KEYWORD in (self.keywords or ())) != bool(self.keyword_other):
            raise ValueError(f"{OTHER_KEYWORD} needs `keyword_other` to say what, and nothing else does")
        return self


class Statements(Part):
    """An action that is not among `actions` restricts nothing; `otherwise` is for decisions under rules that suggest
    no restriction."""

    actions: Annotated[dict[Id, Restriction], Field(min_length=1)]
    rules: dict[Id, Stated] = Field(default_factory=dict)
    otherwise: Stated

    def of(self, rule_id: str) -> Stated:
        """What a breach of this rule counts as."""
        return self.rules.get(rule_id, self.otherwise)
