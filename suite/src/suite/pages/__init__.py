"""Building what people see: the front end, from its sources into frontend/dist, when anything of it has changed."""

from suite.pages.building import PagesNotBuilt, build, check

__all__ = ["PagesNotBuilt", "build", "check"]
