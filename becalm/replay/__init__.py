"""A draft policy on what was decided in the past: what it would have changed, before it goes live."""

from .replay import Replay, replay_policy

__all__ = ["Replay", "replay_policy"]
