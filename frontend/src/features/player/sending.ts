/** How study reports leave the offline queue: many of one session together (K18). */
import { sendBy } from "@/shared/offline/queue";
import { report, type Judged, type Report } from "./calls";

export interface Kept {
  session_id: string;
  report: Report;
}

sendBy<Kept, Judged>("report", 50, (kept) => report(kept[0]!.session_id, kept.map((each) => each.report)));
