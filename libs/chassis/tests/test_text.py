"""Which characters a text may have, in what comes in, in what goes out and in the contracts."""

from __future__ import annotations

import re

import marshmallow
import pytest
from chassis.text import LINE_PATTERN, LINES_PATTERN, readable, unreadable_in
from chassis.web import Schema, fields
from chassis.web.directions import state_directions

UNREADABLE = [
    *("\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1f", "\x7f", "\x80", "\x85", "\x9f"),
    *("\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001fffe", "\U0001ffff", "\U0010ffff"),
    *("\ud800", "\udfff"),
]
READABLE = [
    "张三",
    "𫠠",
    "\U00030000",
    "\ue000",
    "\U000f0000",
    "é",
    "👨‍👩‍👧",
    "\u00a0",
    "\u200b",
    "\ufffd",
    "\ufdcf",
]


class Texts(Schema):
    line = fields.String()
    lines = fields.String(lines=True)


@pytest.mark.parametrize("field", ["line", "lines"])
@pytest.mark.parametrize("character", UNREADABLE, ids=ascii)
def test_a_field_refuses_what_no_text_may_have_and_names_it(field, character):
    with pytest.raises(marshmallow.ValidationError) as refused:
        Texts().load({field: f"张{character}三"})
    (message,) = refused.value.messages_dict[field]
    assert message.code == "unreadable"
    assert f"U+{ord(character):04X}" in message


@pytest.mark.parametrize("text", READABLE, ids=ascii)
def test_a_field_takes_every_other_character(text):
    assert Texts().load({"line": f"a{text}b", "lines": f"a{text}b"}) == {
        "line": f"a{text}b",
        "lines": f"a{text}b",
    }


@pytest.mark.parametrize("character", ["\t", "\n", "\r", "\u2028", "\u2029"], ids=ascii)
def test_line_breaks_and_tabs_are_taken_by_fields_of_several_lines_only(character):
    assert Texts().load({"lines": f"一{character}二"})["lines"] == f"一{character}二"
    with pytest.raises(marshmallow.ValidationError):
        Texts().load({"line": f"一{character}二"})


@pytest.mark.parametrize("character", [each for each in UNREADABLE if each.isascii() or ord(each) < 0x10000])
def test_the_pattern_in_the_contract_says_what_the_field_does(character):
    if "\ud800" <= character <= "\udfff":
        return  # no text in UTF-8 has one, and no pattern of a contract may name one
    assert not re.match(LINE_PATTERN, f"张{character}三")
    assert not re.match(LINES_PATTERN, f"张{character}三")
    assert re.match(LINES_PATTERN, "一\r\n\t二")
    assert not re.match(LINE_PATTERN, "一\n二")


def test_what_goes_out_loses_what_no_text_may_have_and_keeps_its_lines():
    everything = "".join(UNREADABLE)
    assert readable(f"张{everything}三\r\n李\u2028四\t。") == "张三\n李\n四\t。"
    assert unreadable_in(readable(everything), lines=True) is None
    for text in READABLE:
        assert readable(text) == text


def test_only_what_comes_in_is_promised_to_be_readable():
    text = {"type": "string", "x-text": "line"}
    spec = {
        "paths": {
            "/x": {
                "post": {
                    "parameters": [{"in": "query", "schema": dict(text)}],
                    "requestBody": {"schema": {"$ref": "#/components/schemas/In"}},
                    "responses": {"200": {"schema": {"items": dict(text)}}},
                }
            }
        },
        "components": {
            "schemas": {
                "In": {"properties": {"inner": {"items": {"$ref": "#/components/schemas/Inner"}}}},
                "Inner": {
                    "properties": {"a": {"type": "string", "x-text": "lines"}, "b": dict(text) | {"enum": []}}
                },
                "Out": {"properties": {"a": dict(text)}},
            }
        },
    }
    state_directions(spec)
    schemas = spec["components"]["schemas"]
    assert schemas["Inner"]["properties"] == {
        "a": {"type": "string", "pattern": LINES_PATTERN},
        "b": {"type": "string", "enum": []},
    }
    assert schemas["Out"]["properties"]["a"] == {"type": "string"}
    operation = spec["paths"]["/x"]["post"]
    assert operation["parameters"][0]["schema"]["pattern"] == LINE_PATTERN
    assert operation["responses"]["200"]["schema"]["items"] == {"type": "string"}
