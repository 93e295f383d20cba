"""A real browser for the stories: found or installed, watched for troubles, able to judge what it shows."""

from suite.testing.browser.chromium import BrowserMissing, launched
from suite.testing.browser.visitor import Visitor
from suite.testing.browser.watch import Watch

__all__ = ["BrowserMissing", "Visitor", "Watch", "launched"]
