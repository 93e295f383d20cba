"""What the exam service makes of the facts and states of others."""
