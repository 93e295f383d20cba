"""Help for tests of the whole suite: the network guard and running suites."""
