"""What can be done in joining; they flush and never commit."""
