"""What people have said about texts, as the store keeps it."""

from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.store import CampaignText, Comment, PairRuling, TextRuling
from embeddings.rulings import Rulings


def read_rulings(session: Session) -> Rulings:
    """The rulings in force; every text that the brand wrote itself is good."""
    ruled = session.execute(select(TextRuling.text_id, TextRuling.is_bad)).all()
    bad = frozenset(text_id for text_id, is_bad in ruled if is_bad)
    good = frozenset(text_id for text_id, is_bad in ruled if not is_bad)
    brand = frozenset(session.scalars(select(Comment.text_id).where(Comment.is_brand).distinct()))
    pairs = session.execute(select(PairRuling.first_id, PairRuling.second_id, PairRuling.is_same)).all()
    same = frozenset((first, second) for first, second, is_same in pairs if is_same)
    return Rulings(
        bad - good,
        good | (brand - bad),
        same | _of_one_campaign(session),
        frozenset((first, second) for first, second, is_same in pairs if not is_same),
    )


def _of_one_campaign(session: Session) -> frozenset[tuple[int, int]]:
    """Bad texts that were one campaign stay one, though each of them now stands by itself."""
    query = select(CampaignText.campaign_id, CampaignText.text_id).join(
        TextRuling, TextRuling.text_id == CampaignText.text_id
    )
    first: dict[str, int] = {}
    pairs = set()
    for campaign_id, text_id in session.execute(query.where(TextRuling.is_bad).order_by(CampaignText.text_id)):
        if first.setdefault(campaign_id, text_id) != text_id:
            pairs.add((first[campaign_id], text_id))
    return frozenset(pairs)


def rulings_version(session: Session) -> str:
    """Changes with every ruling."""
    texts = session.execute(select(TextRuling.text_id, TextRuling.is_bad).order_by(TextRuling.text_id)).all()
    columns = (PairRuling.first_id, PairRuling.second_id, PairRuling.is_same)
    pairs = session.execute(select(*columns).order_by(*columns)).all()
    return blake2b(repr((texts, pairs)).encode(), digest_size=4).hexdigest()
