"""What people have said about texts, as the store keeps it."""

from collections import defaultdict
from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.store import CampaignText, Comment, PairRuling, TextRuling
from embeddings.rulings import Rulings, Sides


def read_rulings(session: Session) -> Rulings:
    """The rulings in force; every text that the brand wrote itself is good."""
    ruled = session.execute(select(TextRuling.text_id, TextRuling.is_bad)).all()
    bad = frozenset(text_id for text_id, is_bad in ruled if is_bad)
    good = frozenset(text_id for text_id, is_bad in ruled if not is_bad)
    brand = frozenset(session.scalars(select(Comment.text_id).where(Comment.is_brand).distinct()))
    pairs = session.execute(select(PairRuling.first_id, PairRuling.second_id, PairRuling.is_same)).all()
    same = frozenset((first, second) for first, second, is_same in pairs if is_same)
    apart = frozenset((first, second) for first, second, is_same in pairs if not is_same)
    return Rulings(
        bad - good,
        good | (brand - bad),
        same | _of_one_campaign(session),
        apart,
        _sides(session, apart),
    )


def _sides(session: Session, apart: frozenset[tuple[int, int]]) -> frozenset[Sides]:
    """All texts of the campaigns that stand around texts that are held apart, so that no later text joins the two."""
    ruled = {text_id for pair in apart for text_id in pair}
    campaign_of = dict(
        session.execute(
            select(CampaignText.text_id, CampaignText.campaign_id).where(CampaignText.text_id.in_(ruled))
        ).all()
    )
    texts: defaultdict[str, set[int]] = defaultdict(set)
    query = select(CampaignText.campaign_id, CampaignText.text_id)
    for campaign_id, text_id in session.execute(query.where(CampaignText.campaign_id.in_(set(campaign_of.values())))):
        texts[campaign_id].add(text_id)
    known = ((campaign_of[one], campaign_of[other]) for one, other in apart if {one, other} <= campaign_of.keys())
    return frozenset((frozenset(texts[one]), frozenset(texts[other])) for one, other in known if one != other)


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
