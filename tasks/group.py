"""Groups, their verdicts, and the campaigns they are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from becalm.records import Judgement
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.signals import SCORER_VERSION
from becalm.store import Campaign, Group, GroupText, Store
from becalm.store.marks import data_version, is_made_from, mark_made_from
from becalm.store.upsert import add, put
from embeddings.additive import path_of
from embeddings.campaigns import FoundCampaign
from embeddings.history import Standing
from embeddings.judging import Models
from embeddings.names import name_campaigns
from tasks.campaigns import Outcome, find_campaigns
from tasks.compare import comparison
from tasks.describe import Reading, comments_of_texts
from tasks.group_rows import campaign_row, channels_of, stored_echo, stored_groups
from tasks.history import keep_history, standing_campaigns
from tasks.index import word_index
from tasks.lookup import texts_of
from tasks.model import encoder_of, model_of
from tasks.rulings import read_rulings, rulings_version
from tasks.stage import stage

STAGE = "group"


@stage(STAGE, timeout_seconds=3600)
def group_texts(settings: Settings) -> Counts:
    """All groups anew from the neighbours, if anything came in since; campaigns keep their ids."""
    encoder = encoder_of(settings)
    with Store.open(settings.store_url) as store, store.writing() as session:
        inputs = f"{data_version(session)} {comparison(settings, encoder)} {verdicts()} {rulings_version(session)}"
        if not is_made_from(session, STAGE, inputs):
            reading = Reading(session, model_of(session, encoder), word_index(settings))
            _keep(session, find_campaigns(reading, read_rulings(session), Models.load()))
            mark_made_from(session, STAGE, inputs)
        return _counts(session)


def verdicts() -> str:
    """What verdicts depend on: the fitted numbers and the scoring."""
    fitted = b"".join(path_of(name).read_bytes() for name in ("verdict", "kinship", "adoption"))
    return f"{blake2b(fitted, digest_size=4).hexdigest()}-{SCORER_VERSION}"


def _keep(session: Session, outcome: Outcome) -> None:
    """Replace the groups; campaigns are kept under their ids, and those without a group are no longer current."""
    before = standing_campaigns(session)
    campaigns = list(zip(_names(session, before, outcome.campaigns), outcome.campaigns, strict=True))
    session.execute(delete(GroupText))
    session.execute(delete(Group))
    session.execute(update(Campaign).values(is_current=False))
    channels = channels_of(session, [text_id for _, one in campaigns for text_id in one.text_ids])
    medoids = texts_of(session, [one.medoid_id for _, one in campaigns])
    put(session, Campaign, [campaign_row(name, one, medoids[one.medoid_id], channels) for name, one in campaigns])
    kept = [row for name, one in campaigns for row in stored_groups(name, one)] + [
        stored_echo(one) for one in outcome.echoes
    ]
    add(session, Group, [one.row for one in kept])
    add(session, GroupText, [row for one in kept for row in one.members])
    keep_history(session, before, dict(campaigns))


def _names(session: Session, before: Mapping[str, Standing], campaigns: Sequence[FoundCampaign]) -> list[str]:
    earlier = {text_id: name for name, one in before.items() for text_id in one.text_ids}
    return name_campaigns([one.text_ids for one in campaigns], earlier, comments_of_texts(session), before.keys())


def _counts(session: Session) -> Counts:
    verdicts = Counter(session.scalars(select(Group.verdict)))
    return {judgement.value: verdicts.get(judgement.value, 0) for judgement in Judgement}
