"""Who may do what in study; merged into the service's one table.

Staff reach their provider's classes, class teachers and assistants only those that they are assigned to (§2).
"""

from chassis.web import Whose, allow

STAFF = ("provider_admin", "registrar", "business_manager", "class_teacher", "assistant")

PERMISSIONS = {
    "open_study_session": allow("learner", whose=Whose.SELF),
    "report_study": allow("learner", whose=Whose.SELF),
    "get_home": allow(*STAFF, whose=Whose.ASSIGNED),
    "get_class_overview": allow(*STAFF, whose=Whose.ASSIGNED),
    "list_class_learning": allow(*STAFF, whose=Whose.ASSIGNED),
    "get_class_daily_learning": allow(*STAFF, whose=Whose.ASSIGNED),
    "get_learner_details": allow(*STAFF, whose=Whose.ASSIGNED),
}
