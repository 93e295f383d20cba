"""Real-name and the consent to face photos (S1, X6)."""
