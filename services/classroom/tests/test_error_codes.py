"""A caller tells whose error it is by its code: all of this service's begin with its name."""

from __future__ import annotations

from collections.abc import Iterator

from chassis.errors import Failure


def _all(kind: type[Failure]) -> Iterator[type[Failure]]:
    for each in kind.__subclasses__():
        yield each
        yield from _all(each)


def test_every_code_begins_with_the_name_of_the_service(service):
    own = [each for each in _all(Failure) if each.__module__.startswith(f"{service.name}.")]
    assert len(own) > 40
    assert [each.code for each in own if not each.code.startswith(f"{service.name}.")] == []
