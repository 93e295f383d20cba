"""C10: linked media."""

import pytest
from catalog.rules.links import LinkInvalid, check_link
from catalog.rules.uploads import MediaKind

ORIGINS = frozenset({"https://example.com", "https://video.example.com", "https://video.example.com:8443"})


@pytest.mark.parametrize("url", ["https://video.example.com/a.mp4", "https://video.example.com:8443/a?b=c"])
def test_https_addresses_are_taken(url: str) -> None:
    check_link(kind=MediaKind.VIDEO, url=url, seconds=60, origins=ORIGINS)
    check_link(kind=MediaKind.DOCUMENT, url=url, seconds=None, origins=ORIGINS)


@pytest.mark.parametrize(
    "url",
    [
        "http://video.example.com/a.mp4",
        "javascript:alert(1)",
        "https://",
        "https://localhost/a",
        "https://user:pass@example.com/a",
        "https://example.com/a b",
        'https://example.com/"onload=',
        "https://example.com:99999/",
        "//example.com/a",
    ],
)
def test_others_are_not(url: str) -> None:
    with pytest.raises(LinkInvalid) as refused:
        check_link(kind=MediaKind.VIDEO, url=url, seconds=60, origins=ORIGINS)
    assert [error.field for error in refused.value.fields] == ["/url"]


def test_a_video_is_told_with_its_length_and_a_document_without() -> None:
    with pytest.raises(LinkInvalid) as refused:
        check_link(kind=MediaKind.VIDEO, url="https://example.com/a", seconds=None, origins=ORIGINS)
    assert [error.field for error in refused.value.fields] == ["/seconds"]
    with pytest.raises(LinkInvalid):
        check_link(kind=MediaKind.DOCUMENT, url="https://example.com/a", seconds=3, origins=ORIGINS)
    with pytest.raises(LinkInvalid):
        check_link(kind=MediaKind.IMAGE, url="https://example.com/a", seconds=None, origins=ORIGINS)


@pytest.mark.parametrize(
    "url",
    ["https://video.example.com.evil.example/a", "https://example.com:8443/a", "https://other.example/a.mp4"],
)
def test_a_site_from_which_no_page_plays_is_refused_with_the_ones_that_are_open(url: str) -> None:
    with pytest.raises(LinkInvalid) as refused:
        check_link(kind=MediaKind.VIDEO, url=url, seconds=60, origins={"https://example.com"})
    (error,) = refused.value.fields
    assert (error.field, error.code) == ("/url", "foreign")
    assert "https://example.com" in error.message


def test_where_no_site_is_open_the_file_is_to_be_uploaded() -> None:
    with pytest.raises(LinkInvalid) as refused:
        check_link(kind=MediaKind.VIDEO, url="https://example.com/a", seconds=60, origins=())
    assert "请上传文件" in refused.value.fields[0].message


def test_host_and_port_of_a_site_are_compared_as_browsers_do() -> None:
    check_link(
        kind=MediaKind.VIDEO, url="https://EXAMPLE.com:443/a", seconds=60, origins={"https://example.com"}
    )
