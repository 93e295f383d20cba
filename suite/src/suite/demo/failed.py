"""What ends a demo before its time."""


class DemoFailed(Exception):
    """A step could not be done, or a figure is not as it should be; the text says which."""
