"""The gateway's own pages, its documentation, and what guards the browser."""

from __future__ import annotations

import pytest
from edge.testing import GatewayMaker, Upstream
from flask.testing import FlaskClient


def test_the_status_page_says_what_this_is_and_links_on(client: FlaskClient):
    answer = client.get("/status")
    assert answer.status_code == 200
    assert "职业技能线上培训平台" in answer.text
    assert 'href="/docs"' in answer.text
    assert 'href="/status"' in client.get("/docs").text


@pytest.mark.parametrize("path", ["/status", "/docs", "/errors", "/dev/sms"])
def test_pages_allow_scripts_from_here_only(client: FlaskClient, path: str):
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "<script>" not in answer.text
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("name", ["swagger-ui.css", "swagger-ui-bundle.js"])
def test_swagger_ui_is_served_from_here(client: FlaskClient, name: str):
    answer = client.get(f"/docs/assets/{name}")
    assert answer.status_code == 200
    assert len(answer.data) > 100_000
    answer.close()


@pytest.mark.parametrize("path", ["/docs/assets/swagger-ui.js", "/static/../config.py", "/static/nothing.js"])
def test_no_other_file_is_served(client: FlaskClient, path: str):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", ["edge.css", "status.js", "docs.js", "dev_sms.js"])
def test_own_styles_and_scripts_are_served(client: FlaskClient, name: str):
    with client.get(f"/static/{name}") as answer:
        assert answer.status_code == 200


def test_the_contracts_that_exist_are_listed_and_served(client: FlaskClient):
    listed = client.get("/docs/services.json").json
    assert listed == [{"url": "/openapi/identity.yaml", "name": "账号与登录 identity"}]
    assert client.get("/openapi/identity.yaml").text == "openapi: 3.1.0\n"
    assert client.get("/openapi/billing.yaml").status_code == 404
    assert client.get("/openapi/asyncapi.yaml").status_code == 404


def test_the_page_of_errors_has_a_place_for_every_code(client: FlaskClient):
    page = client.get("/errors").text
    assert 'id="identity.sign_in.wrong"' in page
    assert "账号或密码不正确" in page


def test_every_answer_guards_the_browser(client: FlaskClient):
    for path in ("/api/v1/identity/session", "/nothing", "/livez"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "Strict-Transport-Security" not in headers


def test_under_tls_browsers_are_told_to_stay_there(make_gateway: GatewayMaker):
    assert (
        "max-age=31536000"
        in make_gateway({}, tls=True).test_client().get("/livez").headers["Strict-Transport-Security"]
    )


def test_sms_codes_are_shown_in_development_and_never_in_production(
    make_gateway: GatewayMaker, upstream: Upstream
):
    urls = {"identity": upstream.url}
    upstream.answer = lambda handler: handler.say(200, b'{"items":[]}')
    development = make_gateway(urls, env="development").test_client()
    assert development.get("/dev/sms.json").json == {"items": []}
    assert upstream.seen[0].target == "/api/v1/identity/dev/sms"
    production = make_gateway(urls, env="production").test_client()
    assert production.get("/dev/sms.json").status_code == 404
    assert production.get("/dev/sms").status_code == 404
    assert "/dev/sms" not in production.get("/status").text


def test_a_wrong_method_is_a_problem_that_says_which_are_right(client: FlaskClient):
    answer = client.post("/docs")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.content_type == "application/problem+json"
