/** Class teachers and assistants as pages name them. */

export interface Member {
  account_id: string;
  name: string;
  active: boolean;
}

/** "张三", or "张三（已停用）" of who cannot look after a class any more. */
export function memberText(member: Pick<Member, "name" | "active"> | null | undefined): string {
  if (!member) return "--";
  return member.active ? member.name : `${member.name}（已停用）`;
}

export interface Choice {
  id: string;
  name: string;
  off: boolean;
}

/** Those who can be chosen by their roles, and whoever is chosen already: switched off they are named and cannot be chosen again. */
export function staffChoices(chosen: readonly Member[], candidates: readonly { account_id: string; name: string; roles: string[] }[], roles: readonly string[]): Choice[] {
  const able = candidates.filter((each) => each.roles.some((role) => roles.includes(role)));
  const all = [...chosen.map((each) => ({ id: each.account_id, name: memberText(each), off: !each.active })), ...able.map((each) => ({ id: each.account_id, name: each.name, off: false }))];
  return [...new Map(all.map((each) => [each.id, each])).values()];
}
