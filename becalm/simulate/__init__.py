"""Labelled streams of a fictional brand's comments, for demos, tests, load and training."""

from becalm.simulate.simulation import Simulation, simulate

__all__ = ["Simulation", "simulate"]
