"""What every service stands on: web, database, clock, jobs, papers. Nothing here knows training."""
