"""Pure decisions of the exam service: no database, no web, no clock."""
