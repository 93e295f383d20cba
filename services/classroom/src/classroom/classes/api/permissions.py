"""Who may do what with classes, applications and logs; merged into the service's one table."""

from chassis.web import Whose, allow

PROVIDER = ("provider_admin", "registrar", "business_manager", "class_teacher", "assistant")
EVERYBODY = (*PROVIDER, "account_manager", "platform_reviewer", "platform_admin")
SETTING_UP = ("provider_admin", "registrar")
BUSINESS = ("provider_admin", "business_manager")
REVIEWING = ("account_manager", "platform_reviewer")

PERMISSIONS = {
    "list_class_types": allow(whose=Whose.ANY),
    "list_staff_candidates": allow(*SETTING_UP, whose=Whose.PROVIDER),
    "create_class": allow(*SETTING_UP, whose=Whose.PROVIDER),
    "copy_class": allow(*SETTING_UP, whose=Whose.PROVIDER),
    "list_classes": allow(*EVERYBODY, whose=Whose.ASSIGNED),
    "get_class": allow(*EVERYBODY, whose=Whose.ASSIGNED),
    "delete_class": allow(*SETTING_UP, whose=Whose.PROVIDER),
    "save_class_basic": allow(*SETTING_UP, whose=Whose.PROVIDER),
    "save_class_courses": allow(*SETTING_UP, whose=Whose.PROVIDER),
    "save_class_supervision": allow(*SETTING_UP, whose=Whose.PROVIDER),
    "change_class_announcement": allow(*SETTING_UP, "class_teacher", "assistant", whose=Whose.ASSIGNED),
    "change_running_class": allow(*SETTING_UP, whose=Whose.PROVIDER),
    "change_planned_headcount": allow("account_manager", whose=Whose.DEALER),
    "prepare_opening": allow(*SETTING_UP, "class_teacher", "business_manager", whose=Whose.ASSIGNED),
    "get_opening": allow(*EVERYBODY, whose=Whose.ASSIGNED),
    "submit_opening": allow(*BUSINESS, whose=Whose.PROVIDER),
    "withdraw_opening": allow(*BUSINESS, whose=Whose.PROVIDER),
    "apply_graduation": allow(*BUSINESS, whose=Whose.PROVIDER),
    "get_graduation": allow(*EVERYBODY, whose=Whose.ASSIGNED),
    "ask_refund": allow(*BUSINESS, whose=Whose.PROVIDER),
    "withdraw_graduation": allow(*BUSINESS, whose=Whose.PROVIDER),
    "list_applications": allow(*EVERYBODY, whose=Whose.ASSIGNED),
    "get_application": allow(*EVERYBODY, whose=Whose.ASSIGNED),
    "decide_application": allow(*REVIEWING, whose=Whose.DEALER),
    "get_review_log": allow(*EVERYBODY, whose=Whose.ASSIGNED),
    "get_class_audit_log": allow(*PROVIDER, "account_manager", whose=Whose.ASSIGNED),  # it names learners
    "list_audit_log": allow("provider_admin", whose=Whose.PROVIDER),
    "export_audit_log": allow("provider_admin", whose=Whose.PROVIDER),
}
