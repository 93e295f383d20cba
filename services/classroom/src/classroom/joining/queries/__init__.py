"""What a learner can ask for."""
