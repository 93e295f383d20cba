/** Items of a package's course, gathered into its chapters again, in play order. */
import type { PackageCourse } from "./calls";

export type PackageItem = PackageCourse["items"][number];

export interface Chapter {
  title: string;
  items: PackageItem[];
}

export const ITEM_LABELS: Record<string, string> = { video: "视频", document: "文档", exercise: "课后练习", mock_exam: "模考" };

export function chaptersOf(course: PackageCourse): Chapter[] {
  const chapters: Chapter[] = [];
  for (const item of course.items) {
    const last = chapters.at(-1);
    if (last?.title === item.chapter) last.items.push(item);
    else chapters.push({ title: item.chapter, items: [item] });
  }
  return chapters;
}
