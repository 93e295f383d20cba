/** What the page 结业审核 reads, and what follows from it. */
import type { Versioned } from "@/shared/api/clients";
import { readClass, type TrainingClass } from "@/features/class-console/calls";
import { readGraduation, readOpening, type Application } from "@/features/openings/calls";

export interface GraduationNow {
  found: Versioned<TrainingClass>;
  application: Versioned<Application> | null;
}

export async function readGraduationNow(classId: string): Promise<GraduationNow> {
  const found = await readClass(classId);
  const brief = found.data.application;
  if (!brief) return { found, application: null };
  return { found, application: await (brief.kind === "graduation" ? readGraduation(brief.id) : readOpening(brief.id)) };
}

export const STEPS = ["提交", "统计人数", "核算费用", "一审", "二审", "已结业"];
const PLACES: Record<string, number> = { counting: 1, billing: 2, first_review: 3, second_review: 4 };

export function placeOf(state: TrainingClass["state"], application: Application | null): number {
  if (state === "graduated") return STEPS.length;
  return state === "graduation_review" && application ? (PLACES[application.state] ?? 0) : 0;
}

export const PROGRESS: Record<string, string> = {
  counting: "学习、加入、考试、回看和名单已关闭，正在收取未交的考卷并统计已加入和已学完的人数。通常几秒内完成，本页会自动更新；离开也会继续。",
  billing: "人数已统计并固定，正在核算结业费用。通常几秒内完成，本页会自动更新；离开也会继续。",
  first_review: "等待经销商商务专员一审。请联系负责贵单位的商务专员；一审作出决定前可以撤回或申请退费。",
  second_review: "一审已通过，等待平台二审。二审通过后班级结业，并生成结业订单。",
};

/** What closes at the application (K27). */
export const CLOSES = ["学员的课程学习（视频、文档、练习和模考）", "学员加入班级", "线上考试；正在作答的考试会自动交卷", "结课后回看", "名单的添加和修改、班级设置"];
