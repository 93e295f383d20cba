"""What the platform and the registrar prepare once: exercises, two courses with real media, a package."""

from importlib import resources
from typing import Any

from suite.demo.client import Client, wait_for
from suite.demo.people import People

CATEGORY = "线上班级班主任"
PACKAGE = "线上班级班主任操作培训（演示）"
READING_SECONDS = 4
LESSONS = (
    ("线上班级班主任操作培训", "lesson-1.mp4"),
    ("学员参训学习操作培训", "lesson-2.mp4"),
)
QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "kind": "single_choice",
        "text": "学员加入班级的凭证不包括哪一项？",
        "options": [
            {"key": "A", "text": "姓名"},
            {"key": "B", "text": "证件号码"},
            {"key": "C", "text": "班级密码"},
            {"key": "D", "text": "联系方式"},
        ],
        "answer": ["D"],
    },
    {
        "kind": "multiple_choice",
        "text": "下列哪些属于班主任的工作？",
        "options": [
            {"key": "A", "text": "核对学员报名信息"},
            {"key": "B", "text": "组织学员加入班级"},
            {"key": "C", "text": "确认结业条件"},
            {"key": "D", "text": "修改计费规则"},
        ],
        "answer": ["A", "B", "C"],
    },
    {"kind": "true_false", "text": "提交结业申请后，班级学习和考试功能都会关闭。", "answer": ["T"]},
)
RIGHT = {question["text"]: question["answer"] for question in QUESTIONS}


def prepare_package(people: People) -> dict[str, Any]:
    """The published package, made at the first play and found again afterwards."""
    registrar = people.staff("registrar")
    found = _named(registrar, "/catalog/packages", PACKAGE, owner="own")
    if found is None or not found["published_version"]:
        found = _make_package(people, registrar, found)
    published: dict[str, Any] = registrar.get(
        f"/catalog/packages/{found['id']}/versions/{found['published_version']}"
    )
    return published


def _make_package(people: People, registrar: Client, draft: dict[str, Any] | None) -> dict[str, Any]:
    platform = people.staff("platform")
    courses = [_course(platform, name, video) for name, video in LESSONS]
    paper = _paper(registrar, "班主任操作结业考试", "exam", seconds=900)
    wait_for("the exam paper in the catalog", lambda: _has_paper(registrar, paper))
    if draft is None:
        category = wait_for("the categories", lambda: _category(registrar))
        draft = registrar.post(
            "/catalog/packages",
            {
                "name": PACKAGE,
                "category_id": category["id"],
                "introduction": "<h2>培训目标</h2><p>掌握线上班级的<u>日常管理</u>。</p>",
                "play_order": "sequential",
                "minutes_per_class_hour": 45,
                "documents_count": True,
                "exam_needed": True,
                "exam_paper_version_id": paper,
                "courses": [course["id"] for course in courses],
            },
        )
    version = registrar.post(f"/catalog/packages/{draft['id']}/versions")
    return {**draft, "published_version": version["number"]}


def _course(platform: Client, name: str, video: str) -> dict[str, Any]:
    found = _named(platform, "/catalog/courses", name, owner="official")
    if found is not None:
        return found
    paper = _paper(platform, f"{name} 课后练习", "exercise", seconds=0)
    wait_for("the exercise in the catalog", lambda: _has_paper(platform, paper))
    items = [
        {"kind": "video", "title": f"{name}（视频）", "media_id": _medium(platform, video, "video")},
        {
            "kind": "document",
            "title": f"{name}（讲义）",
            "media_id": _medium(platform, "reading.pdf", "document"),
            "reading_seconds": READING_SECONDS,
        },
        {"kind": "exercise", "title": f"{name}（课后练习）", "paper_version_id": paper},
    ]
    made: dict[str, Any] = platform.post(
        "/catalog/courses", {"name": name, "chapters": [{"title": "第一章", "items": items}]}
    )
    return made


def _medium(owner: Client, file: str, kind: str) -> str:
    """Upload in two parts, as after a lost connection, and wait until the file has been judged."""
    content = (resources.files("catalog.demo") / file).read_bytes()
    upload = owner.post("/catalog/uploads", {"name": file, "size": len(content), "kind": kind})
    path, half = f"/catalog/uploads/{upload['id']}", len(content) // 2
    for start, end in ((0, half), (half, len(content))):
        headers = {"Upload-Offset": str(start), "Content-Type": "application/octet-stream"}
        upload = owner.call("PATCH", path, raw=content[start:end], headers=headers).json
    media = f"/catalog/media/{upload['media_id']}"
    wait_for(f"{file} to be judged", lambda: owner.get(media)["state"] == "ready")
    return str(upload["media_id"])


def _paper(owner: Client, title: str, kind: str, *, seconds: int) -> str:
    """The id of a published paper's version with the three kinds of question."""
    found = _named(owner, "/exam/papers", title)
    if found is None:
        questions = owner.post("/exam/questions/bulk", {"items": list(QUESTIONS)})["items"]
        scored = [{"question_id": q["id"], "score": s} for q, s in zip(questions, (30, 40, 30), strict=True)]
        body = {"title": title, "kind": kind, "pass_score": 60, "questions": scored}
        found = owner.post("/exam/papers", body | ({"seconds": seconds} if seconds else {}))
    if not found["published_number"]:
        return str(owner.post(f"/exam/papers/{found['id']}/versions")["id"])
    return str(owner.get(f"/exam/papers/{found['id']}/versions")["items"][0]["id"])


def _named(reader: Client, path: str, name: str, **query: Any) -> dict[str, Any] | None:
    """The item with exactly this name or title in a searchable list."""
    items = reader.get(path, text=name, **query)["items"]
    return next((item for item in items if name in (item.get("name"), item.get("title"))), None)


def _has_paper(owner: Client, version_id: str) -> bool:
    items = owner.get("/catalog/papers", page_size=100)["items"]
    return any(item["paper_version_id"] == version_id for item in items)


def _category(owner: Client) -> dict[str, Any] | None:
    items = owner.get("/catalog/categories")["items"]
    return next((item for item in items if item["name"] == CATEGORY), None)
