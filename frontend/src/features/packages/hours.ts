/** Durations of a package in words, and class hours for another length of the class hour (C6). */
import { durationText } from "@/shared/format";
import type { Totals } from "./calls";

/** floor(seconds ÷ (minutes × 60)); documents are left out where they do not count. */
export function classHours(totals: Totals, minutes: number, documentsCount: boolean): number {
  if (!(minutes > 0)) return 0;
  const counted = totals.course_seconds - (documentsCount ? 0 : totals.document_seconds);
  return Math.floor(counted / (minutes * 60));
}

/** 共 2 个课程，共计 00:54:06，1 课时；视频 00:24:06，文档 00:30:00. Mock exams are named where there are any. */
export function totalsLine(courses: number, totals: Totals): string {
  const mock = totals.mock_seconds > 0 ? `，模考 ${durationText(totals.mock_seconds)}` : "";
  const parts = `视频 ${durationText(totals.video_seconds)}，文档 ${durationText(totals.document_seconds)}${mock}`;
  return `共 ${courses} 个课程，共计 ${durationText(totals.course_seconds)}，${totals.class_hours} 课时；${parts}`;
}

export const RECORD_NOTE = "注：本学习记录真实、客观地反映了学员的学习情况，文档课是否计算学时，由各地根据政策自行确定。";
export const VERSION_NOTE = "课程包修改后，已经使用课程包的班级均保持不变；修改后如需更新，可在班级中重新选择该课程包。";
