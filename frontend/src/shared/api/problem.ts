/** What a service says when it refuses: an RFC 9457 document, in Chinese, with the field where it belongs. */

export interface FieldProblem {
  field: string;
  code: string;
  message: string;
  row?: number;
  column?: string;
  value?: unknown;
}

export interface ProblemDocument {
  code: string;
  status: number;
  title: string;
  detail: string;
  next_step: string;
  request_id?: string | null;
  errors?: FieldProblem[];
  /** Seconds, from the answer's Retry-After. */
  retry_after?: number;
  [more: string]: unknown;
}

export class ProblemError extends Error {
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** Messages by the name of the field ("/region/city" → "region.city"). */
  get fields(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const each of this.problem.errors ?? []) {
      const name = each.field.replace(/^\//, "").replaceAll("/", ".");
      found[name] ??= each.message;
    }
    return found;
  }
}

/** The request did not reach the service, or its answer did not come back. */
export class OfflineError extends Error {
  constructor(message = "网络连接中断，请检查网络后重试。") {
    super(message);
  }
}

/** One sentence for people about anything that went wrong. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ProblemError) {
    const { detail, title, next_step } = error.problem;
    if (error.status === 429) return tooOften(error.problem);
    return `${detail || title}${/[。！？]$/.test(detail || title) ? "" : "。"}${next_step}`;
  }
  if (error instanceof OfflineError) return error.message;
  return "页面出现问题，请刷新后重试；若仍不成功，请联系客服。";
}

/** What was done too often, for how long it has to rest, and what to do. */
function tooOften({ title, detail, next_step, retry_after }: ProblemDocument): string {
  const wait = detail && detail !== title ? detail : retry_after ? `还需等待 ${waitText(retry_after)}` : "";
  return [title, wait, next_step].filter(Boolean).map((part) => (/[。！？]$/.test(part) ? part : `${part}。`)).join("");
}

function waitText(seconds: number): string {
  return seconds < 100 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`;
}

export async function problemOf(response: Response): Promise<ProblemError> {
  const text = await response.text();
  const wait = Number(response.headers.get("Retry-After"));
  try {
    const said = JSON.parse(text) as ProblemDocument;
    if (typeof said.code === "string") return new ProblemError(wait > 0 ? { ...said, retry_after: wait } : said);
  } catch {
    // Not one of ours: a proxy in between answered.
  }
  return new ProblemError({
    code: "http.unknown",
    status: response.status,
    title: "服务暂时无法回应",
    detail: "服务暂时无法回应",
    next_step: "请稍后重试。",
    request_id: response.headers.get("X-Request-Id"),
  });
}
