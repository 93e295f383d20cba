"""Who may do what with rosters; merged into the service's one table."""

from chassis.web import Whose, allow, public

KEEPING = ("provider_admin", "registrar", "class_teacher", "assistant")
NEEDING_NUMBERS = ("provider_admin", "registrar", "class_teacher")

PERMISSIONS = {
    "get_roster_template": allow(*KEEPING, whose=Whose.ANY),
    "import_roster": allow(*KEEPING, whose=Whose.ASSIGNED),
    "get_marked_file": public(),
    "list_enrolments": allow(*KEEPING, "business_manager", "account_manager", whose=Whose.ASSIGNED),
    "add_enrolment": allow(*KEEPING, whose=Whose.ASSIGNED),
    "change_enrolment": allow(*KEEPING, whose=Whose.ASSIGNED),
    "delete_enrolment": allow(*KEEPING, whose=Whose.ASSIGNED),
    "correct_identity": allow("account_manager", whose=Whose.DEALER),
    "show_document_number": allow(*NEEDING_NUMBERS, whose=Whose.ASSIGNED),
    "export_roster": allow(*NEEDING_NUMBERS, whose=Whose.ASSIGNED),
}
