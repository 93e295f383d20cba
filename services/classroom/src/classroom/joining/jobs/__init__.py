"""What joining does from time to time. ``app.py`` gives PERIODIC to the worker."""

from chassis.jobs.periodic import Periodic

from classroom.joining.actions.tries import forget_tries

PERIODIC = (Periodic("joining.forget_tries", 3600, forget_tries, purges=True),)
