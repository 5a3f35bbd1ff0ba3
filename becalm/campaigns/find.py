"""A campaign by its id, or by the beginning of it."""

from sqlalchemy.orm import Session

from ..errors import InputError
from ..store import Campaign
from ..store.beginnings import ids_beginning
from ..visible import visible

NAMED_AT_MOST = 4


class CampaignUnknown(InputError):
    """No campaign, or more than one, has an id that begins so."""

    def __init__(self, begins: str, ids: list[str]) -> None:
        named = ", ".join(ids[:NAMED_AT_MOST]) + (" and more" if len(ids) > NAMED_AT_MOST else "")
        why = f"several campaigns begin so: {named}" if ids else "no campaign begins so; `becalm campaigns` lists them"
        super().__init__(f"campaign {visible(begins)!r}: {why}")
        self.begins, self.ids = begins, ids


def find_campaign(session: Session, begins: str) -> Campaign:
    """The campaign of that id, or else the only one whose id begins so; past ones too.

    Raises `CampaignUnknown`.
    """
    begins = begins.strip().lower()
    if not begins.isascii():
        raise CampaignUnknown(begins, [])
    found = ids_beginning(session, Campaign.id, begins, NAMED_AT_MOST + 1)
    if len(found) != 1:
        raise CampaignUnknown(begins, found)
    return session.get_one(Campaign, found[0])
