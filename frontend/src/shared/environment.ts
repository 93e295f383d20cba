/** Whether people only try things out here: the gateway says so in the page's head (演示环境). */
export const trial: boolean = globalThis.document?.querySelector<HTMLMetaElement>('meta[name="kaike-environment"]')?.content === "development";
