"""Whether the people of a policy can do the work that its rules and queues give them."""

from collections.abc import Iterator

from ..errors import PersonUnknown
from .marks import Location
from .nearest import nearest
from .people import Person
from .schema import Policy, Rule

Problem = tuple[Location, str]
NOT_A_PERSON = "machine"


def staffing_problems(policy: Policy) -> Iterator[Problem]:
    """Roles that nobody has, second persons that there are none of, and machines without a limit."""
    if NOT_A_PERSON in policy.people:
        yield ("people", NOT_A_PERSON), "this is what machines sign with; give the person another id"
    roles = {role for person in policy.people.values() for role in person.roles}
    for name, queue in policy.queues.items():
        for place, role in enumerate(queue.roles or ()):
            if role not in roles:
                yield ("queues", name, "roles", place), f"nobody has the role `{role}`{nearest(role, roles)}"
    for index, rule in enumerate(policy.rules):
        for place, role in enumerate(rule.decided_by or ()):
            if role not in roles:
                yield ("rules", index, "decided_by", place), f"nobody has the role `{role}`{nearest(role, roles)}"
        for where, why in _problems_of_powers(policy, rule):
            yield ("rules", index, *where), why


def person_of(policy: Policy, by: str) -> Person:
    """The person with this id; raises `PersonUnknown`, also where the policy names nobody."""
    if by in policy.people:
        return policy.people[by]
    way_out = nearest(by, policy.people) if policy.people else "; it names nobody: add `people:`"
    raise PersonUnknown(by, way_out)


def deciders(policy: Policy, rule: Rule) -> list[Person]:
    """Everybody who may decide under the rule."""
    return [person for person in policy.people.values() if shares(rule.decided_by, person)]


def shares(roles: tuple[str, ...] | None, person: Person) -> bool:
    """Whether the person has one of `roles`; None stands for everybody."""
    return roles is None or not set(roles).isdisjoint(person.roles)


def _problems_of_powers(policy: Policy, rule: Rule) -> Iterator[Problem]:
    if rule.second_person and len(deciders(policy, rule)) < 2:
        yield ("second_person",), "it takes two people who may decide this, and the policy has fewer"
    if rule.machine_may_act and rule.machine_daily_limit is None:
        yield ("machine_may_act",), "how often a day? give machine_daily_limit"
    if rule.machine_daily_limit is not None and not rule.machine_may_act:
        yield ("machine_daily_limit",), "limits nothing: machine_may_act is not on"
    if rule.machine_may_act and rule.second_person:
        yield ("machine_may_act",), "a machine can't act alone where a second person is needed"
