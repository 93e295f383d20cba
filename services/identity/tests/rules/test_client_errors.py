"""What is left of an error's text."""

from __future__ import annotations

import pytest
from identity.rules.client_errors import nameless


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("TypeError: x is undefined", "TypeError: x is undefined"),
        ("at f (https://a.example/a/index-Bk3.js:12:3456)",) * 2,
        ("no account 13900000001", "no account …"),
        ("11010519900105051X is not a number", "… is not a number"),
        ("number 110105 1990-0105 0514 x", "number … x"),
        ("王芳 is not iterable", "… is not iterable"),
        ("mail li.si@example.com", "mail …"),
        ("https://a.example/learn/classes?text=abc (x.js:1:2)", "https://a.example/learn/classes (x.js:1:2)"),
        ("https://a.example/x.js:1:2", "https://a.example/x.js:1:2"),
    ],
)
def test_an_error_names_nobody(said: str, left: str):
    assert nameless(said) == left
