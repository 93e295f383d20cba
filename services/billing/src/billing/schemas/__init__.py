"""What comes in and goes out. Money is a decimal string outside ("75.00"), fen inside."""
