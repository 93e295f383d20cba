"""Identity's tables and constraints."""

from identity.models.accounts import Account, Grant
from identity.models.base import db
from identity.models.clients import DealerClient
from identity.models.organisations import CodeSerial, Dealer, Provider
from identity.models.sign_in import DevelopmentMessage, RefreshToken, SignIn, SmsCode, WrongTries

__all__ = [
    "Account",
    "CodeSerial",
    "Dealer",
    "DealerClient",
    "DevelopmentMessage",
    "Grant",
    "Provider",
    "RefreshToken",
    "SignIn",
    "SmsCode",
    "WrongTries",
    "db",
]
