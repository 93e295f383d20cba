"""Billing's doors: each translates a request into one action or query, nothing else."""
