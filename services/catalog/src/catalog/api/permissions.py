"""Who may call what in the catalog. Viewers see what is theirs and what is official."""

from chassis.web import Permission, Whose, allow

from catalog.api.asking import MAKERS, VIEWERS

PERMISSIONS: dict[str, Permission] = {
    "list_categories": allow(*VIEWERS, whose=Whose.ANY),
    "create_category": allow("platform_admin", whose=Whose.ANY),
    "change_category": allow("platform_admin", whose=Whose.ANY),
    "begin_upload": allow(*MAKERS, whose=Whose.PROVIDER),
    "get_upload": allow(*MAKERS, whose=Whose.SELF),
    "add_upload_part": allow(*MAKERS, whose=Whose.SELF),
    "upload_cover": allow(*MAKERS, whose=Whose.PROVIDER),
    "list_media": allow(*MAKERS, whose=Whose.PROVIDER),
    "get_medium": allow(*VIEWERS, whose=Whose.PROVIDER),
    "add_linked_medium": allow(*MAKERS, whose=Whose.PROVIDER),
    # Learners come with an item ticket, staff with their role: see catalog.api.media.
    "make_media_link": allow(whose=Whose.SELF),
    "list_papers": allow(*MAKERS, whose=Whose.PROVIDER),
    "list_courses": allow(*VIEWERS, whose=Whose.PROVIDER),
    "create_course": allow(*MAKERS, whose=Whose.PROVIDER),
    "get_course": allow(*VIEWERS, whose=Whose.PROVIDER),
    "change_course": allow(*MAKERS, whose=Whose.PROVIDER),
    "delete_course": allow(*MAKERS, whose=Whose.PROVIDER),
    "list_packages": allow(*VIEWERS, whose=Whose.PROVIDER),
    "create_package": allow(*MAKERS, whose=Whose.PROVIDER),
    "get_package": allow(*VIEWERS, whose=Whose.PROVIDER),
    "change_package": allow(*MAKERS, whose=Whose.PROVIDER),
    "delete_package": allow(*MAKERS, whose=Whose.PROVIDER),
    "publish_package": allow(*MAKERS, whose=Whose.PROVIDER),
    "list_package_versions": allow(*VIEWERS, whose=Whose.PROVIDER),
    "get_package_version": allow(*VIEWERS, whose=Whose.PROVIDER),
    "get_training_plan": allow(*MAKERS, whose=Whose.PROVIDER),
    "change_training_plan": allow(*MAKERS, whose=Whose.PROVIDER),
}
