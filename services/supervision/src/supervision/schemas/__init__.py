"""What comes in and goes out, shared by the subjects."""
