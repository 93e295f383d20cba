"""S1, X13: the ticket names the document without its number; only an outside verifier opens what is sealed for it."""

import base64
import json

import pytest
from chassis.config import SettingMissing, Settings
from classroom.config import verifier_key
from classroom.joining.actions.identify import identify
from classroom.joining.testing import enrol, open_training_class
from classroom.roster.models import DocumentCipher
from classroom.testing import CIPHER
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox


@pytest.fixture
def enrolled(session, clock):
    """Enrols a person in a class of their own."""
    passwords = iter(("438611", "438612", "438613"))

    def make(number: str, *, name: str = "张三", document_type: str = "passport"):
        opened = open_training_class(session, now=clock.now, package=None, password=next(passwords))
        row = enrol(session, training_class=opened, cipher=CIPHER, name=name, number=number, now=clock.now)
        row.document_type = document_type
        return row

    return make


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def fingerprint(enrolment) -> str:
    return identify(enrolment, cipher=CIPHER, verifier_key=None).document


def test_the_same_document_has_one_fingerprint_in_every_class(enrolled) -> None:
    assert fingerprint(enrolled("E1")) == fingerprint(enrolled("e1", name="李四"))


def test_a_namesake_has_another(enrolled) -> None:
    assert fingerprint(enrolled("E1")) != fingerprint(enrolled("E2"))


def test_the_same_number_on_another_type_of_document_has_another(enrolled) -> None:
    assert fingerprint(enrolled("E1")) != fingerprint(enrolled("E1", document_type="taiwan_permit"))


def test_it_says_nothing_of_the_number_and_needs_a_key_of_its_own(enrolled) -> None:
    enrolment = enrolled("E12345678")
    other_key = DocumentCipher(keys={1: b"k" * 32}, current=1, index_key=b"i" * 32, fingerprint_key=b"g" * 32)
    assert fingerprint(enrolment) != identify(enrolment, cipher=other_key, verifier_key=None).document
    assert unpadded(fingerprint(enrolment)) != enrolment.document_index


def test_what_is_sealed_for_a_verifier_only_its_key_opens(enrolled) -> None:
    authority = PrivateKey.generate()
    identity = identify(enrolled("E12345678"), cipher=CIPHER, verifier_key=authority.public_key)
    assert identity.sealed is not None
    box = unpadded(identity.sealed)
    assert b"E12345678" not in box
    person = json.loads(SealedBox(authority).decrypt(box))
    assert person == {"name": "张三", "document_type": "passport", "document_number": "E12345678"}
    with pytest.raises(CryptoError):
        SealedBox(PrivateKey.generate()).decrypt(box)


def test_without_a_verifiers_key_nothing_is_sealed(enrolled) -> None:
    assert identify(enrolled("E1"), cipher=CIPHER, verifier_key=None).sealed is None


@pytest.mark.parametrize("said", ["AAAA", "not base64!", "A" * 43])
def test_a_key_that_is_none_stops_the_process_at_once(said: str) -> None:
    environ = {"KAIKE_ENV": "test", "KAIKE_SECRET": "x" * 32, "DATABASE_URL": "sqlite://"}
    settings = Settings.from_env("classroom", {**environ, "KAIKE_REAL_NAME_VERIFIER_KEY": said})
    with pytest.raises(SettingMissing, match="KAIKE_REAL_NAME_VERIFIER_KEY"):
        verifier_key(settings)
