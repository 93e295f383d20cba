"""C10: addresses of media that are linked instead of uploaded."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from chassis.errors import FieldError, Invalid

from catalog.rules.uploads import MediaKind


class LinkInvalid(Invalid):
    """The address cannot be shown to learners, or the length is missing; `errors` says which."""

    code = "catalog.media.link_invalid"
    title = "链接不符合要求"
    next_step = "请填写以 https:// 开头、无需登录即可打开的地址；视频还需填写时长。"


def check_link(*, kind: MediaKind, url: str, seconds: int | None, origins: Collection[str]) -> None:
    """Raise LinkInvalid unless it is an https address of a video with its seconds, or of a document, at one of the
    `origins` from which the pages play media."""
    errors: list[FieldError] = []
    if kind not in (MediaKind.VIDEO, MediaKind.DOCUMENT):
        errors.append(FieldError(field="/kind", code="not_linkable", message="只有视频和文档可以使用链接"))
    if not _is_public_https(url):
        errors.append(FieldError(field="/url", code="invalid", message="须为 https:// 开头的完整地址"))
    elif _origin(url) not in origins:
        errors.append(FieldError(field="/url", code="foreign", message=_foreign(origins)))
    if kind is MediaKind.VIDEO and seconds is None:
        errors.append(FieldError(field="/seconds", code="required", message="请填写视频时长（秒）"))
    if kind is not MediaKind.VIDEO and seconds is not None:
        errors.append(FieldError(field="/seconds", code="not_allowed", message="文档的阅读时长在课程中填写"))
    if errors:
        raise LinkInvalid(fields=errors)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    port = "" if parts.port in (None, 443) else f":{parts.port}"
    return f"https://{(parts.hostname or '').lower()}{port}"


def _foreign(origins: Collection[str]) -> str:
    if not origins:
        return "平台没有开放引用其他网站的媒体，请上传文件"
    return f"只能引用这些网站的媒体：{'、'.join(sorted(origins))}；其他的请上传文件"


def _is_public_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    named = bool(host) and "." in (host or "") and not parts.username and not parts.password
    return (
        parts.scheme == "https"
        and named
        and port != 0
        and not any(c.isspace() or c in "\"'<>\\" for c in url)
    )
