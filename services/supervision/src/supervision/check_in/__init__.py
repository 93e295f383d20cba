"""Check-ins: once or twice a day, with a photo (S2, S3)."""
