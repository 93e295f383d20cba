"""What may be seen of identity, and by whom."""
