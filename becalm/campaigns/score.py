"""How well campaigns agree with what people labelled."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from .truth import Truth


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of comments, and what follows from them, each 0..1.

    A comment is flagged if it is in a campaign. `hits` are flagged spam, `wrong` flagged organic comments;
    `unlabelled` ones are flagged and no one labelled them. Neutral comments count nowhere.
    """

    spam: int
    hits: int
    wrong: int
    unlabelled: int
    bcubed_precision: float
    bcubed_recall: float

    @property
    def flagged(self) -> int:
        return self.hits + self.wrong + self.unlabelled

    @property
    def recall(self) -> float:
        return self.hits / self.spam

    @property
    def precision(self) -> float:
        """Among the labelled; 0 where none is flagged."""
        return self.hits / max(1, self.hits + self.wrong)

    @property
    def strict_precision(self) -> float:
        """With every flagged comment that no one labelled counted as wrong; 0 where none is flagged."""
        return self.hits / max(1, self.flagged)

    @property
    def strict_f1(self) -> float:
        """Harmonic mean of recall and strict precision."""
        return 2 * self.hits / (self.flagged + self.spam)

    @property
    def bcubed_f1(self) -> float:
        return 2 * self.bcubed_precision * self.bcubed_recall / (self.bcubed_precision + self.bcubed_recall)


def score(truth: Truth, assigned: Mapping[str, str]) -> Score:
    """The score of campaign ids by comment id; `truth` holds spam.

    The grouping is judged over labelled spam only; a spam comment in no campaign stands alone.
    """
    labels = Counter(truth[one].label if one in truth else "unlabelled" for one in assigned)
    families = {one: label.family for one, label in truth.items() if label.label == "spam"}
    # A tuple is no campaign id, so what stands alone meets no campaign of the same name.
    precision, recall = bcubed(families, {one: assigned.get(one, ("alone", one)) for one in families})
    return Score(len(families), labels["spam"], labels["organic"], labels["unlabelled"], precision, recall)


def bcubed(gold: Mapping[str, object], found: Mapping[str, object]) -> tuple[float, float]:
    """Precision and recall of the clustering `found` against `gold`, both cluster by item, over the items of `gold`.

    For each item, the share of its found cluster that is of its gold cluster, and the share of its gold cluster that
    is in its found one; then the means over all items (Bagga and Baldwin 1998, "Entity-Based Cross-Document
    Coreferencing Using the Vector Space Model").
    """
    both = Counter((gold[item], found[item]) for item in gold)
    of_gold, of_found = Counter(gold.values()), Counter(found[item] for item in gold)
    precision = sum(count * count / of_found[cluster] for (_, cluster), count in both.items()) / len(gold)
    recall = sum(count * count / of_gold[cluster] for (cluster, _), count in both.items()) / len(gold)
    return precision, recall
