/** 退出. */
import { useRouter } from "vue-router";
import { sentenceOf } from "@/shared/api/problem";
import { askSure, tellWrong } from "@/shared/ask";
import { waitingTotal } from "@/shared/offline/queue";
import { mayLeave } from "@/shared/unsaved";
import { signOut } from "./session";

/** Signs out and goes to the sign-in page; what hinders it is told. `next` is where to go after signing in again. */
export function useLeaving(): (next?: string) => Promise<void> {
  const router = useRouter();
  return async (next) => {
    if (!(await mayLeave())) return; // afterwards nobody is signed in, and nothing would be asked
    const left = waitingTotal.value;
    if (left > 0 && !(await askSure("还有内容未提交", `${left} 项学习内容还没有提交。退出后仍保存在本机，您下次在此浏览器登录后自动提交。`, "退出"))) return;
    try {
      await signOut();
      await router.push({ name: "sign-in", query: next ? { next } : {} });
    } catch (error) {
      tellWrong(sentenceOf(error));
    }
  };
}
