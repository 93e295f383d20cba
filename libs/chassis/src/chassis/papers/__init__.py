"""Signed papers (JWT, ES256): what one service says of somebody, carried by the caller to another."""

from chassis.papers.errors import BadPaper, ExpiredPaper, KeysUnavailable
from chassis.papers.reader import Papers
from chassis.papers.signer import Signer

__all__ = ["BadPaper", "ExpiredPaper", "KeysUnavailable", "Papers", "Signer"]
