"""What identity does: one verb, one file."""
