"""Measure how well other accounts of the same writer are found.

    python -m benchmarks.alternates [--halves FILE] [--simulated FOLDER ...] [--bans SEED ...]

FILE holds accounts that come cut in two (account, half, published_at, text); FOLDER is one that `becalm simulate`
wrote; SEED makes a set of bans with like names. Printed: the mean reciprocal rank of the first right account. An
account whose ten hold none counts nothing.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from becalm.settings import Settings
from benchmarks.bans import simulated_bans
from benchmarks.writers import HALVES, Known, halves, simulated
from embeddings.alternates import LISTED, rank_alternates
from embeddings.encoder import load_encoder


def reciprocal_ranks(ranked: Mapping[str, Sequence[str]], partners: Mapping[str, set[str]]) -> np.ndarray:
    """For each account with partners 1 / the place of the first one among those ranked for it, 0 without."""
    return np.array([_reciprocal(ranked.get(account, ()), right) for account, right in sorted(partners.items())])


def _reciprocal(ranked: Sequence[str], right: set[str]) -> float:
    return next((1 / place for place, one in enumerate(ranked, start=1) if one in right), 0.0)


def told(name: str, found: np.ndarray) -> str:
    return (
        f"{name}: MRR {found.mean():.3f} of {len(found)} accounts; "
        f"first {(found == 1).mean():.0%}, among the ten {(found >= 1 / LISTED).mean():.0%}"
    )


def measure(known: Known) -> str:
    ranked = {account: [one.account_id for one in found] for account, found in rank_alternates(known.writers).items()}
    among = f"{known.name}, among {len(known.writers):,}"
    return told(among, reciprocal_ranks(ranked, known.partners()))


def measure_halves(known: Known) -> list[str]:
    """Each half among all others, and each among the other halves only."""
    everybody = rank_alternates(known.writers, len(known.writers))
    lines = [measure(known)]
    for asked, found in (HALVES, HALVES[::-1]):
        partners = {one: right for one, right in known.partners().items() if one.endswith(asked)}
        ranked = {
            one: [other.account_id for other in everybody[one] if other.account_id.endswith(found)] for one in partners
        }
        among = f"{known.name}, {asked} among {len(partners)} {found}"
        lines.append(told(among, reciprocal_ranks(ranked, partners)))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--halves", type=Path)
    parser.add_argument("--simulated", type=Path, nargs="*", default=[])
    parser.add_argument("--bans", type=int, nargs="*", default=[])
    arguments = parser.parse_args()
    settings = Settings()
    encoder = load_encoder(settings.model, threads=settings.threads, cache=settings.cache)
    for line in measure_halves(halves(arguments.halves, encoder)) if arguments.halves else []:
        print(line)
    for folder in arguments.simulated:
        print(measure(simulated(folder, encoder)))
    for seed in arguments.bans:
        print(measure(simulated_bans(seed, encoder)))


if __name__ == "__main__":
    main()
