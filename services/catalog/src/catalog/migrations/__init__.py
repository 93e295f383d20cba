"""Revisions of the catalog's database."""
