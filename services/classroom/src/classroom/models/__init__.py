"""The database of the service, shared by its subjects."""
