"""A camera that gives no picture, and a lesson whose link has ended: the page says so, or goes on by itself."""

import re

import pytest
from suite.testing.people import Learner

NEVER_ANSWERS = "navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined)"
NO_FRAME = (
    """navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream(0)"""
)
NO_API = """Object.defineProperty(navigator, "mediaDevices", { value: undefined })"""
PLAY_REFUSED = """
const play = HTMLMediaElement.prototype.play;
let asked = 0;
HTMLMediaElement.prototype.play = function () {
  return ++asked === 1 ? Promise.reject(new DOMException("no", "NotAllowedError")) : play.call(this);
};
"""
PLACE = "/learn/classes/{id}/check-in"


def before_the_camera(visit, stage, world, *, person: int, script: str) -> Learner:
    """A learner on the page of check-ins, before whom the camera is opened with this browser."""
    who = world.people.roster[person]
    world.joined(who, world["open"])
    learner = visit(Learner, stage, phone=True).signed_in(who.mobile, who.password)
    learner.page.add_init_script(script)
    learner.page.clock.install()
    learner.opens(PLACE.format(**world["open"]))
    learner.page.get_by_role("checkbox").check()
    return learner


@pytest.mark.parametrize(
    ("name", "script", "seconds", "words"),
    [
        ("silent", NEVER_ANSWERS, 21, "摄像头一直没有响应"),
        ("no-picture", NO_FRAME, 9, "摄像头已打开，但没有画面"),
        ("unsupported", NO_API, 0, "当前浏览器不能使用摄像头"),
    ],
    ids=["silent", "no-picture", "unsupported"],
)
def test_a_camera_that_gives_no_picture_is_told_with_another_way(
    visit, stage, world, name: str, script: str, seconds: int, words: str
):
    learner = before_the_camera(visit, stage, world, person=8, script=script)
    if seconds:
        learner.sees("正在打开摄像头")
        learner.page.clock.fast_forward(seconds * 1000)
    learner.sees(words, "重新打开摄像头", "拍照上传").looks_at(f"camera-{name}")


def test_a_picture_that_the_browser_will_not_start_is_shown_by_a_press(visit, stage, world):
    learner = before_the_camera(visit, stage, world, person=9, script=PLAY_REFUSED)
    learner.sees("浏览器没有自动显示画面").looks_at("camera-play-refused")
    learner.presses("显示画面").presses("拍照").sees("重拍")


def test_a_video_whose_link_has_ended_goes_on_by_a_new_one_at_the_same_place(visit, stage, world):
    """K27, C10: links live ten minutes. Of the first one the browser gets the beginning alone."""
    person = world.people.roster[10]
    world.joined(person, world["open"])
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    learner.watch.expect(410, "/media/")
    learner.watch.expect(409, "/passes")
    learner.opens(f"/learn/classes/{world['open']['id']}").checks_in()
    links, begun = [], set()

    def answer(route) -> None:
        address = route.request.url
        if address not in links:
            links.append(address)
        if address != links[0]:
            route.continue_()
        elif address in begun:
            gone = {
                "code": "media.link.expired",
                "status": 410,
                "title": "播放地址已过期",
                "detail": "播放地址已过期",
            }
            route.fulfill(status=410, json={**gone, "next_step": "请刷新页面。"})
        else:
            begun.add(address)
            whole = route.fetch(headers={**route.request.headers, "range": "bytes=0-"}).body()
            part = whole[: len(whole) // 2]
            headers = {"Content-Range": f"bytes 0-{len(part) - 1}/{len(whole)}", "Accept-Ranges": "bytes"}
            route.fulfill(status=206, body=part, headers={**headers, "Content-Type": "video/mp4"})

    learner.page.route(re.compile("/media/[^/]+$"), answer)
    learner.opens(f"/learn/classes/{world['open']['id']}").begins_to_learn()
    learner.page.wait_for_function("() => document.querySelector('video')?.readyState >= 1")
    learner.page.locator("video").evaluate("video => video.play()")
    learner.sees("本课时已学完")
    assert len(links) == 2
    assert learner.page.get_by_text("内容没有加载出来").count() == 0
