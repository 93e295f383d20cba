"""C10: which uploads are taken, and how one goes on after it was interrupted."""

from __future__ import annotations

from enum import StrEnum

from chassis.errors import Conflict, FieldError, Invalid, TooLarge

MIB = 2**20
MAX_PART = 8 * MIB


class MediaKind(StrEnum):
    """What a medium is for: lessons (video, document), introductions (image, audio, video), covers."""

    VIDEO = "video"
    DOCUMENT = "document"
    AUDIO = "audio"
    IMAGE = "image"
    COVER = "cover"


MAX_BYTES = {
    MediaKind.VIDEO: 2048 * MIB,
    MediaKind.DOCUMENT: 100 * MIB,
    MediaKind.AUDIO: 100 * MIB,
    MediaKind.IMAGE: 5 * MIB,
    MediaKind.COVER: 5 * MIB,
}


class UploadTooLarge(TooLarge):
    """More bytes than this kind may have, refused before the first of them is sent."""

    code = "catalog.upload.too_large"
    title = "文件过大"
    next_step = "请压缩文件，或拆分成几个文件后分别上传。"


class OffsetWrong(Conflict):
    """The part does not begin where the bytes end that we have. The answer's `offset` says where to go on."""

    code = "catalog.upload.offset_wrong"
    title = "续传位置不一致"
    next_step = "请用 HEAD 请求查询 Upload-Offset，再从该位置继续上传。"


class UploadFinished(Conflict):
    """All bytes are here already."""

    code = "catalog.upload.finished"
    title = "该文件已上传完成"
    next_step = "无需再上传；请查看处理结果。"


class PartBeyondEnd(Invalid):
    """More bytes than were announced."""

    code = "catalog.upload.beyond_end"
    title = "上传内容超出所声明的大小"
    next_step = "请按文件的实际大小重新创建上传。"


class PartEmpty(Invalid):
    """A part without bytes would never end."""

    code = "catalog.upload.empty_part"
    title = "上传内容为空"
    next_step = "请检查网络后，从 Upload-Offset 处继续上传。"


def check_announced(*, kind: MediaKind, size: int) -> None:
    """Raise UploadTooLarge when a file of this kind may not have `size` bytes."""
    most = MAX_BYTES[kind]
    if size > most:
        told = f"不能超过 {most // MIB} MB"
        raise UploadTooLarge(
            f"此类文件{told}。",
            fields=[FieldError(field="/size", code="too_large", message=told, value=size)],
        )


def after_part(*, size: int, received: int, offset: int, length: int) -> int:
    """How many bytes are here after a part of `length` at `offset`.

    Raises UploadFinished, OffsetWrong, PartEmpty, PartBeyondEnd.
    """
    if received == size:
        raise UploadFinished(offset=received)
    if offset != received:
        raise OffsetWrong(f"应从第 {received} 字节继续。", offset=received)
    if length == 0:
        raise PartEmpty(offset=received)
    if received + length > size:
        raise PartBeyondEnd(offset=received)
    return received + length
