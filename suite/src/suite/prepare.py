"""Before a service starts: its database, its migrations and, on a machine of one's own, its demo data."""

from importlib import import_module

from chassis.clock import now
from chassis.config import Settings
from chassis.db import transaction
from chassis.db.migrate import migrate
from chassis.service import Service, load
from sqlalchemy.orm import Session

from suite.databases import create_if_missing


def bring_up_to_date(name: str) -> str:
    """Create the service's database when it is missing, migrate it and return its revision."""
    service = load(name)
    settings = Settings.from_env(name)
    create_if_missing(settings.database_url)
    return migrate(name, settings.database_url, service.db)


def seed(name: str) -> None:
    """Fill in the service's demo data; what is there already stays as it is. Production gets none."""
    service = load(name)
    if service.seed is None or Settings.from_env(name).env == "production":
        return
    app = import_module(f"{name}.app").create_app()
    with app.app_context():
        _fill(service, service.db.session())


def _fill(service: Service, session: Session) -> None:
    assert service.seed is not None
    with transaction(session):
        service.seed(session, now())
