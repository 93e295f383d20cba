/** The quality of the connection while something plays (K31): latency now and then, and how often the video waited. */
import { onBeforeUnmount, ref, watch, type Ref } from "vue";
import { online } from "@/shared/online";
import { ping } from "./calls";

export type Quality = "unknown" | "good" | "fair" | "poor" | "off";

const EVERY = 20_000;
const STALL_COUNTS_FOR = 60_000;

export interface Connection {
  quality: Ref<Quality>;
  /** The video had to wait for data. */
  stalled: () => void;
}

export function useConnection(): Connection {
  const quality = ref<Quality>(online.value ? "unknown" : "off");
  let stalls: number[] = [];

  async function look(): Promise<void> {
    if (!online.value) quality.value = "off";
    if (!online.value || document.hidden) return;
    try {
      quality.value = judge(await ping());
    } catch {
      quality.value = "off";
    }
  }

  function stalled(): void {
    stalls.push(Date.now());
    void look();
  }

  function judge(latency: number): Quality {
    stalls = stalls.filter((at) => Date.now() - at < STALL_COUNTS_FOR);
    if (latency > 1200 || stalls.length > 3) return "poor";
    return latency > 400 || stalls.length > 1 ? "fair" : "good";
  }

  const timer = window.setInterval(() => void look(), EVERY);
  watch(online, () => void look());
  onBeforeUnmount(() => window.clearInterval(timer));
  void look();
  return { quality, stalled };
}
