"""Pure decisions about rosters: names, document numbers, rows."""
