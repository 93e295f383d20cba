"""Who may call what in supervision."""

from chassis.web import Permission, Whose, allow, public

TEACHERS = ("provider_admin", "registrar", "business_manager", "class_teacher", "assistant")

PERMISSIONS: dict[str, Permission] = {
    "get_real_name": allow("learner", whose=Whose.SELF),
    "verify_own_real_name": allow("learner", whose=Whose.SELF),
    "add_consent": allow("learner", whose=Whose.SELF),
    "delete_consent": allow("learner", whose=Whose.SELF),
    "add_photo": allow("learner", whose=Whose.SELF),
    "check_in": allow("learner", whose=Whose.SELF),
    "get_own_check_ins": allow("learner", whose=Whose.SELF),
    "add_pass": allow("learner", whose=Whose.SELF),
    "get_check_ins": allow(*TEACHERS, whose=Whose.ASSIGNED),
    "get_check_in_statistics": allow(*TEACHERS, whose=Whose.ASSIGNED),
    "add_photo_link": allow(*TEACHERS, whose=Whose.ASSIGNED),
    # The link itself is the key: signed, for one photo, for five minutes.
    "get_photo": public(),
}
