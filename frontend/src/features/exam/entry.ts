/** Whether the exam may be entered now, and why not (E2, E3). */
import { momentText } from "@/shared/format";
import type { ClassExam } from "./calls";

export function whyNot(exam: ClassExam | null): string {
  if (!exam) return "";
  if (exam.running_attempt_id) return "";
  if (!exam.class_open) return "班级当前未开放考试";
  if (exam.window === "not_yet") return `考试尚未开始，${momentText(exam.opens_at, false)} 开放`;
  if (exam.window === "over") return "考试时间已过";
  if (exam.attempts_left <= 0) return "作答次数已用完";
  return "";
}
