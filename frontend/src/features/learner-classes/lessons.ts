/** The items of a class in their play order. */
import type { MyClass, MyItem } from "./calls";

export interface Lesson extends MyItem {
  courseName: string;
  previousTitle: string | undefined;
  /** Whether it can be opened now. */
  reachable: boolean;
}

export function lessonsOf(myClass: MyClass): Lesson[] {
  const lessons: Lesson[] = [];
  for (const course of myClass.courses) {
    for (const item of course.items) {
      lessons.push({ ...item, courseName: course.name, previousTitle: lessons.at(-1)?.title, reachable: item.open && myClass.state === "open" });
    }
  }
  return lessons;
}

/** The first lesson that is open and not complete, else the first one. */
export function lessonToGoOnWith(lessons: Lesson[]): Lesson | undefined {
  return lessons.find((lesson) => lesson.reachable && !lesson.complete) ?? lessons.find((lesson) => lesson.reachable);
}

export function percent(done: number, all: number): number {
  return all > 0 ? Math.min(100, Math.floor((done / all) * 100)) : 0;
}
