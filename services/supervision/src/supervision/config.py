"""Settings of supervision that the chassis does not know."""

from chassis.config import SettingMissing, Settings

from supervision.real_name.rules.verifying import RosterMatch, Verifier

VERIFIERS: dict[str, type[Verifier]] = {"roster_match": RosterMatch}


def verifier_from(settings: Settings) -> Verifier:
    """The verifier that `KAIKE_REAL_NAME_VERIFIER` names ("roster_match" unless told otherwise).

    Raises SettingMissing for a name that is not known.
    """
    name = settings.environ.get("KAIKE_REAL_NAME_VERIFIER") or "roster_match"
    try:
        return VERIFIERS[name]()
    except KeyError:
        known = ", ".join(sorted(VERIFIERS))
        raise SettingMissing(f"KAIKE_REAL_NAME_VERIFIER must be one of {known}, not {name!r}") from None
