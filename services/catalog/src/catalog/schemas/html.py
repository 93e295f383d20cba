"""C1: rich text, sanitised on the server. What the editor offers survives, everything else goes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import nh3
from chassis.web import fields

_MEDIA = {"img", "video", "audio", "source"}
_TEXT = {
    *("p", "br", "hr", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
    *("b", "strong", "i", "em", "u", "s", "del", "mark", "sup", "sub", "a", "ul", "ol", "li"),
    *(
        "table",
        "caption",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
    ),
}
_CELL = {"colspan", "rowspan", "style"}
_STYLED = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "mark")
_PLAYER = {"data-media", "src", "width", "height", "controls"}
_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: {"style"} for tag in _STYLED},
    "a": {"href", "title"},
    "img": {"data-media", "src", "alt", "title", "width", "height"},
    "video": _PLAYER,
    "audio": _PLAYER,
    "source": {"src", "data-media"},
    "span": {"style"},
    "ol": {"start"},
    "td": _CELL,
    "th": _CELL,
    "col": {"span"},
}
_STYLES = {"color", "background-color", "text-align"}
# The sanitiser writes attributes always in double quotes, so this reads its output without a parser.
_MEDIA_TAG = re.compile(r"<(?:img|video|audio|source)(?:\s+[\w-]+(?:=\"[^\"]*\")?)*\s*/?>")
_OWN = re.compile(r' data-media="([0-9a-f-]{36})"')
_SRC = re.compile(r' src="[^"]*"')
_FOREIGN = re.compile(r' src="([^"]*)"')
"""In sanitised text, where no address of ours is left."""
MOST_TAGS = 5_000


class RichText(fields.String):
    """HTML of the editor. Media are uploaded and named by `data-media="<media id>"`; their `src` is filled in when it
    is read, because links expire. Media at other addresses are refused: the pages' security policy would not show
    them, and their owner would see who reads."""

    default_error_messages = {
        **fields.String.default_error_messages,
        "complex": f"排版过于复杂（最多 {MOST_TAGS} 个标签），请清除格式后重新排版",
        "foreign": "图片、视频和音频须先上传，不能引用其他网站的地址（{address}）",
    }

    def __init__(self, *, max_length: int = 100_000, **kwargs: Any) -> None:
        """`max_length` counts the HTML."""
        super().__init__(max_length=max_length, lines=True, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        html = super()._deserialize(value, attr, data, **kwargs)
        # Deeply nested tags take the sanitiser's time with the square of their number.
        if html.count("<") > MOST_TAGS:
            raise self.make_error("complex")
        safe = sanitised(html)
        foreign = _FOREIGN.search(safe)
        if foreign is not None:
            raise self.make_error("foreign", address=foreign[1][:100])
        fields.require_readable(safe, lines=True)  # a character may also have been written as an entity
        return safe


def sanitised(html: str) -> str:
    """The same text without anything that could run, track or lead astray."""
    clean = nh3.clean(
        html,
        tags=_TEXT | _MEDIA,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        filter_style_properties=_STYLES,
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return _MEDIA_TAG.sub(_without_stale_link, clean)


def media_ids_in(html: str) -> list[uuid.UUID]:
    """The media of ours that a sanitised text shows."""
    return list(dict.fromkeys(uuid.UUID(found) for found in _OWN.findall(html)))


def with_links(html: str, link: Callable[[uuid.UUID], str | None]) -> str:
    """A sanitised text with a fresh address for each medium of ours; one that has none shows nothing."""

    def filled(match: re.Match[str]) -> str:
        address = link(uuid.UUID(match[1]))
        return match[0] + (f' src="{address}"' if address else "")

    return _OWN.sub(filled, html)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "data-media":
        return (
            value.lower()
            if re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value)
            else None
        )
    if name == "src":
        # A link of ours comes back with data-media beside it and is dropped there; another site's is refused.
        return value if value.lower().startswith(("https://", "http://", "//", "/media/")) else None
    return value


def _without_stale_link(match: re.Match[str]) -> str:
    """What we fill in ourselves is not stored; what is not ours and has no full address shows nothing."""
    tag = match[0]
    return _SRC.sub("", tag) if _OWN.search(tag) or ' src="/media/' in tag else tag
