/** 发布: the draft becomes the next version, which classes can choose (C8). */
import { tellDone, tellWrong, askSure } from "@/shared/ask";
import { sentenceOf } from "@/shared/api/problem";
import { publishPackage, type PackageSummary } from "./calls";

type May = (...roles: string[]) => boolean;

/** Why it can not be published now; empty when it can. */
export function publishReason(found: Pick<PackageSummary, "official" | "editable" | "published_version" | "changed_since_published" | "course_count">, may: May): string {
  if (found.official) return "官方课程包由平台发布";
  if (!may("provider_admin", "registrar")) return "发布课程包需要线上教务或单位管理员";
  if (!found.editable) return "当前账号不能修改此课程包";
  if (found.course_count === 0) return "课程包还没有课程";
  if (found.published_version !== null && !found.changed_since_published) return "上次发布后没有修改";
  return "";
}

/** Asks, publishes, and says how it went; resolves to whether there is a new version. */
export async function publish(found: Pick<PackageSummary, "id" | "name" | "published_version">): Promise<boolean> {
  const next = (found.published_version ?? 0) + 1;
  const agreed = await askSure("发布课程包", `“${found.name}”将发布为第 ${next} 版。已经使用课程包的班级保持不变；未开班的班级可以重新选择来更新。`, "发布");
  if (!agreed) return false;
  try {
    const published = await publishPackage(found.id);
    tellDone(`已发布为第 ${published.number} 版`);
    return true;
  } catch (error) {
    tellWrong(sentenceOf(error));
    return false;
  }
}

/** The key of the state in shared/states. */
export function packageState(found: Pick<PackageSummary, "published_version" | "changed_since_published">): string {
  if (found.published_version === null) return "unpublished";
  return found.changed_since_published ? "changed" : "published";
}
