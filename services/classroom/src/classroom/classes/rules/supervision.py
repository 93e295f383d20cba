"""Step 3 of the wizard (K4): what is watched while people learn."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass

from chassis.errors import FieldError, Invalid

MOST_WINDOWS = 6
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")


class CheckIn(enum.StrEnum):
    """How often a day (S2)."""

    OFF = "off"
    ONCE = "once"
    TWICE = "twice"


class WrongSupervision(Invalid):
    """The supervision settings do not fit together."""

    code = "classroom.class.wrong_supervision"
    title = "监管设置不正确"
    next_step = "请按提示修改监管设置。"


@dataclass(frozen=True, kw_only=True)
class StudyWindow:
    """A time of day in which recorded courses can be played, "08:00" to "22:00"; "24:00" is the day's end."""

    begins: str
    ends: str


def require_supervision(*, real_name: bool, check_in: CheckIn, windows: Sequence[StudyWindow]) -> None:
    """Raise WrongSupervision unless check-in has real-name under it and the windows are in order (K4)."""
    wrong = []
    if check_in is not CheckIn.OFF and not real_name:
        wrong.append(_field("/real_name", "required", "启用每日签到需要先开启实名认证。"))
    if len(windows) > MOST_WINDOWS:
        wrong.append(_field("/study_windows", "too_many", f"点播时间段最多 {MOST_WINDOWS} 个。"))
    before = "00:00"
    for place, window in enumerate(windows):
        at = f"/study_windows/{place}"
        if not _TIME.fullmatch(window.begins) or not _TIME.fullmatch(window.ends):
            wrong.append(_field(at, "time", "请按 08:00 的格式填写时间。"))
            break
        if window.begins >= window.ends:
            wrong.append(_field(f"{at}/to", "order", "时间段的结束应晚于开始。"))
        if window.begins < before:
            wrong.append(_field(f"{at}/from", "order", "时间段请按先后顺序填写，不能重叠。"))
        before = window.ends
    if wrong:
        raise WrongSupervision(fields=wrong)


def _field(field: str, code: str, message: str) -> FieldError:
    return FieldError(field=field, code=code, message=message)
