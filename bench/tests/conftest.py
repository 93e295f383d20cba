"""The benches are loaded from their folder, as `kaike bench` does it."""

from suite.benches import load

load()
