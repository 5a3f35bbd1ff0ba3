"""What a template may say with `{{ }}`: the vocabulary that templates and whoever fills them in share."""

from dataclasses import dataclass
from enum import StrEnum


class FilledBy(StrEnum):
    """Where a value comes from; what the policy and the case can't tell, a person writes."""

    POLICY = "policy"
    CASE = "case"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Variable:
    """One placeholder. `is_optional`: the sentence does without; `is_truth`: asked by `if`, never printed."""

    words: str
    filled_by: FilledBy = FilledBy.CASE
    is_optional: bool = False
    is_truth: bool = False
    is_strangers: bool = False  # somebody else's words: one line, cut short
    example: str = ""


def _written(words: str, example: str) -> Variable:
    return Variable(words, FilledBy.PERSON, example=example)


VARIABLES = {
    "brand": Variable("the brand's name", FilledBy.POLICY, example="Lantern Tea"),
    "policy_link": Variable("address of the public guidelines", FilledBy.POLICY, example="https://tea.example/rules"),
    "support_link": Variable("address of customer support", FilledBy.POLICY, example="https://tea.example/help"),
    "appeal_link": Variable("where a decision can be contested", FilledBy.POLICY, example="https://tea.example/appeal"),
    "help_link": Variable("where people in distress find help", FilledBy.POLICY, example="https://help.example"),
    "name": Variable("how the person is addressed", is_optional=True, is_strangers=True, example="Robin"),
    "channel": Variable("where the comment stands", is_strangers=True, example="lantern-tea"),
    "thread": Variable("title of the thread", is_strangers=True, example="Our new blend"),
    "rule": Variable("title of the policy rule", example="Abusive language"),
    "rule_meaning": Variable("what the rule says, in plain words", example="Insults have no place here."),
    "case": Variable("number of the case", example="k1a2b3c4d5e6f"),
    "due": Variable("when the case is due", example="3 March 2026, 16:00 UTC"),
    "handler": _written("first name of the person who answers", "Kim"),
    "facts": Variable("what was found, for the person concerned", example="a personal insult in your comment"),
    "until": Variable("when a restriction ends", example="10 March 2026"),
    "appeal_until": Variable("until when a decision can be contested", example="3 September 2026"),
    "machine_found": Variable("whether software found it", is_truth=True),
    "machine_decided": Variable("whether software alone decided", is_truth=True),
    "fact": _written("what is right, in one or two sentences", "Our tea is grown without pesticides."),
    "answer": _written("the answer in plain words", "The parcel left our stock on Monday."),
    "next_step": _written("what we do next", "I have asked the carrier where it is."),
    "cause": _written("what happened, as far as it is known", "Our shop was not reachable this morning."),
    "reason": _written("why it was decided so", "The sentence was a quotation and attacked nobody."),
    "scam": _written("what the spam says or offers", "comments that promise free tea for a sign-up"),
    "improvement": _written("what became of the feedback", "The lid of the tin now closes tightly."),
}
