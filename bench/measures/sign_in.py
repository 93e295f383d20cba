"""A class signs in at once through the gateway, while others go on looking at pages."""

from __future__ import annotations

import json
import subprocess
import sys

from chassis import clock
from chassis.ids import new_id
from identity.models import Account, Grant
from identity.testing import PASSWORD, password_hash
from suite.demo.client import Client
from suite.demo.people import People
from suite.testing.running import RunningSuite

from bench import load
from bench.figures import Bar, Figure, median
from bench.ground import Ground
from bench.rounds import Said, in_turn
from bench.scale import Scale
from bench.whole import whole_suite

MOST_SECONDS, MOST_MS = 8.0, 300.0
WORK, BARE = "seconds to sign in", "the hashes alone"
FIRST_MOBILE = 18_600_000_000


def measure(ground: Ground, scale: Scale, say: Said) -> list[Figure]:
    """The lines of signing in."""
    with whole_suite(ground) as suite:
        mobiles = _learners(ground, scale)
        room = _Room(suite, mobiles, scale)
        found = in_turn({WORK: room.sign_in, BARE: lambda: _hashes(scale)}, rounds=scale.rounds, say=say)
    late = room.late[-scale.rounds :]
    details = {"rounds": found, "p99_ms_of_others": late, "others": room.others[-scale.rounds :]}
    return [
        Figure(
            name="sign-in",
            title=f"{scale.sign_ins} learners sign in through the gateway",
            value=median(found[WORK]),
            unit="s",
            floor=median(found[BARE]),
            floor_title=BARE,
            judged=False,
            bar=Bar(limit=MOST_SECONDS, least=False),
            details=details,
        ),
        Figure(
            name="sign-in-others",
            title="others' requests meanwhile, 99th percentile",
            value=median(late),
            unit="ms",
            bar=Bar(limit=MOST_MS, least=False),
            details=details,
        ),
    ]


def _learners(ground: Ground, scale: Scale) -> list[str]:
    """Accounts with a password. One hash for all of them: to verify it takes as long."""
    now, mobiles = clock.now(), [str(FIRST_MOBILE + number) for number in range(scale.sign_ins)]
    with ground.session("identity") as session:
        for mobile in mobiles:
            account = Account(
                id=new_id(),
                mobile=mobile,
                name="学员",
                password_hash=password_hash(),
                active=True,
                created_at=now,
                updated_at=now,
            )
            session.add(account)
            session.flush()
            session.add(Grant(account_id=account.id, role="learner"))
    return mobiles


class _Room:
    """A class and the others."""

    def __init__(self, suite: RunningSuite, mobiles: list[str], scale: Scale) -> None:
        self._suite = suite
        self._mobiles = mobiles
        self._scale = scale
        self.late: list[float] = []
        """Of each round the others' 99th percentile in milliseconds."""
        self.others: list[int] = []
        """Of each round how many requests of others were answered."""

    def sign_in(self) -> float:
        """One round: seconds from the first request to the last answer."""
        with load.beside(self._others()) as others:
            answers = load.send(self._class())
        self.late.append(others.answers.milliseconds(0.99))
        self.others.append(len(others.answers.latencies))
        return answers.seconds

    def _class(self) -> load.Plan:
        """Everybody at the same moment, each on a connection and from an address of their own, as from their phones."""
        bodies = {
            mobile: json.dumps({"login": mobile, "password": PASSWORD}).encode() for mobile in self._mobiles
        }
        said = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "kaike-bench"}
        return load.Plan(
            host="127.0.0.1",
            port=self._suite.port,
            requests=[load.Request("POST", "/api/v1/identity/session", said, each) for each in self._mobiles],
            bodies=bodies,
            clients=len(self._mobiles),
            sources=[f"127.0.{1 + place // 250}.{1 + place % 250}" for place in range(len(self._mobiles))],
            connected=False,
            again=True,
        )

    def _others(self) -> load.Plan:
        """Staff and a learner who have signed in before, at a steady pace until the class is in."""
        people = People(self._suite.url)
        learner, registrar = people.by_password(people.roster[0]), people.staff("registrar")
        looks = (
            (registrar, "/classroom/classes"),
            (learner, "/classroom/my/classes"),
            (registrar, "/identity/me"),
            (registrar, "/catalog/categories"),
            (learner, "/identity/me"),
        )
        return load.Plan(
            host="127.0.0.1",
            port=self._suite.port,
            requests=[load.Request("GET", f"/api/v1{path}", _bearer(who)) for who, path in looks],
            clients=self._scale.beside,
            pace=1 / self._scale.glances,
            cycle=True,
        )


def _bearer(client: Client) -> dict[str, str]:
    return {"Authorization": f"Bearer {client.token}", "Accept": "application/json"}


def _hashes(scale: Scale) -> float:
    """The floor: seconds for the hashes alone."""
    command = [sys.executable, "-m", "suite.benches", "bench.floors.hashing", str(scale.sign_ins)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return float(done.stdout)
