from collections.abc import Callable
from math import exp, isfinite

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.records import Judgement
from embeddings.additive import AdditiveModel, load_model
from embeddings.features import FEATURES, Description, describe
from embeddings.groups import Memory
from embeddings.verdict import COMPLAINING, EVIDENCE, HIDING, KIN, SURE, judge

DAY = 86_400.0
PITCH = "my savings doubled with coach bellamy, write to her before monday at bellamy-trades.example"
PLEA = "six weeks and still no parcel, nobody answers my letters, please help me"


@pytest.fixture(scope="session")
def described(facts_of, group_of) -> Callable[..., Description]:
    """A group of one text, posted `each` times by every account, spread evenly over threads and time."""

    def make(text: str, accounts: int, each: int = 1, threads: int = 5, span: float = DAY, **known) -> Description:
        count = accounts * each
        times = np.linspace(0, span, count).tolist()
        said = [(text, place % accounts, place % threads, time) for place, time in enumerate(times)]
        facts = facts_of(said, **{name: {text: value} for name, value in known.items()})
        return describe([group_of(1)], facts)[0]

    return make


@pytest.fixture
def always(straight) -> AdditiveModel:
    """A model that takes everything for an offence."""
    return straight(9.0, **dict.fromkeys(EVIDENCE, 1.0))


@pytest.mark.parametrize("text", ["first", "yes", "lol", "why", "nice", "😂", "hahaha", "who is watching in 2026?", ""])
@pytest.mark.parametrize("accounts", [2, 10, 100, 3_000])
def test_a_few_words_by_many_are_never_a_campaign(described, always, text, accounts):
    for each, threads, span in ((2, 1, 60), (4, 10, DAY), (4, 200, 30 * DAY)):
        verdict = judge(described(text, accounts, each, threads, span), always, kin=1.0)
        assert verdict.judgement is Judgement.ECHO
        assert verdict.score <= always.threshold
        assert [reason.signal for reason in verdict.reasons] == ["wording"]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        pytest.param("win at glow.shop", {}, id="an address"),
        pytest.param("best loans for you", {"promotion": {"best loans for you": 0.9}}, id="promotion"),
        pytest.param("a whole sentence that strangers do not write", {}, id="long enough"),
    ],
)
def test_what_sells_or_is_long_is_no_common_phrase(facts_of, group_of, always, text, known):
    facts = facts_of([(text, number, 1, number * DAY) for number in range(9)], **known)
    (one,) = describe([group_of(1)], facts)
    assert judge(one, always).judgement is Judgement.CAMPAIGN


def test_an_account_that_says_a_few_words_again_and_again_is_no_stranger(described, always):
    assert judge(described("nice one", accounts=1, each=40), always).judgement is Judgement.FLOOD
    assert judge(described("nice one", accounts=4, each=40), always).judgement is Judgement.CAMPAIGN


def test_people_go_before_the_likelihood(described, always, straight):
    one, never = described(PITCH, accounts=5, each=4, promotion=0.9), straight(-9.0)
    removed, kept = judge(one, never, memory=Memory.BAD), judge(one, always, kin=1.0, memory=Memory.GOOD)
    assert (removed.judgement, removed.score) == (Judgement.CAMPAIGN, 1)
    assert (kept.judgement, kept.score) == (Judgement.ECHO, 0)
    assert [reason.signal for reason in removed.reasons + kept.reasons] == ["memory", "memory"]


def test_people_go_before_what_strangers_write_and_who_complains(described, straight):
    for one in (described("first", accounts=50), described(PLEA, accounts=5, complaint=0.9)):
        assert judge(one, straight(0.5), memory=Memory.BAD).judgement is Judgement.CAMPAIGN
    alone = judge(described("first", accounts=1), straight(-9.0), memory=Memory.BAD)
    assert alone.judgement is Judgement.FLOOD


@pytest.mark.parametrize(
    ("likelihood", "complaint", "judgement"),
    [
        (SURE - 0.01, COMPLAINING, Judgement.ECHO),
        (SURE + 0.01, COMPLAINING, Judgement.CAMPAIGN),
        (SURE - 0.01, COMPLAINING - 0.01, Judgement.CAMPAIGN),
        (0.3, 0.9, Judgement.ECHO),
    ],
)
def test_who_complains_is_for_care_unless_it_is_nearly_sure(described, straight, likelihood, complaint, judgement):
    model = straight(float(np.log(likelihood / (1 - likelihood))))
    verdict = judge(described(PLEA, accounts=5, each=4, complaint=complaint, promotion=0.3), model)
    assert verdict.judgement is judgement
    assert verdict.score == pytest.approx(likelihood)


@pytest.mark.parametrize(("disguised", "judgement"), [(HIDING - 0.01, Judgement.ECHO), (HIDING, Judgement.CAMPAIGN)])
def test_strangers_who_ask_for_nothing_are_believed_unless_they_hide_their_words(
    described, straight, disguised, judgement
):
    one = described("the bridge will close and nobody tells us why", accounts=9, disguised=disguised)
    assert judge(one, straight(0.3)).judgement is judgement


def test_an_echo_of_customers_says_so(described, straight):
    verdict = judge(described(PLEA, accounts=5, each=4, complaint=0.9), straight(0.5))
    assert [(reason.signal, reason.score) for reason in verdict.reasons] == [("complaint", 0.9)]


