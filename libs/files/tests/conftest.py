"""A folder and a real S3 server, both held to the same tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from files import FolderStore, Store
from files.s3 import S3Store
from moto.server import ThreadedMotoServer

DATA = Path(__file__).parent / "data"
KEYS = {"aws_access_key_id": "id", "aws_secret_access_key": "secret", "region_name": "us-east-1"}


@pytest.fixture
def data() -> Path:
    """The folder of small real files."""
    return DATA


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """The address of a server that speaks S3, with the bucket `kaike`."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=endpoint, **KEYS).create_bucket(Bucket="kaike")
    yield endpoint
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Each of the two stores."""
    if request.param == "folder":
        return FolderStore(tmp_path / "files")
    return S3Store(
        bucket="kaike",
        endpoint_url=request.getfixturevalue("s3_endpoint"),
        region="us-east-1",
        access_key_id="id",
        secret_access_key="secret",
    )
