/** How answers and hand-ins leave the offline queue: one by one, so that the service has them in their order (E4). */
import { sendBy } from "@/shared/offline/queue";
import { handIn, saveAnswer, type AnswerSave, type AnswerSaved, type Attempt, type HandIn } from "./calls";

sendBy<AnswerSave, AnswerSaved>("answer", 1, async ([save]) => [await saveAnswer(save!)]);
sendBy<HandIn, Attempt>("hand-in", 1, async ([body]) => [await handIn(body!)]);
