"""Who may call what in the exam service."""

from chassis.web import Permission, Whose, allow

AUTHORS = ("provider_admin", "registrar", "platform_admin")
TEACHERS = ("provider_admin", "registrar", "business_manager", "class_teacher", "assistant")

PERMISSIONS: dict[str, Permission] = {
    "get_questions": allow(*AUTHORS, whose=Whose.PROVIDER),
    "create_question": allow(*AUTHORS, whose=Whose.PROVIDER),
    "create_questions": allow(*AUTHORS, whose=Whose.PROVIDER),
    "get_question": allow(*AUTHORS, whose=Whose.PROVIDER),
    "edit_question": allow(*AUTHORS, whose=Whose.PROVIDER),
    "delete_question": allow(*AUTHORS, whose=Whose.PROVIDER),
    "get_papers": allow(*AUTHORS, whose=Whose.PROVIDER),
    "add_paper": allow(*AUTHORS, whose=Whose.PROVIDER),
    "get_paper": allow(*AUTHORS, whose=Whose.PROVIDER),
    "edit_paper": allow(*AUTHORS, whose=Whose.PROVIDER),
    "get_paper_versions": allow(*AUTHORS, whose=Whose.PROVIDER),
    "add_paper_version": allow(*AUTHORS, whose=Whose.PROVIDER),
    "get_paper_version": allow(*AUTHORS, whose=Whose.PROVIDER),
    "get_class_exam": allow("learner", whose=Whose.SELF),
    "start_exam_attempt": allow("learner", whose=Whose.SELF),
    "start_item_attempt": allow("learner", whose=Whose.SELF),
    "get_own_attempts": allow("learner", whose=Whose.SELF),
    "get_attempt": allow("learner", whose=Whose.SELF),
    "put_answer": allow("learner", whose=Whose.SELF),
    "hand_in_attempt": allow("learner", whose=Whose.SELF),
    "get_class_attempts": allow(*TEACHERS, whose=Whose.ASSIGNED),
    "get_class_attempt": allow(*TEACHERS, whose=Whose.ASSIGNED),
}
