"""Photo intake: a learner's photo is taken in and answered with a receipt, which duties are then done with (S5, S8)."""
