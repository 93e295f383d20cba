/** 新功能介绍: what is new, newest first. */
export const NEWS = [
  { title: "主流程上线", text: "从创建班级、导入名单、开班与结业审核，到结业订单和结算确认，都可以在页面上完成。" },
  { title: "断网不丢内容", text: "学习进度、作答和填写的内容在断网时保留在设备上，恢复后自动继续。" },
];
