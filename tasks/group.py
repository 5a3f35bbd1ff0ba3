"""Groups, their verdicts, and the campaigns they are."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.records import Judgement
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.signals import SCORER_VERSION
from becalm.store import Campaign, Group, GroupText, Store
from becalm.store.marks import data_version, made_from, mark_made_from
from becalm.store.upsert import add, put
from embeddings.additive import path_of
from embeddings.campaigns import FoundCampaign
from embeddings.history import Standing
from embeddings.judging import Models
from embeddings.names import name_campaigns
from embeddings.settled import NOTHING_SETTLED, Settled
from tasks.campaigns import Outcome, find_campaigns
from tasks.compare import comparison
from tasks.describe import Found, Reading
from tasks.group_rows import GroupRows, campaign_row, channels_of
from tasks.history import keep_history, standing_campaigns
from tasks.index import word_index
from tasks.lending import LENDING, lend, lent_by_text, note_lent
from tasks.lookup import texts_of
from tasks.model import encoder_of, model_of
from tasks.rulings import read_rulings, rulings_version
from tasks.settled import forget_groups, settled_since
from tasks.stage import stage

STAGE = "group"
# How rare a word is counts in verdicts: when there are so many more texts than all groups were judged among, they are
# judged anew.
WHOLE, GROWN = "group all", 1.1


@stage(STAGE, timeout_seconds=3600)
def group_texts(settings: Settings) -> Counts:
    """Groups from the neighbours, if anything came in since: those that it may matter to are judged anew.

    Campaigns keep their ids.
    """
    encoder = encoder_of(settings)
    with Store.open(settings.store_url) as store, store.writing() as session:
        rules = f"{comparison(settings, encoder)} {verdicts()} {rulings_version(session)}"
        inputs = f"{data_version(session)} {rules}"
        known = made_from(session, STAGE)
        if known != inputs:
            reading = Reading.of(session, model_of(session, encoder), word_index(settings))
            rulings = read_rulings(session)
            found = reading.found_groups(rulings)
            settled = _settled(reading, found, known, rules)
            _keep(reading, find_campaigns(reading, found, rulings, Models.load(), settled), settled)
            mark_made_from(session, STAGE, inputs)
        return _counts(session)


def _settled(reading: Reading, found: Found, known: str | None, rules: str) -> Settled:
    """What stands of the last grouping: nothing if there was none, or one by other rules or of far fewer texts."""
    session, texts = reading.session, len(reading.words)
    batch, _, old_rules = known.split(" ", 2) if known else ("", "", "")
    if old_rules == rules and texts <= GROWN * int(made_from(session, WHOLE) or 0):
        return settled_since(session, found, int(batch))
    mark_made_from(session, WHOLE, str(texts))
    return NOTHING_SETTLED


def verdicts() -> str:
    """What verdicts depend on: the fitted numbers and the scoring; and what they lend to comments."""
    fitted = b"".join(path_of(name).read_bytes() for name in ("verdict", "kinship", "adoption"))
    return f"{blake2b(fitted, digest_size=4).hexdigest()}-{SCORER_VERSION}-{LENDING}"


def _keep(reading: Reading, outcome: Outcome, settled: Settled) -> None:
    """Replace the groups that are not settled; campaigns keep their ids, and those without a group are not current."""
    session = reading.session
    before, lent = standing_campaigns(session), lent_by_text(session, settled)
    standing = forget_groups(session, settled)
    campaigns = dict(zip(_names(reading, before, standing, outcome.campaigns), outcome.campaigns, strict=True))
    texts = [text_id for one in campaigns.values() for text_id in one.text_ids]
    channels, medoids = channels_of(session, texts), texts_of(session, [one.medoid_id for one in campaigns.values()])
    put(
        session,
        Campaign,
        [campaign_row(name, one, medoids[one.medoid_id], channels) for name, one in campaigns.items()],
    )
    rows = GroupRows.of(reading.comments.of([*texts, *(one for echo in outcome.echoes for one in echo.found.text_ids)]))
    kept = [row for name, one in campaigns.items() for row in rows.of_campaign(name, one)]
    kept += [rows.of_echo(one) for one in outcome.echoes]
    lend(session, kept)
    add(session, Group, [one.row for one in kept])
    add(session, GroupText, [row for one in kept for row in one.members])
    keep_history(session, before, campaigns, standing)
    note_lent(session, lent, lent_by_text(session, settled))


def _names(
    reading: Reading, before: Mapping[str, Standing], standing: Set[str], campaigns: Sequence[FoundCampaign]
) -> list[str]:
    earlier = {text_id: name for name, one in before.items() if name not in standing for text_id in one.text_ids}
    return name_campaigns([one.text_ids for one in campaigns], earlier, reading.comments.counts, before.keys())


def _counts(session: Session) -> Counts:
    verdicts = Counter(session.scalars(select(Group.verdict)))
    return {judgement.value: verdicts.get(judgement.value, 0) for judgement in Judgement}
