"""Pure decisions: they know neither web nor database nor bus."""
