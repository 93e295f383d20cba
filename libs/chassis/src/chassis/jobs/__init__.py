"""Long work in the background: recorded first, done in the worker, seen through one resource."""

from chassis.jobs.loop import run_due, run_loop
from chassis.jobs.model import Job, enqueue, read_job
from chassis.jobs.periodic import Periodic
from chassis.jobs.work import JobLost, Work

__all__ = ["Job", "JobLost", "Periodic", "Work", "enqueue", "read_job", "run_due", "run_loop"]
