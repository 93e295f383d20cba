/** On a desk a table's actions stay in sight while its other columns scroll; on a phone they would cover them. */
export const actionsFixed: "right" | false = globalThis.matchMedia?.("(min-width: 768px)").matches ? "right" : false;
