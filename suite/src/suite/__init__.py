"""Commands over the whole suite: run, demo, contracts, test backends."""
