"""What rules are called in other languages than the policy's own."""

from .part import Part, Words


class RuleWords(Part):
    """How a rule is told: its title, and what it says in plain words."""

    title: Words
    meaning: Words
