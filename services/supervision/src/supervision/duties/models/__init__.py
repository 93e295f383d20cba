"""Tables."""

from supervision.duties.models.streaks import StudyStreak

__all__ = ["StudyStreak"]
