"""Whether a photo shows anything at all (S5). Who it shows is judged elsewhere."""

from chassis.errors import FieldError, Invalid

LEAST_CONTRAST = 2.0
"""Standard deviation of the brightness (0 to 255) of a picture that was averaged down: a covered lens has below 1
whatever its sensor's noise, a face in bad light about 10."""
LEAST_TONES = 12
"""Different shades in it: of 1,024 points a photo has over a hundred, a drawing of two surfaces three or four."""


class PhotoWithoutContent(Invalid):
    """Black, white, of one colour, or of two surfaces: a covered lens, or no photo."""

    code = "supervision.photo.no_content"
    title = "照片上没有可以辨认的内容"
    next_step = "请移开镜头前的遮挡，在光线充足处正对镜头重新拍照。"


def require_content(*, contrast: float, tones: int) -> None:
    """Raise PhotoWithoutContent unless the picture has contrast and shades."""
    if contrast < LEAST_CONTRAST or tones < LEAST_TONES:
        message = "照片几乎是同一种颜色，看不到内容；请移开镜头前的遮挡，在光线充足处重新拍照"
        raise PhotoWithoutContent(fields=[FieldError(field="/photo", code="no_content", message=message)])
