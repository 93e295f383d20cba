"""Whatever the services put into the store is swept by them, and every column that names a file is asked first."""

import ast
import re

import pytest
import sqlalchemy as sa
from chassis.service import load
from files.sweeping import Sweeper
from suite.parts import SERVICES
from suite.testing import tree

# Columns that are called keys and name no file.
NO_FILE = {
    "bus_aggregates.key",
    "idempotency_keys.key",
    "enrolments.name_key",  # a learner's name, as it is compared
    "join_tries.key",
    "wrong_tries.key",
    "sms_codes.address_key",
}


def owners(service: str) -> dict:
    """Prefix → columns, of all sweepers of a service."""
    sweepers = [work.run for work in load(service).periodic if isinstance(work.run, Sweeper)]
    return {prefix: columns for each in sweepers for prefix, columns in (each.lasting | each.passing).items()}


def prefixes(module: ast.Module):
    """What is put below: the values of `prefix=` and the first argument of `new_key`, as patterns.

    A function that only hands its own `prefix` on is no place where one is chosen.
    """
    for call in ast.walk(module):
        if not isinstance(call, ast.Call):
            continue
        named = [word.value for word in call.keywords if word.arg == "prefix"]
        if isinstance(call.func, ast.Name) and call.func.id == "new_key":
            named += call.args[:1]
        yield from (pattern(value) for value in named if not is_handed_on(value))


def is_handed_on(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id == "prefix"


def pattern(value: ast.expr) -> str:
    """A literal as it stands, an f-string with anything in its places; anything else is refused."""
    if isinstance(value, ast.JoinedStr):
        return "".join(
            "[a-z-]+" if isinstance(each, ast.FormattedValue) else each.value for each in value.values
        )
    assert isinstance(value, ast.Constant), f"write the prefix as a literal, not {ast.unparse(value)}"
    return re.escape(value.value)


def unswept(service: str):
    for path in tree.python_files(tests=False):
        if tree.service_of(path) == service:
            for found in prefixes(tree.parsed(path)):
                if not any(re.fullmatch(found, prefix) for prefix in owners(service)):
                    yield f"{tree.shown(path)} puts files below {found}"


def key_columns(service: str) -> set[str]:
    """The columns that may name files."""
    columns = (each for table in load(service).db.metadata.sorted_tables for each in table.columns)
    found = {
        str(each)
        for each in columns
        if re.search("(^|_)key$", each.name) and isinstance(each.type, sa.String)
    }
    return found - NO_FILE


def asked(service: str) -> set[str]:
    return {f"{each.table.name}.{each.name}" for columns in owners(service).values() for each in columns}


@pytest.mark.parametrize("service", SERVICES)
def test_every_prefix_that_a_service_puts_files_below_is_swept(service):
    assert not list(unswept(service))


@pytest.mark.parametrize("service", SERVICES)
def test_every_column_that_names_files_is_asked_before_they_are_swept(service):
    assert key_columns(service) == asked(service)


def test_no_two_services_sweep_the_same_prefix():
    swept = [prefix for service in SERVICES for prefix in owners(service)]
    assert len(swept) == len(set(swept)) == 6


def test_the_prefixes_are_found():
    found = list(prefixes(ast.parse('put(x, prefix="a/b"); new_key(f"c/{d}", e); put(x, prefix=prefix)')))
    assert found == ["a/b", "c/[a-z-]+"]
    with pytest.raises(AssertionError):
        list(prefixes(ast.parse("put(x, prefix=CAKES)")))
