"""Each failure of the build is one sentence that says what to do."""

import pytest
from suite.pages.errors import explain


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("npm error code ECONNREFUSED\nnpm error errno ECONNREFUSED", "no npm registry answers"),
        ("npm error code ENOTFOUND\nnpm error network request failed", "no npm registry answers"),
        ("npm error code E404\nnpm error 404 Not Found", "no npm registry answers"),
        ("npm error code EINTEGRITY\nnpm error sha512-x integrity checksum failed", "hash does not match"),
        ("npm error code ENOSPC", "disk is full"),
        ("npm error code EACCES\nnpm error syscall mkdir", "cannot be written"),
        (
            "npm error `npm ci` can only install packages when your package.json and lock are in sync.",
            "commit the lock",
        ),
        ("npm error something odd", "something odd"),
    ],
)
def test_what_npm_says_becomes_one_sentence(said: str, sentence: str):
    assert sentence in str(explain("packages", said))


def test_an_error_in_the_sources_is_shown_with_its_place():
    said = (
        "\x1b[31merror during build:\x1b[0m\n"
        "[UNRESOLVED_IMPORT] Could not resolve './x' in src/main.ts\n   at main.ts:3:4"
    )
    told = str(explain("build", said))
    assert "Could not resolve './x' in src/main.ts" in told
    assert "\x1b" not in told
