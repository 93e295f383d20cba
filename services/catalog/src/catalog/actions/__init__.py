"""One use case per file: load, ask the rules, change, announce."""
