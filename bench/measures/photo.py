"""Photos per second through the real supervision app's photo intake, against a view that only keeps them."""

from __future__ import annotations

import io

import urllib3
from chassis import clock
from PIL import Image, ImageFilter
from supervision.testing import files_in

from bench import load
from bench.figures import Bar, BenchFailed, Figure, median
from bench.floors.common import TABLES
from bench.ground import Ground
from bench.learners import consenting_class, headers_of
from bench.papers import issuer
from bench.parts import floor, web
from bench.rounds import Said, in_turn
from bench.scale import Scale

LIMIT = 0.4
"""Our own bar, the same as that of a check-in beside one INSERT."""
DAYS = 2
WORK, BARE = "photos", "a file and one INSERT"


def measure(ground: Ground, scale: Scale, say: Said) -> list[Figure]:
    """The line of photo intake."""
    ground.renew("supervision")
    ground.execute("floors", *TABLES)
    body, content_type = a_photo_body()
    with (
        issuer() as papers,
        web(ground, "supervision", keys=papers.address) as service,
        floor(ground, "bench.floors.photo:bare") as bare,
    ):
        now = clock.now()
        senders = [
            {**headers_of(each, papers, now=now), "Content-Type": content_type}
            for each in consenting_class(ground, learners=scale.check_ins, days=DAYS, now=now)
        ]

        def plan(port: int, path: str) -> load.Plan:
            return load.Plan(
                host="127.0.0.1",
                port=port,
                requests=[load.Request("POST", path, headers, "photo") for headers in senders],
                bodies={"photo": body},
                clients=scale.clients,
            )

        found = in_turn(
            {
                WORK: lambda: _take_in(ground, plan(service, "/api/v1/supervision/photos")),
                BARE: lambda: load.send(plan(bare, "/photos")).per_second,
            },
            rounds=scale.rounds,
            say=say,
        )
    return [
        Figure(
            name="photo",
            title="photos taken in",
            value=median(found[WORK]),
            unit="/s",
            floor=median(found[BARE]),
            floor_title=BARE,
            bar=Bar(limit=LIMIT),
            details={"rounds": found, "learners": scale.check_ins, "body_bytes": len(body)},
        )
    ]


def _take_in(ground: Ground, plan: load.Plan) -> float:
    """One round: a photo of each learner. Rows of earlier rounds go, because nobody may send twenty in ten minutes."""
    ground.execute("supervision", "DELETE FROM photos", "VACUUM ANALYZE photos")
    before = _files(ground)
    answers = load.send(plan)
    rows = ground.scalar("supervision", "SELECT count(*) FROM photos")
    files = _files(ground) - before
    if not rows == files == len(answers.latencies):
        raise BenchFailed(f"{len(answers.latencies)} photos answered, {rows} rows and {files} files kept")
    return answers.per_second


def _files(ground: Ground) -> int:
    """How many are kept. Those of earlier rounds stay: a file system takes three times as long to make a file where it
    has just removed a thousand, and nobody removes photos while a class takes its own."""
    return len(files_in(ground.folder / "var" / "files" / "faces"))


def a_photo_body() -> tuple[bytes, str]:
    """What a learner's page sends to photo intake, and its content type."""
    return urllib3.encode_multipart_formdata(
        {"photo": ("photo.jpg", a_portrait(), "image/jpeg"), "purpose": "check_in"}
    )


def a_portrait() -> bytes:
    """A picture of nobody, of about the size and weight that the page sends from a phone's front camera."""
    noise = Image.effect_noise((640, 480), 60).filter(ImageFilter.GaussianBlur(1.5)).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=80)
    return out.getvalue()
