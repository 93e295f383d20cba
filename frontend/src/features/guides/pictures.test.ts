/** A step names a picture that is there, and no picture lies around that no step names. */
import { expect, it } from "vitest";
import { GUIDES } from "@/shared/texts/guides";

it("has a picture for each step that names one, and no other", () => {
  const files = Object.keys(import.meta.glob("./pictures/*.png")).map((path) => path.slice("./pictures/".length, -".png".length));
  const named = GUIDES.flatMap(({ steps }) => steps.flatMap(({ picture }) => picture ?? []));
  expect(named.sort()).toEqual(files.sort());
  expect(named.length).toBeGreaterThan(GUIDES.length);
});
