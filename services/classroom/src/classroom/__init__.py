"""Classroom: classes, rosters, reviews, joining and study."""
