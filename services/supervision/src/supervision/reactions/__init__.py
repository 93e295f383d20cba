"""What supervision makes of the states of others."""
