"""Identity's work that comes round."""
