"""Duties and study passes (S6)."""