def test_one_account_is_a_flood_and_two_are_a_campaign(described, always):
    assert judge(described(PITCH, accounts=1, each=20), always).judgement is Judgement.FLOOD
    assert judge(described(PITCH, accounts=2, each=10), always).judgement is Judgement.CAMPAIGN


@pytest.mark.parametrize(("span", "told"), [(2, "1 second"), (120, "1 minute"), (7_200, "1 hour"), (14_400, "2 hours")])
def test_the_time_between_comments_is_counted_in_words(described, straight, span, told):
    reasons = judge(described(PITCH, 3, span=span), straight(9.0, log_gap=1.0)).reasons
    assert f", {told} between comments" in " ".join(reason.text for reason in reasons)


def test_reasons_pull_the_way_of_the_verdict_strongest_first(described, straight):
    one = described(PITCH, accounts=6, promotion=1.0)
    pulls = {"promotion": 2.0, "addresses": 1.0, "double_posts": 5.0, "tightness": -0.5}
    guilty = judge(one, straight(0.0, **pulls))
    assert [(reason.signal, reason.score) for reason in guilty.reasons] == [
        ("promotion", pytest.approx(1 - exp(-2))),
        ("addresses", pytest.approx(1 - exp(-1))),
    ]
    honest = judge(one, straight(-9.0, **pulls))
    assert [(reason.signal, reason.score) for reason in honest.reasons] == [("wording", pytest.approx(1 - exp(-0.5)))]


def test_features_that_say_the_same_are_one_reason(described, straight):
    one = described(PITCH, accounts=6, each=2, threads=1)
    pulls = {"log_accounts": 1.0, "accounts_per_comment": 1.0, "tightness": 0.7}
    verdict = judge(one, straight(0.0, **pulls))
    assert [reason.signal for reason in verdict.reasons] == ["accounts", "wording"]
    assert verdict.reasons[0].score == pytest.approx(1 - exp(-np.log(6) - 0.5))
    assert verdict.reasons[0].text == "6 accounts, the busiest wrote 17%"


@pytest.mark.parametrize("name", EVIDENCE)
def test_every_feature_has_words(described, straight, name):
    one = described(PITCH, accounts=3)
    value = one.named.get(name, 1.0) or 1.0
    level = straight(9.0 if value > 0 else -9.0, **{name: 1.0 / value})
    reasons = judge(one, level, kin=1.0).reasons
    assert len(reasons) == 1
    assert reasons[0].text
    assert (reasons[0].signal == KIN) == (name == KIN)


def test_kin_makes_the_doubtful_likelier_and_is_told(described, straight):
    one, model = described(PITCH, accounts=6), straight(-1.0, kin=3.0)
    alone, among_kin = judge(one, model), judge(one, model, kin=0.9)
    assert alone.judgement is Judgement.ECHO
    assert among_kin.judgement is Judgement.CAMPAIGN
    assert among_kin.score == pytest.approx(1 / (1 + exp(-1.7)))
    assert [reason.text for reason in among_kin.reasons] == ["another group is the same push with a likelihood of 90%"]


def test_the_shipped_model_tells_a_push_from_talk(described):
    model = load_model("verdict")
    push = judge(described(PITCH, accounts=6, each=8, threads=30, promotion=0.9), model)
    talk = judge(described("i grew up on this song and so did my whole street", accounts=4, span=90 * DAY), model)
    assert push.score > talk.score


counts = st.integers(1, 10**7)
unit, logarithm = st.floats(0, 1), st.floats(0, 20)
# Whatever is measured as a logarithm or in nats may be large; the other features are shares.
LARGE = ("log_", "rar", "shared_bits", "longest", "tightness_by_length")
numbers = st.tuples(*(logarithm if name.startswith(LARGE) else unit for name in FEATURES)).map(np.array)
slopes = st.dictionaries(st.sampled_from(EVIDENCE), st.floats(-3, 3))


@given(numbers, counts, counts, slopes, st.floats(-9, 9), unit)
def test_a_verdict_has_reasons_and_finite_scores_for_any_extreme(
    straight, features, comments, accounts, by, level, kin
):
    one = Description(features, comments, 3, accounts, 2, 0.0, 1e9)
    verdict = judge(one, straight(level, **by), kin=kin)
    assert 0 <= verdict.score <= 1
    assert 1 <= len(verdict.reasons) <= 5
    assert all(isfinite(reason.score) and reason.text for reason in verdict.reasons)
    assert verdict.reasons == tuple(sorted(verdict.reasons, key=lambda reason: -reason.score))
    assert verdict.judgement is not (Judgement.CAMPAIGN if accounts == 1 else Judgement.FLOOD)


@given(numbers, slopes, st.floats(-9, 9), unit)
def test_without_complaint_and_in_many_words_the_likelihood_decides(straight, features, by, level, kin):
    features[FEATURES.index("log_length")] = 6
    features[FEATURES.index("complaint")] = 0
    verdict = judge(Description(features, 9, 3, 4, 2, 0.0, 1e6), straight(level, **by), kin=kin)
    assert (verdict.judgement is Judgement.ECHO) == (verdict.score < 0.5)
