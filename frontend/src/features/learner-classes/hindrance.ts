/** Why nothing counts now, or cannot be opened at all (K3, K4, K17, K27, X12). */
import { dayOf } from "@/shared/format";
import type { MyClass, MyItem } from "./calls";

export interface Hindrance {
  title: string;
  text: string;
  /** For good: no fault to be mended. */
  final: boolean;
}

export function hasEnded(of: { end_day: string | null }): boolean {
  return of.end_day !== null && dayOf(new Date()) > of.end_day;
}

/** Whether videos and documents may be seen again, for nothing. */
function inReplay(myClass: MyClass): boolean {
  return myClass.study.hindrance === "outside_days" && hasEnded(myClass) && myClass.replay_until !== null && dayOf(new Date()) <= myClass.replay_until;
}

export function hindranceOf(myClass: MyClass): Hindrance | null {
  const { hindrance, hindrance_text } = myClass.study;
  if (myClass.state === "graduated") return { title: "本班已结业", text: "学习和考试已关闭，学习记录和成绩不再变化。", final: true };
  if (myClass.state === "graduation_review") return { title: "本班已提交结业审核", text: "学习和考试已关闭，如有疑问请联系班主任。", final: true };
  if (!hindrance) return null;
  if (hindrance !== "outside_days") return { title: "现在不计学时", text: hindrance_text ?? "", final: false };
  if (!hasEnded(myClass)) return { title: "还没有开课", text: `${myClass.start_day} 起可以学习。`, final: false };
  const again = inReplay(myClass) ? `可以回看到 ${myClass.replay_until}，回看不计学时。` : "学习记录不再变化。";
  return { title: "学习已结束", text: `本班的学习日期到 ${myClass.end_day} 为止。${again}`, final: true };
}

/** Why an item cannot be opened whatever the order of the lessons; empty when it can. */
export function shutText(myClass: MyClass, item: MyItem): string {
  const { hindrance } = myClass.study;
  const studied = item.kind === "video" || item.kind === "document";
  if (hindrance === "outside_days") {
    if (!hasEnded(myClass)) return `${myClass.start_day} 开课后开放`;
    return studied && inReplay(myClass) ? "" : "学习已结束";
  }
  if (hindrance === "outside_window" && studied) return "现在不在允许学习的时间段";
  if (hindrance === "limit_reached" && item.kind === "video") return "今天的视频学习已达上限";
  return "";
}
