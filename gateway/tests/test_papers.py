"""A media link as contracts/papers promises it leads edge-media to its file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from chassis.papers import Papers
from chassis.testing import TestIssuer, paper_examples
from edge.config import EdgeSettings
from edge.media import create_app
from files import FolderStore

EXAMPLES = paper_examples("media")


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_media_link_as_promised_is_followed(
    tmp_path: Path, contracts: Path, issuer: TestIssuer, clock: Any, name: str
):
    settings = EdgeSettings(
        env="test", urls={"catalog": "http://127.0.0.1:9"}, var=tmp_path, contracts=contracts
    )
    papers = Papers(settings.for_chassis("edge_media"), trusts=("catalog",))
    issuer.trusted_by(papers, issuers=frozenset({"catalog"}))
    store = FolderStore(tmp_path / "files")
    place = tmp_path / "files" / EXAMPLES[name]["key"]
    place.parent.mkdir(parents=True)
    place.write_bytes(b"a film")
    client = create_app(settings, store=store, papers=papers).test_client()
    answer = client.get(f"/media/{issuer.paper('catalog', 'media', EXAMPLES[name], now=clock.now)}")
    assert (answer.status_code, answer.data) == (200, b"a film")
    assert answer.content_type == EXAMPLES[name]["content_type"]
