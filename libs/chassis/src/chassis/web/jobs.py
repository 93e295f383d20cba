"""The one resource for long work: 202, status, progress, result."""

from __future__ import annotations

import uuid

from chassis.errors import NotFound
from chassis.jobs.model import read_job
from chassis.web import fields
from chassis.web.auth import current_actor
from chassis.web.blueprint import Blueprint
from chassis.web.runtime import runtime
from chassis.web.schemas import Schema


class JobUnknown(NotFound):
    """No such job, or somebody else's."""

    code = "job.not_found"
    title = "任务不存在"
    next_step = "请核对任务编号，或重新提交任务。"


class JobSchema(Schema):
    """A piece of long work; poll every 2–5 s until `state` is done or failed."""

    id = fields.Uuid(required=True)
    kind = fields.String(required=True)
    state = fields.Enum(("waiting", "running", "done", "failed"), required=True)
    progress = fields.Integer(required=True, metadata={"description": "0–100"})
    result = fields.Dict(allow_none=True)
    error = fields.String(allow_none=True, max_length=1000)
    created_at = fields.Moment(required=True)
    finished_at = fields.Moment(allow_none=True)


def jobs_blueprint(service: str) -> Blueprint:
    """The blueprint with the job resource."""
    blp = Blueprint("jobs", service, description="Long work")

    @blp.route("/jobs/<uuid:job_id>")
    @blp.response(200, JobSchema)
    def get_job(job_id: uuid.UUID) -> object:
        """The state of a job that the caller started."""
        job = read_job(runtime().session, job_id)
        if job is None or job.owner_id != current_actor().account_id:
            raise JobUnknown
        return job

    return blp
