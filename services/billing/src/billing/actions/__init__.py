"""What billing does, one use case per file. Actions flush, never commit."""
