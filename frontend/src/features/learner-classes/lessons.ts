/** The items of a class in their play order. */
import type { MyClass, MyItem } from "./calls";
import { shutText } from "./hindrance";

export interface Lesson extends MyItem {
  courseName: string;
  previousTitle: string | undefined;
  /** Why it cannot be opened now, whatever the order; empty when it can. */
  shut: string;
  /** Whether it can be opened now. */
  reachable: boolean;
}

export function lessonsOf(myClass: MyClass): Lesson[] {
  const lessons: Lesson[] = [];
  for (const course of myClass.courses) {
    for (const item of course.items) {
      const shut = shutText(myClass, item);
      lessons.push({ ...item, courseName: course.name, previousTitle: lessons.at(-1)?.title, shut, reachable: item.open && myClass.state === "open" && !shut });
    }
  }
  return lessons;
}

/** The first lesson that is open and not complete, else the first one. */
export function lessonToGoOnWith(lessons: Lesson[]): Lesson | undefined {
  return lessons.find((lesson) => lesson.reachable && !lesson.complete) ?? lessons.find((lesson) => lesson.reachable);
}

/** The exam that comes after the last lesson, while it can be taken; its own page says how often and with what score. */
export function examToGoOnWith(myClass: MyClass, now: Date): MyClass["exam"] {
  const { exam, finished, state } = myClass;
  if (!exam || !finished || state !== "open") return null;
  return new Date(exam.opens_at) <= now && now < new Date(exam.closes_at) ? exam : null;
}

export function percent(done: number, all: number): number {
  return all > 0 ? Math.min(100, Math.floor((done / all) * 100)) : 0;
}
