"""Pure decisions about classes: types, states, settings, reviews."""
