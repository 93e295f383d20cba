"""What an action waits for when another service's news has not arrived."""

from chassis.errors import Unavailable


class ProjectionPending(Unavailable):
    """Something that exists elsewhere has not been heard of here yet. The bus tries again, a caller may too."""

    code = "billing.projection.pending"
    title = "相关资料正在同步"
    next_step = "请稍等几秒后重试；若持续出现，请联系平台。"


def pending(what: str, key: object) -> ProjectionPending:
    """The failure for a missing `what`, with its id for the log."""
    return ProjectionPending(retry_after=2, waiting_for=f"{what} {key}")
