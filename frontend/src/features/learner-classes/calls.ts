/** A learner's own classes, and the tickets that supervision and exam ask for. */
import { bodyOf, classroom, supervision } from "@/shared/api/clients";
import type { components } from "@/shared/api/generated/classroom";
import type { components as supervisionComponents } from "@/shared/api/generated/supervision";
import { ProblemError } from "@/shared/api/problem";

type Schemas = components["schemas"];
export type MyClassSummary = Schemas["MyClassSummary"];
export type MyClass = Schemas["MyClass"];
export type MyCourse = Schemas["MyCourse"];
export type MyItem = Schemas["MyItem"];
export type OwnCheckIns = supervisionComponents["schemas"]["OwnCheckIns"];

const SOON = 120_000;
const CLOSED = "page.class_not_open";
const tickets = new Map<string, { ticket: string; until: number }>();

export async function listMyClasses(page: number): Promise<{ items: MyClassSummary[]; total: number; page: number; page_size: number }> {
  const found = await bodyOf(classroom.GET("/api/v1/classroom/my/classes", { params: { query: { page, page_size: 20 } } }));
  return found as typeof found;
}

export async function readMyClass(classId: string): Promise<MyClass> {
  const found = await bodyOf(classroom.GET("/api/v1/classroom/my/classes/{class_id}", { params: { path: { class_id: classId } } }));
  if (found.ticket) keepTicket(classId, found.ticket.ticket, found.ticket.expires_at);
  else tickets.delete(classId);
  return found;
}

export function keepTicket(classId: string, ticket: string, expiresAt: string | null): void {
  tickets.set(classId, { ticket, until: expiresAt ? Date.parse(expiresAt) : 0 });
}

/**
 * Runs `act` with the class's ticket: the one at hand, or a fresh one when its time is nearly over or the service says
 * that it is (the class was closed and opened again meanwhile).
 */
export async function withTicket<T>(classId: string, act: (ticket: string) => Promise<T>): Promise<T> {
  const held = tickets.get(classId);
  if (held && held.until - SOON > Date.now()) {
    try {
      return await act(held.ticket);
    } catch (error) {
      if (!(error instanceof ProblemError && error.status === 410)) throw error;
    }
  }
  const { ticket } = await readMyClass(classId);
  if (!ticket) throw closedProblem();
  return act(ticket.ticket);
}

export async function readOwnCheckIns(classId: string): Promise<OwnCheckIns> {
  return withTicket(classId, async (ticket) => {
    const params = { path: { class_id: classId }, header: { "Kaike-Ticket": ticket } };
    return await bodyOf(supervision.GET("/api/v1/supervision/classes/{class_id}/check-ins/mine", { params }));
  });
}

/** Whether the class was not open for what was asked. */
export function isClosed(error: unknown): boolean {
  return error instanceof ProblemError && error.code === CLOSED;
}

function closedProblem(): ProblemError {
  const title = "班级当前未开班，不能学习和考试";
  return new ProblemError({ code: CLOSED, status: 409, title, detail: title, next_step: "如有疑问，请联系班主任。" });
}
