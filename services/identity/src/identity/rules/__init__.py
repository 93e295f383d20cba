"""Who may be what, and what is proof of it. Pure decisions: facts in, decision or failure out."""
