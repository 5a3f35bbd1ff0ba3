"""Stories of resolution: somebody complained, was answered, and praises now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from .voices import Heard

# After that, nobody can say that the one has to do with the other.
LONGEST = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Story:
    """`praise` is the first praise of the account after `answered_at`, the first answer to the `complaint`."""

    complaint: Heard
    answered_at: datetime
    praise: Heard

    @property
    def account_id(self) -> int:
        return self.praise.account_id


def find_stories(heard: Iterable[Heard], answers: Mapping[tuple[str, str], datetime]) -> list[Story]:
    """One story for each praise that follows an answered complaint of the same account within ninety days.

    Of several complaints it is the latest that was answered before the praise; who complained again in between, and
    was not answered, has no story yet.
    """
    by_account: defaultdict[int, list[Heard]] = defaultdict(list)
    for each in sorted(heard, key=lambda one: (one.published_at, one.id)):
        by_account[each.account_id].append(each)
    return [story for said in by_account.values() for story in _stories(said, answers)]


def _stories(said: list[Heard], answers: Mapping[tuple[str, str], datetime]) -> Iterable[Story]:
    complaint: Heard | None = None
    for each in said:
        if not each.is_praise:
            complaint = each
            continue
        if complaint is None or each.published_at - complaint.published_at > LONGEST:
            continue
        answered_at = answers.get((complaint.platform, complaint.comment_id))
        if answered_at and complaint.published_at <= answered_at < each.published_at:
            yield Story(complaint, answered_at, each)
            complaint = None
