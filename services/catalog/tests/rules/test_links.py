"""C10: linked media."""

import pytest
from catalog.rules.links import LinkInvalid, check_link
from catalog.rules.uploads import MediaKind


@pytest.mark.parametrize("url", ["https://video.example.com/a.mp4", "https://video.example.com:8443/a?b=c"])
def test_https_addresses_are_taken(url: str) -> None:
    check_link(kind=MediaKind.VIDEO, url=url, seconds=60)
    check_link(kind=MediaKind.DOCUMENT, url=url, seconds=None)


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
        check_link(kind=MediaKind.VIDEO, url=url, seconds=60)
    assert [error.field for error in refused.value.fields] == ["/url"]


def test_a_video_is_told_with_its_length_and_a_document_without() -> None:
    with pytest.raises(LinkInvalid) as refused:
        check_link(kind=MediaKind.VIDEO, url="https://example.com/a", seconds=None)
    assert [error.field for error in refused.value.fields] == ["/seconds"]
    with pytest.raises(LinkInvalid):
        check_link(kind=MediaKind.DOCUMENT, url="https://example.com/a", seconds=3)
    with pytest.raises(LinkInvalid):
        check_link(kind=MediaKind.IMAGE, url="https://example.com/a", seconds=None)
