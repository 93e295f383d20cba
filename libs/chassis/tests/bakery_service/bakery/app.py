"""Loaves: enough of a service to try every convention on."""

from __future__ import annotations

import io
import uuid

import sqlalchemy as sa
from chassis import clock
from chassis.db import Database, HasId, HasTimes, Versioned, locked, refusing
from chassis.errors import Conflict, NotFound
from chassis.ids import new_id
from chassis.jobs import Periodic, Work, enqueue
from chassis.service import Service
from chassis.web import (
    Blueprint,
    KeyArgs,
    PageArgs,
    Schema,
    Whose,
    accepts_upload,
    allow,
    autocommits,
    check_version,
    current_actor,
    edits_version,
    etag,
    fields,
    if_match,
    keyset,
    keyset_of,
    page_of,
    paginate,
    public,
    refuses,
    runtime,
)
from chassis.web.problems import problem
from flask import send_file
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Mapped, mapped_column

db = Database()


class Loaf(HasId, HasTimes, Versioned, db.Model):  # type: ignore[name-defined,misc]
    """One kind of bread."""

    __tablename__ = "loaves"
    __table_args__ = (
        sa.UniqueConstraint("bakery_id", "name", name="uq_loaves_name"),
        sa.CheckConstraint("price_fen >= 0", name="ck_loaves_price"),
    )
    bakery_id: Mapped[uuid.UUID]
    name: Mapped[str] = mapped_column(sa.String(40))
    price_fen: Mapped[int]


class LoafTaken(Conflict):
    """The name is in use."""

    code = "bakery.loaf.taken"
    title = "已有同名面包"
    next_step = "请换一个名称。"


class LoafUnknown(NotFound):
    """No such loaf here."""

    code = "bakery.loaf.not_found"
    title = "没有这种面包"
    next_step = "请核对编号。"


class LoafSchema(Schema):
    """A loaf."""

    id = fields.Uuid(dump_only=True)
    name = fields.String(required=True, min_length=1, max_length=40)
    price = fields.Money(required=True, attribute="price_fen")
    created_at = fields.Moment(dump_only=True)


blp = Blueprint("loaves", "bakery")


@blp.route("/loaves", methods=["POST"])
@blp.arguments(LoafSchema)
@blp.response(201, LoafSchema)
def create_loaf(said: dict) -> ResponseReturnValue:
    """Make a loaf."""
    session, now = runtime().session, clock.now()
    loaf = Loaf(**said, bakery_id=current_actor().provider_id, created_at=now, updated_at=now)
    with refusing(session, {"uq_loaves_name": LoafTaken()}):
        session.add(loaf)
    return loaf, etag(loaf.version)


@blp.route("/loaves")
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(LoafSchema))
def list_loaves(args: dict) -> dict:
    """Numbered pages."""
    mine = sa.select(Loaf).where(Loaf.bakery_id == current_actor().provider_id).order_by(Loaf.name, Loaf.id)
    return paginate(runtime().session, mine, args)


@blp.route("/loaves/all")
@blp.arguments(KeyArgs, location="query")
@blp.response(200, keyset_of(LoafSchema))
def list_all_loaves(args: dict) -> dict:
    """Pages by key."""
    order = [("created_at", Loaf.created_at), ("id", Loaf.id)]
    return keyset(runtime().session, sa.select(Loaf), order, args)


@blp.route("/loaves/<uuid:loaf_id>", methods=["PUT"])
@edits_version
@blp.arguments(LoafSchema)
@blp.response(200, LoafSchema)
def change_loaf(said: dict, loaf_id: uuid.UUID) -> ResponseReturnValue:
    """Edit a loaf."""
    expected = if_match()
    loaf = locked(runtime().session, Loaf, loaf_id)
    if loaf is None or loaf.bakery_id != current_actor().provider_id:
        raise LoafUnknown
    check_version(loaf, expected)
    loaf.name, loaf.price_fen = said["name"], said["price_fen"]
    runtime().session.flush()
    return loaf, etag(loaf.version)


