"""Pure decisions of study."""
