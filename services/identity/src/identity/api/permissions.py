"""Who may call what in identity. Where several sides look at one thing, the query shows each only its own."""

from __future__ import annotations

from chassis.web import Permission, Whose, allow, public

from identity.rules.roles import DEALER_FINANCE, PLATFORM_ADMIN, PROVIDER_ADMIN, STAFF_ROLES

PERMISSIONS: dict[str, Permission] = {
    "sign_in": public(),
    "refresh_session": public(),
    # Public, since the access cookie may have ended before its owner signs out.
    "sign_out": public(),
    "get_session": allow(whose=Whose.SELF),
    "create_tokens": public(),
    "send_sms_code": public(),
    "list_development_messages": public(),
    # Public, since the sign-in page may be what breaks; it asks nothing and tells nothing.
    "report_client_error": public(),
    "get_me": allow(whose=Whose.SELF),
    "change_me": allow(whose=Whose.SELF),
    "send_own_sms_code": allow(whose=Whose.SELF),
    "change_my_password": allow(whose=Whose.SELF),
    "list_accounts": allow(PROVIDER_ADMIN, PLATFORM_ADMIN, whose=Whose.ANY),
    "create_account": allow(PROVIDER_ADMIN, PLATFORM_ADMIN, whose=Whose.ANY),
    "get_account": allow(PROVIDER_ADMIN, PLATFORM_ADMIN, whose=Whose.ANY),
    "change_account": allow(PROVIDER_ADMIN, PLATFORM_ADMIN, whose=Whose.ANY),
    "switch_account": allow(PROVIDER_ADMIN, PLATFORM_ADMIN, whose=Whose.ANY),
    "set_account_password": allow(PROVIDER_ADMIN, PLATFORM_ADMIN, whose=Whose.ANY),
    "list_providers": allow(*STAFF_ROLES, whose=Whose.ANY),
    "get_provider": allow(*STAFF_ROLES, whose=Whose.ANY),
    "create_provider": allow(PLATFORM_ADMIN, whose=Whose.ANY),
    "change_provider": allow(PLATFORM_ADMIN, whose=Whose.ANY),
    "list_dealers": allow(*STAFF_ROLES, whose=Whose.ANY),
    "get_dealer": allow(*STAFF_ROLES, whose=Whose.ANY),
    "create_dealer": allow(PLATFORM_ADMIN, whose=Whose.ANY),
    "change_dealer": allow(PLATFORM_ADMIN, whose=Whose.ANY),
    "list_clients": allow(DEALER_FINANCE, PLATFORM_ADMIN, whose=Whose.ANY),
    "create_client": allow(DEALER_FINANCE, PLATFORM_ADMIN, whose=Whose.ANY),
    "revoke_client": allow(DEALER_FINANCE, PLATFORM_ADMIN, whose=Whose.ANY),
}
