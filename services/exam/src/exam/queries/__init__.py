"""The read side of the exam service."""
