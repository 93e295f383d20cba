"""Joining a class with name, document number and class password, and the learner's own classes (K15)."""
