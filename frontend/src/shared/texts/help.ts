/** Help by page. Each feature adds its own in its texts and names it in the route's meta. */

export interface HelpText {
  title: string;
  parts: { heading: string; text?: string; steps?: string[] }[];
}

const general: HelpText = {
  title: "怎么使用",
  parts: [
    { heading: "页面怎么用", text: "左侧（手机在顶部）是栏目，右上角是账号与退出。列表上方可以筛选，筛选条件会保留在网址中，可以收藏或转发。" },
    { heading: "提示出错了", text: "按提示中的办法处理即可；若仍不成功，请把提示里的请求编号告诉客服。" },
  ],
};

export const HELP: Record<string, HelpText> = { general };

/** Called by the features' route files. */
export function addHelp(texts: Record<string, HelpText>): void {
  Object.assign(HELP, texts);
}
