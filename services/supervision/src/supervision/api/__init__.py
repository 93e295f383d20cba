"""Doors that the subjects of supervision share."""
