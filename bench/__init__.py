"""Benches: the suite's own work, each measure beside its floor. `kaike bench --help` says how to run them."""
