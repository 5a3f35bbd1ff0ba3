"""A turn of the space of vectors that brings comments nearer to what they answer."""

import numpy as np
import torch
from torch.nn.functional import cross_entropy, dropout, normalize

EPOCHS, BATCH, WARMTH, HIDDEN, PACE = 12, 256, 0.07, 0.3, 1e-3


def turn_towards(
    said: np.ndarray, around: np.ndarray, centre: np.ndarray, groups: np.ndarray, restraint: float
) -> np.ndarray:
    """A symmetric matrix: of the batch's contexts, a comment's own is to be nearest (van den Oord and others, 2018).

    `restraint` holds it near the identity; pairs of one of `groups` are not told apart.
    """
    torch.manual_seed(0)
    torch.set_num_threads(1)
    told = [torch.tensor(vectors - centre) for vectors in (said, around)]
    start = torch.eye(len(centre))
    turn = start.clone().requires_grad_()
    optimiser, kin = torch.optim.Adam([turn], lr=PACE), torch.tensor(groups)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(kin)).split(BATCH):
            comments, contexts = (normalize(dropout(vectors[batch], HIDDEN) @ turn, dim=1) for vectors in told)
            alike = (kin[batch][:, None] == kin[batch][None]) & ~torch.eye(len(batch), dtype=torch.bool)
            nearness = (comments @ contexts.T / WARMTH).masked_fill(alike, -9)
            own = torch.arange(len(batch))
            missed = cross_entropy(nearness, own) + cross_entropy(nearness.T, own)
            loss = missed + restraint * ((turn - start) ** 2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    values, axes = np.linalg.eigh((turn @ turn.T).detach().numpy().astype(float))
    return ((axes * np.sqrt(np.maximum(values, 0))) @ axes.T).astype(np.float32)
