"""What the catalog hears from others."""
