"""One's own account."""

from __future__ import annotations

from typing import Any

from chassis import clock
from chassis.db import locked
from chassis.errors import Conflict, TooMany
from chassis.web import (
    Blueprint,
    check_version,
    current_actor,
    edits_version,
    etag,
    if_match,
    refuses,
    runtime,
)
from chassis.web.addresses import address_of_client
from chassis.web.permissions import SignInNeeded
from chassis.web.problems import problem

from identity.actions.passwords import change_own_password
from identity.actions.rename import rename
from identity.actions.sign_in import WrongCredentials
from identity.actions.sms_codes import send_code
from identity.api.requesting import code_sent
from identity.config import code_key, hashing, sender
from identity.models import Account
from identity.schemas.accounts import OwnAccountSchema, OwnNameChange, OwnPasswordChange
from identity.schemas.sign_in import SmsCodeSent


class NoMobile(Conflict):
    """A code cannot be sent to an account without a mobile number."""

    code = "identity.mobile.missing"
    title = "此账号没有手机号码"
    next_step = "请使用当前密码修改，或联系管理员。"


blp = Blueprint("me", "identity", description="One's own account")


@blp.route("/me", methods=["GET"])
@blp.response(200, OwnAccountSchema)
def get_me() -> Any:
    """One's own account."""
    account = runtime().session.get(Account, current_actor().account_id)
    if account is None or not account.active:
        raise SignInNeeded
    return account, 200, etag(account.version)


@blp.route("/me", methods=["PUT"])
@edits_version
@blp.arguments(OwnNameChange)
@blp.response(200, OwnAccountSchema)
def change_me(said: dict[str, str]) -> Any:
    """Change one's display name (If-Match). The name on a roster is the provider's matter, not this one."""
    account = _own_account()
    check_version(account, if_match())
    rename(runtime().session, account, name=said["name"], now=clock.now())
    return account, 200, etag(account.version)


@blp.route("/me/sms-codes", methods=["POST"])
@refuses(TooMany)
@blp.response(202, SmsCodeSent)
def send_own_sms_code() -> Any:
    """Send a code to one's own mobile number, as proof for a new password. Limited like every code."""
    account = _own_account()
    if account.mobile is None:
        raise NoMobile
    send_code(
        runtime().session,
        mobile=account.mobile,
        address=address_of_client(),
        sender=sender(),
        key=code_key(),
        now=clock.now(),
    )
    return code_sent()


@blp.route("/me/password", methods=["PUT"])
@refuses(TooMany)
@blp.arguments(OwnPasswordChange)
@blp.response(204)
def change_my_password(said: dict[str, Any]) -> Any:
    """Change one's password; all other sessions end. Proof is the current one or, for learners, a code by SMS."""
    with hashing().place():
        proven = change_own_password(
            runtime().session,
            _own_account(),
            current=said["current_password"],
            code=said["code"],
            new=said["new_password"],
            sign_in_id=current_actor().session_id,
            address=address_of_client(),
            hashing=hashing(),
            key=code_key(),
            now=clock.now(),
        )
    return None if proven else problem(WrongCredentials())


def _own_account() -> Account:
    account = locked(runtime().session, Account, current_actor().account_id)
    if account is None or not account.active:
        raise SignInNeeded
    return account
