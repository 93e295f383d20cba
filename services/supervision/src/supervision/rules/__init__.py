"""Decisions that the subjects of supervision share."""
