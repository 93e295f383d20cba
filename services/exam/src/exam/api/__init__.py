"""The doors of the exam service."""
