"""Who may do what in joining; merged into the service's one table."""

from chassis.web import Whose, allow

PERMISSIONS = {
    "join_class": allow("learner", whose=Whose.SELF),
    "list_my_classes": allow("learner", whose=Whose.SELF),
    "get_my_class": allow("learner", whose=Whose.SELF),
    "issue_item_ticket": allow("learner", whose=Whose.SELF),
}
