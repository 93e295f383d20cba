/** Asking before what cannot be undone. */
import { ElMessage, ElMessageBox } from "element-plus";
import "element-plus/es/components/message/style/css";
import "element-plus/es/components/message-box/style/css";

/** Resolves to whether the person agreed. `act` is the word on the button, such as 删除. */
export async function askDanger(title: string, text: string, act: string): Promise<boolean> {
  try {
    await ElMessageBox.confirm(text, title, {
      type: "warning",
      confirmButtonText: act,
      cancelButtonText: "取消",
      confirmButtonClass: "el-button--danger",
      autofocus: false,
    });
    return true;
  } catch {
    return false; // closed or cancelled
  }
}

/** Asking before what is meant to be done but has consequences, such as 确认到账. */
export async function askSure(title: string, text: string, act: string): Promise<boolean> {
  try {
    await ElMessageBox.confirm(text, title, { type: "info", confirmButtonText: act, cancelButtonText: "取消", autofocus: false });
    return true;
  } catch {
    return false; // closed or cancelled
  }
}

/** Below the head on a desk; on a phone near the thumb, where no links lie and bars at the bottom stay free. */
const place = (): { placement?: "bottom"; offset: number } => (globalThis.matchMedia?.("(max-width: 767px)").matches ? { placement: "bottom", offset: 76 } : { offset: 60 });

export function tellDone(text: string): void {
  ElMessage({ message: text, type: "success", grouping: true, ...place() });
}

export function tellWrong(text: string): void {
  ElMessage({ message: text, type: "error", grouping: true, duration: 6000, showClose: true, ...place() });
}
