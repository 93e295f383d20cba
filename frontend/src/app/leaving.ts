/** 退出. */
import { useRouter } from "vue-router";
import { sentenceOf } from "@/shared/api/problem";
import { tellWrong } from "@/shared/ask";
import { signOut } from "./session";

/** Signs out and goes to the sign-in page; what hinders it is told. `next` is where to go after signing in again. */
export function useLeaving(): (next?: string) => Promise<void> {
  const router = useRouter();
  return async (next) => {
    try {
      await signOut();
      await router.push({ name: "sign-in", query: next ? { next } : {} });
    } catch (error) {
      tellWrong(sentenceOf(error));
    }
  };
}
