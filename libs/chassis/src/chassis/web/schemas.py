"""The base of what comes in and goes out."""

from __future__ import annotations

import marshmallow


class Schema(marshmallow.Schema):
    """Unknown fields are refused, and every message is Chinese."""

    error_messages = {
        "unknown": "不认识的字段",
        "type": "必须是 JSON 对象",
        "invalid": "格式不正确",
    }

    class Meta:
        """Nothing slips in unseen."""

        unknown = marshmallow.RAISE
