"""The review in a few plain sentences, and what it can't know yet."""

from .figures import Figures
from .wording import NOT_COMPARABLE, TOO_FEW, change, count, day, days, number, percent, share_change, span


def write_headline(figures: Figures) -> tuple[str, ...]:
    """The sentences a reader in a hurry needs, each from the figures."""
    if not figures.volume.comments:
        return (_silence(figures), *_work(figures))
    return (_comments(figures), _spam(figures), *_work(figures), *_intake(figures))


def compare_words(figures: Figures) -> str:
    """What the comparisons of this review stand on."""
    before, length = figures.period.before, figures.period.length
    span_words = f"the {length} before ({days(before.days[0], before.days[-1])})"
    if not figures.has_before:
        return f"Nothing is stored of {span_words}, so nothing is compared."
    if not figures.is_before_whole and figures.stored_since:
        return (
            f"Compared with {span_words}, of which comments are stored only from {day(figures.stored_since)} on: "
            "shares are compared, counts are not."
        )
    return f"Compared with {span_words}."


def list_unknowns(figures: Figures) -> tuple[str, ...]:
    """What this review does not know, and why."""
    decided = figures.cases.decided_ever
    decisions = (
        f"{count(decided, 'case is', 'cases are')} marked decided, but their outcomes are not recorded yet: how often "
        "people agree with a rule (precision), how often a decision is overturned, and how long it takes can't be told."
        if decided
        else "No decisions are recorded. How often a rule is right (precision), how many decisions are overturned on "
        "appeal, and how long a case takes can't be told until people decide cases in becalm."
    )
    return (
        decisions,
        "Campaign, flood and echo are the machine's verdicts. No sample of them has been judged by people, so the "
        "spam missed and the genuine comments caught are not known.",
        "What was hidden, removed or answered on the platforms is not reported back, so its effect is not known.",
        "Staff feedback on the rules and replies to satisfied customers are not collected yet.",
    )


def _silence(figures: Figures) -> str:
    span_words = days(figures.period.days[0], figures.period.days[-1])
    if figures.stored_since is None:
        return "The store holds no comments yet."
    return f"No comment was written in this period ({span_words})."


def _comments(figures: Figures) -> str:
    volume, length = figures.volume.comments, figures.period.length
    words = (
        f"{count(volume, 'comment')} by {count(figures.accounts, 'account')} in {count(len(figures.threads), 'thread')}"
    )
    return f"{words}{_than(change(figures.change(volume, figures.volume_before.comments)), length)}."


def _spam(figures: Figures) -> str:
    share, campaigns = figures.volume.in_campaigns, figures.campaigns
    than = _than(share_change(figures.campaign_share_change), figures.period.length)
    floods = f" Another {count(figures.volume.flood, 'comment')} by single accounts repeating themselves."
    found = (
        f"{percent(share)} of them in campaigns{than}: {count(share.hits, 'comment')} in "
        f"{count(len(campaigns.campaigns), 'campaign')}, {number(campaigns.new) if campaigns.new else 'none'} new."
        if share.hits
        else f"None of them in a campaign{than}."
    )
    return found + (floods if figures.volume.flood else "")


def _than(words: str, length: str) -> str:
    if words == NOT_COMPARABLE:
        return ""
    if words == TOO_FEW:
        return f" (too few to compare with the {length} before)"
    if words.startswith("as "):
        return f", {words} as the {length} before"
    if words.endswith(", within chance"):
        return f", {words.removesuffix(', within chance')} than the {length} before (a difference within chance)"
    return f", {words} than the {length} before"


def _work(figures: Figures) -> tuple[str, ...]:
    cases, care = figures.cases, figures.care
    overdue = f"{number(cases.overdue)} of them past their due time" if cases.overdue else "none of them overdue"
    sentences = [
        f"{count(cases.open, 'case is', 'cases are')} open now, {overdue}." if cases.open else "No case is open."
    ]
    if care.waiting and figures.longest_wait is not None:
        sentences.append(
            f"{count(care.people, 'customer waits', 'customers wait')} for an answer to "
            f"{count(care.waiting, 'complaint')}, the longest for {span(figures.longest_wait)}."
        )
    return tuple(sentences)


def _intake(figures: Figures) -> tuple[str, ...]:
    quarantined = figures.quality.quarantined
    if not quarantined.hits:
        return ()
    return (
        f"{count(quarantined.hits, 'row')} ({percent(quarantined)} of what came in) failed a check and stood aside.",
    )