@blp.route("/bakings", methods=["POST"])
@blp.response(202)
def bake() -> dict:
    """Long work."""
    job = enqueue(
        runtime().session,
        kind="bake",
        args={"loaves": 3},
        owner_id=current_actor().account_id,
        now=clock.now(),
    )
    return {"job_id": str(job.id)}


@blp.route("/pictures", methods=["POST"])
@accepts_upload(3_000_000)
@blp.response(200)
def upload_picture() -> dict:
    """Takes more than other operations."""
    from flask import request

    return {"bytes": len(request.files["picture"].read())}


class StampSchema(Schema):
    """A picture and how often it is stamped."""

    picture = fields.File(required=True)
    times = fields.QueryInteger(minimum=1, maximum=9, required=True)
    dry = fields.QueryBoolean(load_default=False)


@blp.route("/stamps", methods=["POST"])
@blp.arguments(StampSchema, location="multipart")
@blp.response(200)
def stamp_loaf(said: dict) -> dict:
    """A multipart body with fields."""
    return {"times": said["times"], "dry": said["dry"]}


@blp.route("/tastings", methods=["POST"])
@refuses(LoafUnknown)
def taste_loaf() -> ResponseReturnValue:
    """Notes the try and answers a failure itself, so that the note is committed."""
    session, now = runtime().session, clock.now()
    session.add(
        Loaf(
            name=str(new_id()),
            price_fen=0,
            bakery_id=current_actor().provider_id,
            created_at=now,
            updated_at=now,
        )
    )
    session.flush()
    return problem(LoafUnknown())


@blp.route("/rolls", methods=["POST"])
@refuses(LoafUnknown)
@autocommits
def note_roll() -> ResponseReturnValue:
    """One statement, and then it fails."""
    now = clock.now()
    row = {"id": new_id(), "name": "roll", "price_fen": 0, "created_at": now, "updated_at": now, "version": 1}
    runtime().session.execute(sa.insert(Loaf).values(bakery_id=current_actor().provider_id, **row))
    raise LoafUnknown


@blp.route("/labels", methods=["POST"])
@blp.response(200, content_type="application/pdf", schema={"type": "string", "format": "binary"})
def print_label() -> ResponseReturnValue:
    """A file as the answer."""
    return send_file(io.BytesIO(b"label"), mimetype="application/pdf")


@blp.route("/opening-hours")
@blp.response(200)
def opening_hours() -> dict:
    """For anyone."""
    return {"from": "06:00"}


@blp.route("/oven")
@blp.response(200)
def look_into_oven() -> dict:
    """Always broken."""
    raise RuntimeError("the oven is on fire")


def bake_job(work: Work) -> dict:
    """The handler of a baking."""
    for percent in (30, 60):
        work.progress(percent)
    return {"baked": work.job.args["loaves"]}


def age(session, now) -> None:
    """Every day the loaves are looked at."""
    session.execute(sa.update(Loaf).values(updated_at=now))


BAKERS = allow("registrar", "provider_admin", whose=Whose.PROVIDER)
SERVICE = Service(
    name="bakery",
    db=db,
    blueprints=[blp],
    permissions={
        "create_loaf": BAKERS,
        "list_loaves": BAKERS,
        "change_loaf": BAKERS,
        "list_all_loaves": allow("platform_admin", whose=Whose.ANY),
        "bake": BAKERS,
        "upload_picture": BAKERS,
        "stamp_loaf": BAKERS,
        "print_label": BAKERS,
        "taste_loaf": BAKERS,
        "note_roll": BAKERS,
        "opening_hours": public(),
        "look_into_oven": BAKERS,
    },
    jobs={"bake": bake_job},
    periodic=[Periodic("age", 60, age)],
    issues_papers=True,
)
