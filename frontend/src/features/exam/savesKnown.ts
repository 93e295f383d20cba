/** Which saves of an attempt this page knows, so that each new one says what it is based on (E4). */
import type { AnswerSaved, Attempt } from "./calls";

export class SavesKnown {
  /** The attempt's last save that this page has made or seen. */
  last: string | null = null;
  private sequence = 0;
  private readonly byQuestion = new Map<string, string | null>();

  /** What the server has. */
  take(attempt: Pick<Attempt, "questions" | "sequence" | "last_answer_id">): void {
    this.sequence = attempt.sequence;
    this.last = attempt.last_answer_id;
    for (const question of attempt.questions) this.byQuestion.set(question.id, question.answer_id);
  }

  /** A save of this page's own, sent or still waiting. */
  made(questionId: string, saveId: string): void {
    this.byQuestion.set(questionId, saveId);
    this.last = saveId;
  }

  /** The save that the next one of this question is based on. */
  of(questionId: string): string | null {
    return this.byQuestion.get(questionId) ?? null;
  }

  /** The server has taken a save. Whether there are others that this page has not seen. */
  saved(answer: Pick<AnswerSaved, "sequence">): boolean {
    const others = answer.sequence > this.sequence + 1;
    this.sequence = Math.max(this.sequence, answer.sequence);
    return others;
  }
}
