"""Whether the policy can be gone by, asked before anything is done."""

from becalm.policy import load_policy
from becalm.policy.versions import is_known
from becalm.settings import Settings
from becalm.store import Store


def require_policy(settings: Settings) -> None:
    """Raises `PolicyInvalid` for a policy that can't act, and for one whose version the store knows in other words."""
    policy = load_policy(settings.policy)
    with Store.open(settings.store_url) as store, store.reading() as session:
        is_known(session, policy)
