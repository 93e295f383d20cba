from supervision.app import SERVICE
from supervision.photos.jobs.drop_unused import DROP_UNUSED
from supervision.photos.models import Photo


def test_the_worker_drops_what_has_not_served(learner, session, app, clock, monkeypatch) -> None:
    assert DROP_UNUSED in SERVICE.periodic
    settings = app.extensions["kaike.runtime"].settings
    monkeypatch.setenv("KAIKE_ENV", "test")
    monkeypatch.setenv("KAIKE_SECRET", settings.secret_key)
    monkeypatch.setenv("KAIKE_VAR", str(settings.var))
    learner.verify()
    learner.take_photo()
    lying = settings.var / "files" / session.query(Photo).one().key
    assert lying.is_file()
    DROP_UNUSED.run(session, clock.advance(hours=2))
    assert not lying.exists()
