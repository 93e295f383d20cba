/** Exams, exercises and mock exams of a learner (E2–E6). */
import { bodyOf, exam } from "@/shared/api/clients";
import type { components } from "@/shared/api/generated/exam";
import { withTicket } from "@/features/learner-classes/calls";

type Schemas = components["schemas"];
export type ClassExam = Schemas["ClassExamOut"];
export type Attempt = Schemas["AttemptOut"];
export type AttemptLine = Schemas["AttemptLine"];
export type Question = Schemas["AttemptQuestion"];
export type AnswerSaved = Schemas["AnswerOut"];

/**
 * One save of one answer; the id is the page's own, so that sending it again changes nothing. `based_on` is the save of
 * the question that the page knew, so that a newer one of another device is never overwritten.
 */
export interface AnswerSave {
  id: string;
  based_on: string | null;
  attempt_id: string;
  question_id: string;
  answer: string[];
  marked: boolean;
}

const PATIENCE = 20_000;

export function readClassExam(classId: string): Promise<ClassExam> {
  return withTicket(classId, async (ticket) => {
    const params = { path: { class_id: classId }, header: { "Kaike-Ticket": ticket } };
    return await bodyOf(exam.GET("/api/v1/exam/classes/{class_id}/exam", { params }));
  });
}

/** Also when the class is no longer open. */
export async function readOwnAttempts(classId: string): Promise<AttemptLine[]> {
  const params = { path: { class_id: classId }, query: { page_size: 100 } };
  const found = await bodyOf(exam.GET("/api/v1/exam/classes/{class_id}/attempts/mine", { params }));
  return found.items as AttemptLine[];
}

export function startExam(classId: string, pass: string): Promise<Attempt> {
  return withTicket(classId, async (ticket) => {
    const params = { path: { class_id: classId }, header: { "Kaike-Ticket": ticket, "Kaike-Pass": pass } };
    return await bodyOf(exam.POST("/api/v1/exam/classes/{class_id}/attempts", { params }));
  });
}

export async function startItem(itemTicket: string, pass: string): Promise<Attempt> {
  const params = { header: { "Kaike-Ticket": itemTicket, "Kaike-Pass": pass } };
  return await bodyOf(exam.POST("/api/v1/exam/item-attempts", { params }));
}

export async function readAttempt(attemptId: string): Promise<Attempt> {
  return await bodyOf(exam.GET("/api/v1/exam/attempts/{attempt_id}", { params: { path: { attempt_id: attemptId } }, signal: AbortSignal.timeout(PATIENCE) }));
}

export async function saveAnswer(save: AnswerSave): Promise<AnswerSaved> {
  const { attempt_id, question_id, ...body } = save;
  const params = { path: { attempt_id, question_id } };
  const signal = AbortSignal.timeout(PATIENCE);
  return await bodyOf(exam.PUT("/api/v1/exam/attempts/{attempt_id}/answers/{question_id}", { params, body, signal }));
}

/**
 * `based_on` is the attempt's last save that the page knew: nothing is ended that goes on on another device. It is left out
 * when the time is up, which ends the attempt on all of them.
 */
export interface HandIn {
  attempt_id: string;
  based_on?: string | null;
}

export async function handIn({ attempt_id, based_on }: HandIn): Promise<Attempt> {
  const params = { path: { attempt_id } };
  return await bodyOf(exam.POST("/api/v1/exam/attempts/{attempt_id}/hand-in", { params, body: { based_on }, signal: AbortSignal.timeout(PATIENCE) }));
}
