"""Document numbers at rest (X13)."""

from dataclasses import replace
from pathlib import Path

import pytest
from chassis.config import SettingMissing, Settings
from chassis.ids import new_id
from classroom.config import document_key
from classroom.roster.models import DocumentCipher
from classroom.roster.models.cipher import SealBroken

NUMBER = "11010519491231002X"


def settings(**environ: str) -> Settings:
    env = {"KAIKE_ENV": "test", "KAIKE_SECRET": "a secret of the tests", "KAIKE_VAR": "var"}
    return replace(Settings.from_env("classroom", env), var=Path("var"), environ=environ)


def test_a_number_opens_for_its_own_enrolment_only():
    cipher, mine = DocumentCipher.from_settings(settings()), new_id()
    sealed = cipher.seal(NUMBER, enrolment_id=mine)
    assert cipher.open(sealed, enrolment_id=mine) == NUMBER
    with pytest.raises(SealBroken):
        cipher.open(sealed, enrolment_id=new_id())
    with pytest.raises(SealBroken):
        cipher.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), enrolment_id=mine)


def test_the_same_number_is_never_sealed_alike_and_always_indexed_alike():
    cipher, mine = DocumentCipher.from_settings(settings()), new_id()
    assert cipher.seal(NUMBER, enrolment_id=mine) != cipher.seal(NUMBER, enrolment_id=mine)
    assert cipher.index(NUMBER) == cipher.index(NUMBER)
    assert len(cipher.index(NUMBER)) == 32


def test_a_new_key_opens_what_the_old_one_sealed():
    mine = new_id()
    before = DocumentCipher.from_settings(settings()).seal(NUMBER, enrolment_id=mine)
    later = DocumentCipher.from_settings(settings(KAIKE_DOCUMENT_KEY="2"))
    after = later.seal(NUMBER, enrolment_id=mine)
    assert (before[0], after[0]) == (1, 2)
    assert later.open(before, enrolment_id=mine) == later.open(after, enrolment_id=mine) == NUMBER
    with pytest.raises(SealBroken):
        DocumentCipher.from_settings(settings()).open(after, enrolment_id=mine)


@pytest.mark.parametrize("said", ["0", "256", "x", "-1"])
def test_a_key_that_cannot_be_is_refused_at_the_start(said):
    with pytest.raises(SettingMissing):
        document_key(settings(KAIKE_DOCUMENT_KEY=said))
