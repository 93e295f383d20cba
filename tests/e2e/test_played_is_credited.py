"""Pauses, locks and app switches at any millisecond: all that was played is credited, nothing rewinds, nothing false
is said (K18)."""

import random

import pytest
from suite.demo.client import wait_for
from suite.testing.people import Learner

SEED = 20261130
FALSE = ("这一段已经学过", "已回到没有计入的位置", "学习会话已重新开始", "没有计入，")
PLAYS = """
async (moments) => {
    const video = document.querySelector('video');
    const until = (holds) => new Promise((done, give_up) => {
        const late = Date.now() + 15000;
        const look = () => {
            if (holds()) done();
            else if (Date.now() > late) give_up(new Error(`not within 15 s: ${holds}`));
            else setTimeout(look, 1);
        };
        look();
    });
    let furthest = 0;
    let rewound = 0;
    video.addEventListener('timeupdate', () => {
        rewound = Math.max(rewound, furthest - video.currentTime);
        furthest = Math.max(furthest, video.currentTime);
    });
    const said = new Set();
    new MutationObserver(() => said.add(document.querySelector('.below')?.innerText ?? ''))
        .observe(document.body, { subtree: true, childList: true, characterData: true });
    await video.play();
    for (const [at, kind] of moments) {
        await until(() => video.currentTime >= at && !video.paused);
        if (kind === 'pause') {
            video.pause();
            await until(() => video.paused);
            await new Promise((done) => setTimeout(done));
            await video.play();
            continue;
        }
        window.turned(false);
        if (kind === 'leave') window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
        await until(() => video.paused);
        window.turned(true);
    }
    await until(() => video.currentTime >= moments.at(-1)[0] + 0.2);
    video.pause();
    await until(() => video.paused);
    return { position: video.currentTime, rewound, said: [...said].join('\\n') };
}
"""
OBSERVED = """
window.reports = [];
const reach = window.fetch;
window.fetch = async (request, ...others) => {
    if (request.url?.endsWith('/reports')) {
        const body = JSON.parse(await request.clone().text());
        window.reports.push(...body.reports.map(({ id }) => id));
    }
    return reach(request, ...others);
};
window.turned = (seen) => {
    const shown = seen ? 'visible' : 'hidden';
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !seen });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => shown });
    document.dispatchEvent(new Event('visibilitychange'));
};
"""


@pytest.fixture
def learner(visit, stage, world):
    """A learner with a phone in front of the first video, checked in."""
    person, class_id = world.people.roster[8], world["open"]["id"]
    world.joined(person, world["open"])
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    learner.context.add_init_script(OBSERVED)
    learner.watch.expect(409, "/passes")
    learner.watch.expect(409, "/ticket")
    learner.opens(f"/learn/classes/{class_id}").checks_in()
    learner.opens(f"/learn/classes/{class_id}").begins_to_learn()
    learner.page.wait_for_function("() => document.querySelector('video')?.readyState === 4")
    return learner


def item_of(learner):
    class_id, item_id = learner.page.url.split("/")[-3::2]
    page = learner.api(f"/classroom/my/classes/{class_id}")
    return next(item for course in page["courses"] for item in course["items"] if item["item_id"] == item_id)


def test_whatever_pauses_locks_and_switches_every_second_is_credited_and_nothing_rewinds(learner):
    chance = random.Random(SEED)
    moments = sorted(
        (chance.randrange(100, 4700) / 1000, chance.choice(["pause", "hide", "leave"])) for _ in range(12)
    )
    played = learner.page.evaluate(PLAYS, moments)
    assert played["rewound"] < 0.1, moments
    assert not [text for text in FALSE if text in played["said"]], played["said"]
    whole = [[0, int(played["position"])]]
    wait_for("every played second to be credited", lambda: item_of(learner)["watched"] == whole)
    reports = learner.page.evaluate("() => window.reports")
    assert len(set(reports)) == len(reports) > 3, "one report was sent twice"
    learner.sees_no(*FALSE).looks_at("player-after-pauses")

    learner.page.reload()
    learner.waits_until_settled()
    learner.page.wait_for_function("() => document.querySelector('video')?.readyState === 4")
    begins = learner.page.evaluate("() => document.querySelector('video').currentTime")
    assert begins == pytest.approx(whole[0][1], abs=0.3)
    learner.studies_lesson().sees_no(*FALSE)

    learner.presses("下一课时", exact=False).waits_until_settled().sees("正在计时")
    learner.page.wait_for_function(
        "() => document.querySelector('.facts-line').innerText.includes('文档已打开')"
    )
    learner.page.evaluate("() => window.turned(false)")
    learner.sees("页面不可见，计时已暂停", "还需阅读", "先学下一课时").sees_no("本课时已学完").looks_at(
        "document-unread"
    )
    assert item_of(learner)["complete"]
    learner.page.evaluate("() => window.turned(true)")
    learner.sees("本课时已学完").sees_no("还需阅读", *FALSE)
    assert item_of(learner)["watched"] == [[0, item_of(learner)["seconds"]]]
