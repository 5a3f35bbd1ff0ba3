"""Other thresholds, from what stands in the store."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from becalm.campaigns.find import find_campaign
from becalm.campaigns.rulings import rule_on_campaign
from becalm.store import Store
from embeddings.encoder import OpenVinoEncoder
from embeddings.judging import Models
from tasks.sweep import sweep

THRESHOLDS = (0.05, 0.2, 0.35, 0.5, 0.65, 0.7, 0.8, 0.95, 1.0)


def parts(campaigns: Mapping[str, str]) -> set[frozenset[str]]:
    """The comments of each campaign, whatever it is called."""
    members: dict[str, set[str]] = {}
    for comment_id, campaign in campaigns.items():
        members.setdefault(campaign, set()).add(comment_id)
    return {frozenset(comments) for comments in members.values()}


def test_at_the_fitted_threshold_it_finds_what_is_published(moderated_once: Any) -> None:
    ((_, found),) = sweep(moderated_once.settings, [Models.load().verdict.threshold])
    published = {comment: campaign for comment, (_, campaign) in moderated_once.assigned().items() if campaign}
    assert parts(found) == parts(published)
    assert len(parts(found)) > 3


def test_rising_thresholds_flag_ever_fewer(moderated_once: Any) -> None:
    """Strays could join a push that has lost a group; on this stream none does."""
    found = [set(campaigns) for _, campaigns in sweep(moderated_once.settings, THRESHOLDS)]
    for lower, higher in pairwise(found):
        assert higher <= lower
    assert len(found[0]) > len(found[-1])
    assert found[-1] == set()


def test_the_order_of_thresholds_is_irrelevant(moderated_once: Any) -> None:
    upwards = dict(sweep(moderated_once.settings, THRESHOLDS))
    assert dict(sweep(moderated_once.settings, THRESHOLDS[::-1])) == upwards


def test_a_sweep_keeps_nothing_and_embeds_nothing(moderated: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tables, files = moderated.tables(), moderated.files()
    encoded: list[str] = []
    monkeypatch.setattr(OpenVinoEncoder, "encode", lambda self, texts, *rest: encoded.extend(texts))
    assert len(list(sweep(moderated.settings, THRESHOLDS))) == len(THRESHOLDS)
    assert encoded == []
    assert moderated.tables() == tables
    assert moderated.files() == files


def test_what_people_said_holds_at_every_threshold(moderated: Any) -> None:
    assigned = moderated.assigned()
    flagged = {comment for comment, (_, campaign) in assigned.items() if campaign}
    campaign = next(campaign for _, campaign in assigned.values() if campaign)
    members = {comment for comment, (_, one) in assigned.items() if one == campaign}
    _rule(moderated, campaign, is_bad=True)
    assert all(members <= found.keys() for _, found in sweep(moderated.settings, THRESHOLDS))
    _rule(moderated, campaign, is_bad=False)
    assert all(members.isdisjoint(found) for _, found in sweep(moderated.settings, THRESHOLDS))
    assert members < flagged


def _rule(home: Any, campaign_id: str, *, is_bad: bool) -> None:
    with Store.open(home.settings.store_url) as store, store.writing() as session:
        campaign = find_campaign(session, campaign_id)
        rule_on_campaign(session, campaign, is_bad=is_bad, by="ann", at=datetime(2026, 5, 1, tzinfo=UTC))
