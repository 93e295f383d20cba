"""What the exam service does, one use case per file."""
