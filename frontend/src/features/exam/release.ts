/** When right answers and explanations will be shown (E6). */
import { momentText } from "@/shared/format";
import type { Attempt } from "./calls";

export function whenShown(attempt: Pick<Attempt, "answers_withheld" | "answers_shown_from">): string {
  const moment = momentText(attempt.answers_shown_from, false);
  switch (attempt.answers_withheld) {
    case "window_open":
      return `正确答案和解析在考试时间结束后显示（${moment}）。`;
    case "attempts_left":
      return `您还可以再次作答。作答次数用完或考试时间结束后显示正确答案和解析（最迟 ${moment}）。`;
    case "repeatable":
      return `模考在课程期间可以反复作答，正确答案和解析在课程结束后显示（${moment}）。`;
    default:
      return "您还有同一套题的作答正在进行，交卷后再显示正确答案。";
  }
}
