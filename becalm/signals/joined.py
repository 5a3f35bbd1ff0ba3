"""Spam of one comment joined with the verdict on its group: one pushed message is spam in every one of its copies.

What a comment is by itself stays as it was scored, for rules and groups are judged by that. Joined it is told: in the
published signals, and wherever somebody asks about one comment.
"""

from becalm.records import Judgement

# No verdict is surer than this of a single comment.
CERTAIN = 0.99
# From here on a comment complains, or sells; as in the policy's rule about waves of complaints.
COMPLAINS, SELLS = 0.5, 0.5
# A group's likelihood moves a little with every batch; its comments are not published anew for that.
_DIGITS = 2


def is_plain_complaint(complaint: float, spam: float) -> bool:
    """Whether somebody complains and sells nothing, by the signals of one comment or by the means of a group."""
    return complaint >= COMPLAINS and spam < SELLS


def lent_spam(judgement: Judgement, likelihood: float, complaint: float, spam: float) -> float:
    """What belonging to a group says of a comment being spam, 0..1; `complaint` and `spam` are the group's means.

    An echo says nothing: nobody arranged it. A flood crowds others out whatever it says, and so counts as a campaign
    does. Neither says anything where plain complaints are repeated: many whom one trouble hit, or one who waits.
    """
    if judgement is Judgement.ECHO or is_plain_complaint(complaint, spam):
        return 0.0
    return min(CERTAIN, round(likelihood, _DIGITS))


def joined_spam(spam: float, lent: float, complaint: float) -> float:
    """The likelihood 0..1 that a comment is spam by itself or by its group (noisy-or); never more for a complaint."""
    if is_plain_complaint(complaint, spam):
        return spam
    return round(1 - (1 - spam) * (1 - lent), 4)
