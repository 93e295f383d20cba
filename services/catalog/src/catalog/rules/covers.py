"""C2: what is recommended for a cover."""

from __future__ import annotations

_RATIOS = (4 / 3, 750 / 560)
_NEAR = 0.01

SMALL = "封面宽度不足 750 像素，在高清屏幕上会显得模糊；建议使用 750×560。"
OTHER_RATIO = "封面比例不是 4:3（建议 750×560），列表中显示时会被裁剪。"


def cover_warnings(*, width: int, height: int) -> list[str]:
    """What to say about a cover of this size: 750×560 or 4:3 is recommended; anything else is taken too."""
    said = []
    if width < 750:
        said.append(SMALL)
    if all(abs(width / height - ratio) > _NEAR * ratio for ratio in _RATIOS):
        said.append(OTHER_RATIO)
    return said
