"""A bakery service for tests of the chassis."""
