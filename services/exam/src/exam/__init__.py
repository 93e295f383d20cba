"""The exam service."""
