"""Pure decisions of joining."""
