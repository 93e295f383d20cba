"""Foreign events: each turns into one action, or keeps one small table."""
