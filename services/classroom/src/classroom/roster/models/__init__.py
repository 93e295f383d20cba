"""Tables of the roster, and the cipher that its document numbers pass through."""

from classroom.roster.models.cipher import DocumentCipher
from classroom.roster.models.enrolment import Enrolment
from classroom.roster.models.marked_file import MarkedFile

__all__ = ["DocumentCipher", "Enrolment", "MarkedFile"]
