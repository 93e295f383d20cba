"""Builders for tests: classes, learners, photos."""

import io
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from chassis.clock import shanghai_day
from chassis.ids import new_id
from chassis.web.fields import moment_text
from files import FolderStore
from files.judging import JudgedImage, judge_image
from PIL import Image
from sqlalchemy.orm import Session

from supervision.actions.keep_classes import keep_learners, keep_policies
from supervision.real_name.actions.consent import give_consent
from supervision.real_name.actions.verify_real_name import verify_real_name
from supervision.real_name.rules.verifying import RosterMatch
from supervision.rules.receipts import Receipt, ends_at
from supervision.rules.tickets import Ticket


def photo_bytes(*, width: int = 240, height: int = 320, kind: str = "JPEG", shade: int = 120) -> bytes:
    """A picture of nobody, light at the top and darker below."""
    out = io.BytesIO()
    light = Image.linear_gradient("L").resize((width, height)).point(lambda tone: shade + (255 - tone) // 3)
    Image.merge("RGB", (light, light, Image.new("L", (width, height), 60))).save(out, kind)
    return out.getvalue()


def plain_photo(*, colour: str = "black", width: int = 200, height: int = 200, kind: str = "JPEG") -> bytes:
    """A picture of nothing."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def a_photo(**how: Any) -> JudgedImage:
    """The same, judged."""
    return judge_image(photo_bytes(**how))


@dataclass(kw_only=True)
class Classroom:
    """A class with one learner, as classroom would announce and sign it."""

    now: datetime
    class_id: uuid.UUID = field(default_factory=new_id)
    provider_id: uuid.UUID = field(default_factory=new_id)
    enrolment_id: uuid.UUID = field(default_factory=new_id)
    document: str = "fingerprint-of-a-document"
    account_id: uuid.UUID = field(default_factory=new_id)
    teacher_id: uuid.UUID = field(default_factory=new_id)
    real_name: bool = True
    check_in: str = "twice"
    state: str = "open"
    epoch: int = 1
    version: int = 1
    name: str = "王小明"
    starts_in: int = -2
    ends_in: int = 5
    joined: bool = True
    removed: bool = False

    def announce(self, session: Session) -> None:
        """Let the projections hear of class and enrolment."""
        keep_policies(session, [(self.version, self.class_data())])
        keep_learners(session, [(self.version, self.enrolment_data())])

    def class_data(self) -> dict[str, Any]:
        """The data of classroom.class.changed.v1, as far as supervision reads them."""
        today = shanghai_day(self.now)
        return {
            "class_id": str(self.class_id),
            "provider_id": str(self.provider_id),
            "name": "某企业某岗位第几班",
            "state": self.state,
            "epoch": self.epoch,
            "start_day": str(today + timedelta(days=self.starts_in)),
            "end_day": str(today + timedelta(days=self.ends_in)),
            "supervision": {"real_name": self.real_name, "check_in": self.check_in},
            "policy_version": 1,
            "teachers": [str(self.teacher_id)],
        }

    def enrolment_data(self) -> dict[str, Any]:
        """The data of classroom.enrolment.changed.v1."""
        joined_at = moment_text(self.now + timedelta(days=self.starts_in)) if self.joined else None
        return {
            "enrolment_id": str(self.enrolment_id),
            "class_id": str(self.class_id),
            "account_id": str(self.account_id) if self.joined else None,
            "name": self.name,
            "joined_at": joined_at,
            "removed": self.removed,
        }

    def ticket(self, **changes: Any) -> Ticket:
        """The enrolment ticket, read."""
        facts = {
            "account_id": self.account_id,
            "enrolment_id": self.enrolment_id,
            "class_id": self.class_id,
            "provider_id": self.provider_id,
            "policy_version": 1,
            "epoch": self.epoch,
            "matched": True,
            "document": self.document,
            "sealed": None,
        }
        return Ticket(**{**facts, **changes})

    def claims(self, **changes: Any) -> dict[str, Any]:
        """The claims of the enrolment ticket."""
        said = {
            "sub": str(self.account_id),
            "enr": str(self.enrolment_id),
            "cls": str(self.class_id),
            "prv": str(self.provider_id),
            "pkg": None,
            "pol": 1,
            "epoch": self.epoch,
            "matched": True,
            "doc": self.document,
            "sealed": None,
        }
        return {**said, **changes}

    def classmate(self, **changes: Any) -> "Classroom":
        """Another learner of the same class."""
        same = (
            "now",
            "class_id",
            "provider_id",
            "teacher_id",
            "real_name",
            "check_in",
            "starts_in",
            "ends_in",
        )
        return Classroom(**{**{name: getattr(self, name) for name in same}, **changes})

    def receipt(self, **changes: Any) -> Receipt:
        """The receipt of a photo that nobody took, as photo intake would give it now."""
        facts = {
            "enrolment_id": self.enrolment_id,
            "class_id": self.class_id,
            "account_id": self.account_id,
            "provider_id": self.provider_id,
            "epoch": self.epoch,
            "purpose": "check_in",
            "check_in": self.check_in,
            "key": f"faces/check-in/00/{new_id().hex}.jpg",
            "content_type": "image/jpeg",
            "sha256": "0" * 64,
            "until": ends_at(self.now),
        }
        return Receipt(**{**facts, **changes})

    def verify(self, session: Session, *, store: FolderStore, now: datetime) -> None:
        """Let the learner be verified, with consent."""
        verify_real_name(
            session,
            ticket=self.ticket(),
            agreed=True,
            photo=a_photo(),
            verifier=RosterMatch(),
            store=store,
            now=now,
        )

    def consent(self, session: Session, *, now: datetime) -> None:
        """Let the learner consent to face photos."""
        give_consent(session, account_id=self.account_id, agreed=True, now=now)


def files_in(folder: Path) -> list[Path]:
    """The files that lie in a store's folder."""
    return [path for path in folder.rglob("*") if path.is_file()]
