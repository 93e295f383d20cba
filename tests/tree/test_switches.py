"""Every switch that the code reads is explained in .env.example."""

import ast
import re

from suite.testing import tree

SWITCH = re.compile(r"(KAIKE_[A-Z0-9_]*[A-Z0-9]|S3_[A-Z_]+|AMQP_URL)")
# Set by `kaike run` for its own processes, not by people.
INNER = {"KAIKE_PROCESS"}


def read_by_the_code():
    for path in tree.python_files(tests=False):
        for node in ast.walk(tree.parsed(path)):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and SWITCH.fullmatch(node.value)
            ):
                yield node.value


def test_every_switch_is_explained():
    explained = set(SWITCH.findall((tree.ROOT / ".env.example").read_text(encoding="utf-8")))
    assert not sorted(set(read_by_the_code()) - explained - INNER)


def test_the_switches_are_found():
    assert {"KAIKE_VAR", "S3_BUCKET", "AMQP_URL"} <= set(read_by_the_code())
