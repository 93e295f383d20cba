"""Who carries an SMS to a phone: an interface, an embedded sender that shows the code, and one over HTTP."""

from __future__ import annotations

from datetime import datetime
from threading import BoundedSemaphore
from typing import Protocol

import structlog
import urllib3
from chassis.config import Settings
from chassis.errors import Unavailable
from sqlalchemy.orm import Session

from identity.models import DevelopmentMessage
from identity.rules.names import masked_mobile

log = structlog.get_logger(__name__)


class SmsUnavailable(Unavailable):
    """No sender is set up, or the one that is did not take the message."""

    code = "identity.sms.unavailable"
    title = "暂时无法发送短信"
    next_step = "请稍后重试，或使用密码登录。"


class Sender(Protocol):
    """Carries a sign-in code to a phone. Raises SmsUnavailable when it can't."""

    def send(self, session: Session, *, mobile: str, code: str, now: datetime) -> None:
        """Send `code` to `mobile`."""


def text_of(code: str) -> str:
    """What the phone shows."""
    return f"【开课】您的验证码是 {code}，5分钟内有效，请勿告诉他人。"


class EmbeddedSender:
    """Sends nothing: writes the code to the log and to a table that the development page shows."""

    def send(self, session: Session, *, mobile: str, code: str, now: datetime) -> None:
        """See Sender. The row is written in the caller's transaction."""
        session.add(DevelopmentMessage(mobile=mobile, text=text_of(code), code=code, sent_at=now))
        session.flush()
        log.info("sms_not_sent_in_development", to=masked_mobile(mobile), sms_code=code)


class HttpSender:
    """Hands the message to an SMS gateway: POST {mobile, code, text} with a bearer key; any 2xx is taken as sent.

    At most four at once: when that gateway is slow, signing in by password must still have threads to run in.
    """

    AT_ONCE = 4

    def __init__(self, url: str, key: str) -> None:
        """`url` and `key` are the gateway's."""
        self._url = url
        self._key = key
        self._room = BoundedSemaphore(self.AT_ONCE)
        self._http = urllib3.PoolManager(timeout=urllib3.Timeout(connect=2.0, read=5.0), retries=False)

    def send(self, session: Session, *, mobile: str, code: str, now: datetime) -> None:
        """See Sender."""
        if not self._room.acquire(blocking=False):
            raise SmsUnavailable(retry_after=5)
        try:
            self._send({"mobile": mobile, "code": code, "text": text_of(code)})
        finally:
            self._room.release()

    def _send(self, said: dict[str, str]) -> None:
        try:
            answer = self._http.request(
                "POST", self._url, json=said, headers={"Authorization": f"Bearer {self._key}"}, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            log.warning("sms_not_sent", reason=type(error).__name__)
            raise SmsUnavailable(retry_after=30) from error
        if answer.status // 100 != 2:
            log.warning("sms_not_sent", reason=f"status {answer.status}")
            raise SmsUnavailable(retry_after=30)

    def close(self) -> None:
        """Close its connections."""
        self._http.clear()


class NoSender:
    """Production without an SMS gateway: says so instead of pretending."""

    def send(self, session: Session, *, mobile: str, code: str, now: datetime) -> None:
        """See Sender."""
        raise SmsUnavailable


def sender_from(settings: Settings) -> Sender:
    """`KAIKE_SMS_URL` with `KAIKE_SMS_KEY`; else the embedded one in development and tests, and none in production."""
    url = settings.environ.get("KAIKE_SMS_URL")
    if url:
        return HttpSender(url, settings.environ.get("KAIKE_SMS_KEY", ""))
    return NoSender() if settings.env == "production" else EmbeddedSender()
