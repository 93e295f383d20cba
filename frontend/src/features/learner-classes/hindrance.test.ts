import { beforeEach, describe, expect, it, vi } from "vitest";
import type { MyClass, MyItem } from "./calls";
import { hindranceOf, shutText } from "./hindrance";

function aClass(hindrance: string | null, changes: Partial<MyClass> = {}): MyClass {
  const study = { hindrance, hindrance_text: "服务的话。", study_windows: [], today_video_seconds: 0, daily_video_seconds: null };
  return { state: "open", start_day: "2026-11-24", end_day: "2026-11-30", replay_until: null, study, ...changes } as unknown as MyClass;
}

const item = (kind: string): MyItem => ({ kind }) as MyItem;
const shut = (of: MyClass): string[] => ["video", "document", "exercise"].map((kind) => shutText(of, item(kind)));

describe("why a learner cannot study", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date("2026-11-25T02:00:00Z") });
    return () => vi.useRealTimers();
  });

  it("is nothing on a class day", () => {
    expect(hindranceOf(aClass(null))).toBeNull();
    expect(shut(aClass(null))).toEqual(["", "", ""]);
  });

  it("is the window: it stops videos and documents, not exercises", () => {
    expect(hindranceOf(aClass("outside_window"))).toMatchObject({ title: "现在不计学时", text: "服务的话。" });
    expect(shut(aClass("outside_window"))).toEqual(["现在不在允许学习的时间段", "现在不在允许学习的时间段", ""]);
  });

  it("is the daily limit: it stops videos only", () => {
    expect(shut(aClass("limit_reached"))).toEqual(["今天的视频学习已达上限", "", ""]);
  });

  it("is that the class has not begun", () => {
    const coming = aClass("outside_days", { start_day: "2026-12-01", end_day: "2026-12-07" });
    expect(hindranceOf(coming)).toMatchObject({ title: "还没有开课", text: "2026-12-01 起可以学习。" });
    expect(shut(coming)[0]).toBe("2026-12-01 开课后开放");
  });

  it("is that it is over; with replay videos and documents stay open, for nothing", () => {
    const days = { start_day: "2026-11-10", end_day: "2026-11-20" };
    expect(hindranceOf(aClass("outside_days", days))?.text).toContain("学习记录不再变化");
    expect(shut(aClass("outside_days", days))).toEqual(["学习已结束", "学习已结束", "学习已结束"]);
    const replay = aClass("outside_days", { ...days, replay_until: "2026-12-31" });
    expect(hindranceOf(replay)?.text).toContain("可以回看到 2026-12-31");
    expect(shut(replay)).toEqual(["", "", "学习已结束"]);
    expect(shut(aClass("outside_days", { ...days, replay_until: "2026-11-24" }))[0]).toBe("学习已结束");
  });

  it("is graduation, whatever else", () => {
    expect(hindranceOf(aClass("closed", { state: "graduated" }))?.title).toBe("本班已结业");
    expect(hindranceOf(aClass("closed", { state: "graduation_review" }))?.title).toBe("本班已提交结业审核");
  });
});
