"""The floors: the least that could do the same kind of work, on the same pool, commits and server."""
