"""C1: what survives the sanitiser, and what does not."""

import uuid

import pytest
from catalog.schemas.html import RichText, media_ids_in, sanitised, with_links
from marshmallow import ValidationError

ID = "01994000-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    "html",
    [
        "<h2>标题</h2><p><b>粗</b><i>斜</i><u>下划线</u>x<sup>2</sup>H<sub>2</sub>O</p>",
        '<p><span style="color:#ff0000">红</span></p>',
        "<ul><li>一</li></ul><ol><li>二</li></ol>",
        '<table><tbody><tr><th>课程</th><td colspan="2">学时</td></tr></tbody></table>',
        '<p style="text-align:center">居中</p>',
        f'<img data-media="{ID}" alt="封面">',
        f'<video data-media="{ID}" controls=""></video>',
        f'<audio data-media="{ID}" controls=""></audio>',
    ],
)
def test_what_the_editor_offers_survives(html: str) -> None:
    assert sanitised(html) == html


def test_links_survive_and_tell_nothing_to_where_they_lead() -> None:
    found = sanitised('<a href="https://example.com">链接</a>')
    assert found == '<a href="https://example.com" rel="noopener noreferrer nofollow">链接</a>'


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<script>alert(1)</script>文", "文"),
        ('<p onclick="alert(1)">文</p>', "<p>文</p>"),
        ('<a href="javascript:alert(1)">文</a>', '<a rel="noopener noreferrer nofollow">文</a>'),
        ('<img src="x" onerror="alert(1)">', "<img>"),
        ('<img src="data:image/svg+xml,<svg onload=alert(1)>">', "<img>"),
        ("<iframe src='https://evil.example'></iframe>文", "文"),
        ("<svg><script>alert(1)</script></svg>文", "文"),
        ("<style>p{display:none}</style>文", "文"),
        ('<p style="position:fixed;color:red">文</p>', '<p style="color:red">文</p>'),
        ('<form action="/x"><input name="a"></form>文', "文"),
        ('<img data-media="../../secret">', "<img>"),
        ("<!-- 注释 -->文", "文"),
    ],
)
def test_what_could_run_or_lead_astray_does_not(html: str, left: str) -> None:
    assert sanitised(html) == left


def test_an_address_of_ours_is_not_stored_because_it_expires() -> None:
    assert sanitised(f'<img data-media="{ID}" src="/media/token">') == f'<img data-media="{ID}">'
    assert sanitised('<img src="/media/token">') == "<img>"
    assert (
        sanitised(f'<img alt="a > b" data-media="{ID}" src="https://evil.example/x.png">').count("src=") == 0
    )


def test_reading_fills_in_a_fresh_address() -> None:
    html = sanitised(f'<p>图</p><img data-media="{ID}"><video data-media="{ID}"></video>')
    assert media_ids_in(html) == [uuid.UUID(ID)]
    shown = with_links(html, lambda media_id: f"/media/{media_id}")
    assert shown.count(f'src="/media/{ID}"') == 2
    assert "src" not in with_links(html, lambda media_id: None)
    assert sanitised(shown) == html


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://example.com/a.png">',
        "<img src='HTTPS://example.com/a.png'>",
        '<img src="http://example.com/a.png">',
        '<img src="//example.com/a.png">',
        '<video src="https://example.com/a.mp4" controls></video>',
        '<video controls><source src="https://example.com/a.mp4"></video>',
        '<audio src="https://example.com/a.mp3"></audio>',
    ],
)
def test_media_of_another_site_are_refused_in_words_because_no_page_would_show_them(html: str) -> None:
    with pytest.raises(ValidationError, match="须先上传"):
        RichText().deserialize(f"<p>介绍</p>{html}")


def test_media_of_ours_are_taken_also_when_they_come_back_with_the_address_that_was_shown() -> None:
    shown = f'<p>图</p><img data-media="{ID}" src="https://media.example/media/token">'
    assert RichText().deserialize(shown) == f'<p>图</p><img data-media="{ID}">'


@pytest.mark.parametrize("written", ["\uffff", "\x01", "&#xFFFF;", "&#1;", "&#xFDD0;"])
def test_a_character_that_no_text_may_have_is_refused_however_it_is_written(written: str) -> None:
    with pytest.raises(ValidationError):
        RichText().deserialize(f"<p>甲{written}乙</p>")
    with pytest.raises(ValidationError):
        RichText().deserialize(f'<a title="{written}">乙</a>')
