"""Where the reader's keys come from: the issuer, else what was kept on disk; asked seldom, and waited for."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from chassis.config import Settings
from chassis.papers import BadPaper, ExpiredPaper, KeysUnavailable, Papers
from chassis.testing import race
from joserfc import jwt
from joserfc.jwk import ECKey

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


class Issuer:
    """A service whose keys can be had by HTTP; `gate` holds its answers back."""

    def __init__(self):
        self.keys = [ECKey.generate_key("P-256", parameters={"kid": "first"})]
        self.asked = 0
        self.gate = threading.Event()
        self.gate.set()
        self.body = None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked += 1
                outer.gate.wait(5)
                body = outer.body or json.dumps({"keys": [k.as_dict(private=False) for k in outer.keys]})
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def paper(self, *, key=0, alg="ES256", **claims):
        issued = int(NOW.timestamp())
        body = {"iss": "identity", "nbf": issued, "exp": issued + 60, "sub": "x", **claims}
        header = {"alg": alg, "kid": self.keys[key].kid, "typ": "access"}
        return jwt.encode(header, body, self.keys[key], algorithms=[alg])


@pytest.fixture
def issuer():
    found = Issuer()
    yield found
    found.stop()


@pytest.fixture
def reader(issuer, tmp_path):
    def make(url=issuer.url, var=tmp_path):
        environ = {"KAIKE_ENV": "test", "KAIKE_SECRET": "s", "KAIKE_VAR": str(var), "KAIKE_URL_IDENTITY": url}
        return Papers(Settings.from_env("bakery", environ), trusts=("identity",))

    return make


def read(papers, paper, at=NOW):
    return papers.read(paper, typ="access", issuer="identity", now=at)["sub"]


def test_who_comes_while_the_first_keys_are_on_their_way_waits_for_them(issuer, reader):
    papers, paper = reader(), issuer.paper()
    assert race(*[lambda: read(papers, paper)] * 6) == ["x"] * 6
    assert issuer.asked == 1


def test_a_new_key_is_asked_for_once_and_nobody_is_refused_meanwhile(issuer, reader):
    papers = reader()
    read(papers, issuer.paper())
    issuer.keys.append(ECKey.generate_key("P-256", parameters={"kid": "second"}))
    papers._asked["identity"] -= 10
    papers_of = [issuer.paper(key=1, number=number) for number in range(6)]
    assert race(*[lambda paper=paper: read(papers, paper) for paper in papers_of]) == ["x"] * 6
    assert issuer.asked == 2


def test_forged_key_names_do_not_make_us_ask_each_time(issuer, reader):
    papers = reader()
    good = issuer.paper()
    read(papers, good)
    for number in range(5):
        issuer.keys[0] = ECKey.import_key({**issuer.keys[0].as_dict(private=True), "kid": f"forged-{number}"})
        with pytest.raises(BadPaper):
            read(papers, issuer.paper())
    assert issuer.asked == 1
    assert read(papers, good) == "x"


def test_who_holds_the_key_does_not_wait_for_a_slow_issuer(issuer, reader):
    papers = reader()
    read(papers, issuer.paper())
    papers._asked["identity"] -= 1000
    issuer.gate.clear()
    asking = threading.Thread(target=lambda: read(papers, issuer.paper(number=1)))
    asking.start()
    while issuer.asked < 2:
        threading.Event().wait(0.001)
    assert read(papers, issuer.paper(number=2)) == "x", "the old keys are good while the new are awaited"
    issuer.gate.set()
    asking.join()


def test_the_last_good_keys_on_disk_serve_a_start_without_the_issuer(issuer, reader, tmp_path):
    read(reader(), issuer.paper())
    away = reader(url="http://127.0.0.1:9")
    assert read(away, issuer.paper()) == "x"
    with pytest.raises(KeysUnavailable):
        read(reader(url="http://127.0.0.1:9", var=tmp_path / "other"), issuer.paper())


@pytest.mark.parametrize("body", ["[]", "7", "{}", '{"keys": [{"kty": "EC"}]}', "<html>"])
def test_an_answer_that_is_no_key_set_leaves_the_last_good_one(issuer, reader, body):
    papers = reader()
    read(papers, issuer.paper())
    papers._asked["identity"] -= 1000
    issuer.body = body
    assert read(papers, issuer.paper(number=1)) == "x"


def test_a_disk_that_cannot_be_written_costs_nobody_an_answer(issuer, reader, tmp_path):
    (tmp_path / "jwks").write_text("a file where the folder should be")
    assert read(reader(), issuer.paper()) == "x"


def test_a_paper_has_a_second_of_leeway_at_its_begin_and_none_at_its_end(issuer, reader):
    papers, paper = reader(), issuer.paper()
    assert read(papers, paper, NOW - timedelta(seconds=1)) == "x"
    assert read(papers, paper, NOW + timedelta(seconds=59.999)) == "x"
    for at in (NOW - timedelta(seconds=1.001), NOW + timedelta(seconds=60)):
        with pytest.raises(ExpiredPaper):
            read(papers, paper, at)


def test_a_public_key_is_no_shared_secret(issuer, reader):
    """The oldest trick: sign by HMAC with the published key as the secret."""
    from joserfc.jwk import OctKey

    public = json.dumps(issuer.keys[0].as_dict(private=False))
    body = {"iss": "identity", "nbf": 0, "exp": int(NOW.timestamp()) + 60, "sub": "x"}
    header = {"alg": "HS256", "kid": "first", "typ": "access"}
    forged = jwt.encode(header, body, OctKey.import_key(public), algorithms=["HS256"])
    with pytest.raises(BadPaper):
        read(reader(), forged)


@pytest.mark.parametrize("claims", [{"iss": "classroom"}, {"exp": None}, {"nbf": "0"}, {"exp": "9999999999"}])
def test_a_genuine_paper_without_the_claims_of_one_is_bad(issuer, reader, claims):
    with pytest.raises(BadPaper):
        read(reader(), issuer.paper(**claims))
