"""Who may call what in billing. Where several sides look at one thing, the query shows each only its own."""

from chassis.web import Permission, Whose, allow, public

from billing.api.asking import ALL_VIEWERS, PROVIDER_ROLES

PERMISSIONS: dict[str, Permission] = {
    "list_price_agreements": allow(*ALL_VIEWERS, whose=Whose.ANY),
    "get_price_agreement": allow(*ALL_VIEWERS, whose=Whose.ANY),
    "write_price_agreement": allow("account_manager", whose=Whose.DEALER),
    "list_orders": allow(*ALL_VIEWERS, whose=Whose.ANY),
    "summarise_orders": allow(*PROVIDER_ROLES, whose=Whose.PROVIDER),
    "get_order": allow(*ALL_VIEWERS, whose=Whose.ANY),
    "show_receiving_account": allow(*PROVIDER_ROLES, whose=Whose.PROVIDER),
    "upload_voucher": allow(*PROVIDER_ROLES, whose=Whose.PROVIDER),
    "show_voucher": public(),
    "list_settlements": allow(*ALL_VIEWERS, whose=Whose.ANY),
    "get_settlement": allow(*ALL_VIEWERS, whose=Whose.ANY),
    "submit_settlement": allow(*PROVIDER_ROLES, whose=Whose.PROVIDER),
    "confirm_settlement": allow("dealer_finance", whose=Whose.DEALER),
    "reject_settlement": allow("dealer_finance", whose=Whose.DEALER),
    "read_events": allow("dealer_finance", "dealer_program", whose=Whose.DEALER),
    "list_accounts": allow(*ALL_VIEWERS, whose=Whose.ANY),
    "list_ledger": allow(*ALL_VIEWERS, whose=Whose.ANY),
}
