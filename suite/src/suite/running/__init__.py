"""``kaike run``: the whole suite on one machine, one parent and its processes."""
