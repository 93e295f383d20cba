"""Rich text from an editor, made harmless before it is kept (K3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import nh3
from chassis.web import fields

# fmt: off
_TAGS = {
    "a", "b", "blockquote", "br", "caption", "col", "colgroup", "del", "div", "em", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "ins", "li", "ol", "p", "s", "span", "strong", "sub",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}
# fmt: on
_ATTRIBUTES = {
    "a": {"href", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "*": {"style"},
}
_PICTURE = re.compile(r'<img src="(?:https?:)?//', re.IGNORECASE)
"""In sanitised text. A picture without an address of another site shows nothing and is dropped like all else."""
_STYLES = {"color", "background-color", "text-align", "width"}


class RichText(fields.String):
    """HTML, sanitised: scripts, handlers, forms and foreign styles are dropped; tables and colours survive. Pictures
    are refused: a timetable has none of its own, and the pages' security policy would not show another site's.

    Text of which nothing visible is left counts as empty.
    """

    default_error_messages = {
        **fields.String.default_error_messages,
        "picture": "课表中不能有图片，请用文字和表格说明时间、地点和内容",
    }

    def __init__(self, **kwargs: Any) -> None:
        """At most 20,000 characters as sent."""
        super().__init__(max_length=20_000, lines=True, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        html = super()._deserialize(value, attr, data, **kwargs)
        if _PICTURE.search(nh3.clean(html, tags={"img"}, attributes={"img": {"src"}})):
            raise self.make_error("picture")
        safe = clean(html)
        fields.require_readable(safe, lines=True)  # a character may also have been written as an entity
        return safe


def clean(html: str) -> str:
    """The harmless part of `html`."""
    safe = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        filter_style_properties=_STYLES,
    )
    visible = nh3.clean(safe, tags=set()).replace("&nbsp;", " ").strip()
    return safe if visible else ""
