import { describe, expect, it } from "vitest";
import type { Question } from "./calls";
import { SavesKnown } from "./savesKnown";

const question = (id: string, answerId: string | null): Question => ({ id, answer_id: answerId }) as Question;
const attempt = { questions: [question("q1", "s1"), question("q2", null)], sequence: 3, last_answer_id: "s1" };

describe("the saves that a page knows", () => {
  it("bases a save on what the server had, the next one on its own", () => {
    const known = new SavesKnown();
    known.take(attempt);
    expect([known.of("q1"), known.of("q2"), known.last]).toEqual(["s1", null, "s1"]);
    known.made("q1", "own");
    expect([known.of("q1"), known.of("q2"), known.last]).toEqual(["own", null, "own"]);
  });

  it("notices by a gap in the numbers that another device has saved", () => {
    const known = new SavesKnown();
    known.take(attempt);
    expect(known.saved({ sequence: 4 })).toBe(false);
    expect(known.saved({ sequence: 6 })).toBe(true);
    expect(known.saved({ sequence: 7 })).toBe(false);
  });

  it("takes a repeated save for no gap", () => {
    const known = new SavesKnown();
    known.take(attempt);
    expect(known.saved({ sequence: 3 })).toBe(false);
  });
});
