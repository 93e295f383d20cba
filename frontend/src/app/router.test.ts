/** What holds for every page: who reads it finds help there (K32), and the guides lead only where their readers may go. */
import { describe, expect, it } from "vitest";
import { GUIDES } from "@/shared/texts/guides";
import { HELP, type HelpText } from "@/shared/texts/help";
import { router } from "./router";

const pages = router.getRoutes().filter(({ name, components, meta, children }) => name && components && children.length === 0 && (!meta.anyone || name === "sign-in") && name !== "start");

function lettersOf(help: HelpText): number {
  return help.parts.map(({ text = "", steps = [] }) => text + steps.join("")).join("").length;
}

describe("every page", () => {
  it.each(pages.map(({ name, meta }) => [String(name), meta] as const))("%s has a title, and help that says something", (_name, meta) => {
    expect(meta.title).toBeTruthy();
    const help = HELP[meta.help ?? ""];
    expect(help).toBeDefined();
    expect(lettersOf(help!)).toBeGreaterThan(25);
  });

  it("is one of those that the roles' menus lead to, or belongs below one", () => {
    for (const { name, meta } of pages.filter(({ path }) => path.startsWith("/console"))) {
      if (["account", "guide"].includes(String(name))) continue; // reached from the head
      expect(router.hasRoute(meta.menu ?? String(name)), String(name)).toBe(true);
    }
  });
});

describe("every guide", () => {
  it.each(GUIDES.map((guide) => [guide.key, guide] as const))("of the %s leads to pages that each of its readers may open", (_key, guide) => {
    expect(guide.steps.length).toBeGreaterThan(3);
    for (const { link } of guide.steps) {
      if (!link) continue;
      const { meta, matched } = router.resolve({ name: link.name });
      expect(matched.length).toBeGreaterThan(0);
      const allowed = meta.roles ?? guide.roles;
      expect(guide.roles.filter((role) => !allowed.includes(role)), link.name).toEqual([]);
    }
  });
});
