"""What can be asked of study; nothing here changes anything."""
