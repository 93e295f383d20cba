/** The checks of the device (K31): each says what it found and how to mend it. None needs a permission to be useful. */
import { CAMERA_TROUBLES } from "@/features/check-in/texts";
import { closeCamera, kindOf, openCamera, openMicrophone, withoutDevices, type Trouble } from "@/features/check-in/camera";
import { durable } from "@/shared/offline/storage";
import { OfflineError } from "@/shared/api/problem";
import { mediaSpeed, ping } from "./calls";
import { MICROPHONE_TROUBLES, ONLY_LIVE, type Verdict } from "./texts";

export interface Finding {
  verdict: Verdict;
  found: string;
  mend: string;
}

const NARROWEST = 320;
const TELL_WITHIN = 5_000;

export function checkBrowser(): Finding {
  const agent = navigator.userAgent;
  const name = /MicroMessenger|Edg|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? "未知浏览器";
  const shown = { MicroMessenger: "微信内置浏览器", Edg: "Edge", 未知浏览器: "未知浏览器" }[name] ?? name;
  const plays = document.createElement("video").canPlayType('video/mp4; codecs="avc1.42E01E"') !== "";
  if (!plays) return bad(`${shown} 不能播放 MP4 视频`, "请改用最新版的 Chrome、Edge、Safari 或手机自带浏览器。");
  if (!("indexedDB" in window) || !durable.value) return poor(`${shown} 不能在本机保存数据`, "断网时的答案和进度可能丢失。请退出无痕（隐私）模式后重新打开。");
  if (!("IntersectionObserver" in window && "ResizeObserver" in window)) return poor(`${shown} 版本较旧`, "部分内容可能显示不全，请升级浏览器。");
  if (name === "MicroMessenger") return poor(shown, "微信内打开时，摄像头和保存可能受限；遇到问题请点右上角“在浏览器打开”。");
  return good(shown);
}

export function checkScreen(): Finding {
  const size = `${window.innerWidth} × ${window.innerHeight}（屏幕 ${screen.width} × ${screen.height}）`;
  if (window.innerWidth < NARROWEST) return poor(size, "窗口太窄，内容可能显示不全。请把窗口拉宽，或将手机横过来。");
  return good(size);
}

/** Asks for the camera; also says how many there are when it may not be used. */
export async function checkCamera(): Promise<{ finding: Finding; stream: MediaStream | null }> {
  try {
    const stream = await openCamera();
    const label = stream.getVideoTracks()[0]?.label;
    return { finding: good(label ? `已打开：${label}` : "已打开"), stream };
  } catch (error) {
    return { finding: cameraTrouble(kindOf(error)), stream: null };
  }
}

/** What is known without asking for anything. */
export async function lookForDevices(): Promise<{ camera: Finding; microphone: Finding }> {
  const without = withoutDevices();
  if (without) return { camera: cameraTrouble(without), microphone: microphoneTrouble(without) };
  const devices = await listed();
  if (!devices) return { camera: unknown("摄像头"), microphone: unknown("麦克风") };
  const [camera, microphone] = await Promise.all([permission("camera"), permission("microphone")]);
  return {
    camera: devices.some((each) => each.kind === "videoinput") ? ofPermission(camera, "摄像头") : cameraTrouble("missing"),
    microphone: devices.some((each) => each.kind === "audioinput") ? ofMicrophone(microphone) : microphoneTrouble("missing"),
  };
}

export async function checkMicrophone(): Promise<Finding> {
  try {
    const stream = await openMicrophone();
    const [track] = stream.getAudioTracks();
    const silent = !track || track.muted || track.readyState === "ended";
    closeCamera(stream);
    return silent ? microphoneTrouble("no_picture") : good("已允许");
  } catch (error) {
    return microphoneTrouble(kindOf(error));
  }
}

export function cameraTrouble(kind: Trouble): Finding {
  const { what, mend } = CAMERA_TROUBLES[kind];
  return bad(what, mend);
}

/** Nothing of the main flow needs it. */
function microphoneTrouble(kind: Trouble): Finding {
  const { what, mend } = MICROPHONE_TROUBLES[kind] ?? MICROPHONE_TROUBLES.other!;
  return poor(what, `${mend}${ONLY_LIVE}`);
}

/** The devices; null where the browser does not tell within a moment. */
async function listed(): Promise<MediaDeviceInfo[] | null> {
  const late = new Promise<null>((done) => setTimeout(() => done(null), TELL_WITHIN));
  return await Promise.race([navigator.mediaDevices.enumerateDevices().catch(() => null), late]);
}

function unknown(what: string): Finding {
  return { verdict: "unknown", found: `浏览器没有说明是否有${what}`, mend: "点“检测”，并在浏览器询问时选择“允许”。" };
}

export async function checkLatency(): Promise<Finding> {
  try {
    const times = [];
    for (let turn = 0; turn < 4; turn += 1) times.push(await ping());
    const middle = times.sort((a, b) => a - b)[1]!;
    const found = `往返 ${Math.round(middle)} 毫秒`;
    return middle < 400 ? good(found) : poor(found, "网络较慢。请靠近路由器，或在手机流量与 Wi-Fi 之间切换后重新检测。");
  } catch (error) {
    return bad(error instanceof OfflineError ? "连接不上学习平台" : "学习平台暂时没有响应", "请检查网络是否已连接，稍后重新检测。");
  }
}

export async function checkSpeed(): Promise<Finding> {
  try {
    const speed = await mediaSpeed();
    if (speed === null) return { verdict: "unknown", found: "暂无可试播的课时", mend: "加入班级并开放视频课时后，可以检测播放速度。" };
    const found = `约 ${(speed / 1_000_000).toFixed(1)} 兆比特/秒`;
    return speed > 1_500_000 ? good(found) : poor(found, "播放视频可能卡顿。请关闭其他下载，或换一个网络后重新检测。");
  } catch {
    return bad("视频没有加载出来", "请检查网络后重新检测；仍不成功请联系班主任。");
  }
}

async function permission(name: string): Promise<PermissionState | null> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    return null; // some browsers do not tell
  }
}

function ofPermission(state: PermissionState | null, what: string): Finding {
  if (state === "granted") return good("已允许");
  if (state === "denied") return bad(`没有${what}权限`, `请点击地址栏左侧的图标，将“${what}”改为“允许”。`);
  return { verdict: "unknown", found: `找到${what}，尚未允许使用`, mend: "点“检测”，并在浏览器询问时选择“允许”。" };
}

function ofMicrophone(state: PermissionState | null): Finding {
  const finding = ofPermission(state, "麦克风");
  return finding.verdict === "bad" ? { ...finding, verdict: "poor", mend: `${finding.mend}${ONLY_LIVE}` } : finding;
}

function good(found: string): Finding {
  return { verdict: "good", found, mend: "" };
}

function poor(found: string, mend: string): Finding {
  return { verdict: "poor", found, mend };
}

function bad(found: string, mend: string): Finding {
  return { verdict: "bad", found, mend };
}
