"""The policy that a decision was made under."""

from sqlalchemy.orm import Session

from ..decisions import Decided
from ..errors import InputError, PolicyInvalid
from ..policy import Policy, stored_policy


class PoliciesOf:
    """Policies by version; one that is not kept, can't act any more or states nothing gives way to the one in use."""

    def __init__(self, session: Session, in_use: Policy) -> None:
        self._session, self._in_use = session, in_use
        self._known = {in_use.version: in_use}

    def of(self, decided: Decided) -> Policy:
        """The policy whose words the decision rests on."""
        version = decided.policy_version
        if version not in self._known:
            self._known[version] = self._stored(version)
        return self._known[version]

    def restricts(self, decided: Decided) -> bool:
        """Whether it restricts somebody: it found the rule met, and the policy says that its action restricts."""
        stated = self.of(decided).statements
        return stated is not None and decided.outcome == "upheld" and decided.action in stated.actions

    def _stored(self, version: str) -> Policy:
        try:
            found = stored_policy(self._session, version)
        except (InputError, PolicyInvalid):
            return self._in_use
        return found if found.statements is not None else self._in_use
