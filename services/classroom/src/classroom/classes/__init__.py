"""Training classes: the wizard, opening and graduation with their reviews, the audit log."""
