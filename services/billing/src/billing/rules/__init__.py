"""Billing's decisions: plain facts in, a decision out. Nothing here knows a database or the web."""
