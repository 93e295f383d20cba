"""A mill: a service with nothing of training in it, to try the bus on."""
