"""What the stories of one role find when they begin: classes in every state, made over HTTP as the demo makes them."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from suite.demo import learning, opening, settling, teaching
from suite.demo.people import People, Person
from suite.testing.people.signing_in import PASSWORD


class World(Mapping[str, dict[str, Any]]):
    """Made piece by piece, when a story first asks for it: ``world["open"]["id"]``."""

    password = PASSWORD

    def __init__(self, address: str) -> None:
        """``address`` is the gateway's."""
        self.people = People(address)

    def __getitem__(self, name: str) -> dict[str, Any]:
        """One piece by its name."""
        found: dict[str, Any] = getattr(self, name)
        return found

    def __iter__(self) -> Iterator[str]:
        """The names of the pieces."""
        return iter(("package", "draft", "opening", "open", "order", "settlement", "provider", "dealer"))

    def __len__(self) -> int:
        """How many there are."""
        return len(list(iter(self)))

    @cached_property
    def package(self) -> dict[str, Any]:
        """The published package with real media, and the price agreement without which nothing opens."""
        opening.agree_price(self.people)
        return teaching.prepare_package(self.people)

    @cached_property
    def draft(self) -> dict[str, Any]:
        """A class that is set up, with its roster, but not opened (未开班)."""
        return self.new_draft()

    def new_draft(self) -> dict[str, Any]:
        """Another such class."""
        return self._class(self._with_roster()["id"])

    @cached_property
    def opening(self) -> dict[str, Any]:
        """A class whose opening waits for the first review (开班审核中), with ``application_id``."""
        return self.new_opening()

    def new_opening(self) -> dict[str, Any]:
        """Another such class."""
        made = self._with_roster()
        application = opening.submit_opening(self.people, made["id"])
        return {**self._class(made["id"]), "application_id": application["id"]}

    @cached_property
    def open(self) -> dict[str, Any]:
        """An open class (已开班) that two learners have joined."""
        made = self._with_roster()
        opening.open_class(self.people, made["id"])
        found = self._class(made["id"])
        for person in self.people.roster[1:3]:
            self.joined(person, found)
        return found

    @cached_property
    def order(self) -> dict[str, Any]:
        """An order that waits for its settlement (未结算): of a class that graduated."""
        return self.new_order()

    def new_order(self) -> dict[str, Any]:
        """Another such order."""
        made = self._with_roster()
        opening.open_class(self.people, made["id"])
        found = self._class(made["id"])
        for person in self.people.roster:
            self.joined(person, found)
        settling.graduate(self.people, made["id"])
        return settling.find_order(self.people, made["id"])

    @cached_property
    def settlement(self) -> dict[str, Any]:
        """A settlement with its voucher that waits for the dealer."""
        return self.submitted(self.new_order())

    def submitted(self, order: dict[str, Any]) -> dict[str, Any]:
        """The settlement of this order, waiting for the dealer."""
        return settling.submit(self.people, order)

    @cached_property
    def provider(self) -> dict[str, Any]:
        """The demo's first provider, as the platform sees it."""
        return self._registered("providers", "000001")

    @cached_property
    def dealer(self) -> dict[str, Any]:
        """Its dealer, with credentials for one program."""
        found = self._registered("dealers", "D0001")
        self.people.staff("platform").post(f"/identity/dealers/{found['id']}/clients", {"name": "账务系统"})
        return found

    def _registered(self, what: str, code: str) -> dict[str, Any]:
        found = self.people.staff("platform").get(f"/identity/{what}", text=code)
        return next(each for each in found["items"] if each["code"] == code)

    def _with_roster(self) -> dict[str, Any]:
        made = opening.create_class(self.people, self.package)
        opening.import_roster(self.people, made["id"])
        return made

    def joined(self, person: Person, training_class: dict[str, Any]) -> learning.Learner:
        """Somebody of the roster, joined by program."""
        learner = learning.Learner(person, self.people.by_password(person))
        learner.join(training_class["class_password"])
        return learner

    def _class(self, class_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.people.staff("teacher").get(f"/classroom/classes/{class_id}")
        return found
