"""Study passes."""

from chassis.web import Schema, fields

from supervision.check_in.rules.slots import Slot
from supervision.duties.rules.duties import DutyKind, Use


class PassIn(Schema):
    """What the pass is for."""

    use = fields.Enum(Use, required=True)


class DutyOut(Schema):
    """A duty that may still wait, until `due_by`."""

    kind = fields.Enum(DutyKind, required=True)
    slot = fields.Enum(Slot)
    due_by = fields.String()


class PassOut(Schema):
    """The signed pass. `duties` fell due while the learner was studying and may be done until their `due_by`."""

    # `pass` is a word of the language.
    token = fields.String(data_key="pass", required=True)
    expires_at = fields.Moment(required=True)
    duties = fields.List(fields.Nested(DutyOut), required=True)
