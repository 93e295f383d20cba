/** 入门指南 (K32): for each of the four who begin here, what to do first, step by step, with the way to the page. */

export interface GuideStep {
  title: string;
  lines: string[];
  /** A page of whoever reads it; `name` is a route without parameters. */
  link?: { name: string; text: string };
  /** A file of features/guides/pictures, without its ending; `kaike pictures` takes them. */
  picture?: string;
}

export interface Guide {
  /** In the address. */
  key: string;
  title: string;
  roles: string[];
  about: string;
  steps: GuideStep[];
}

const learner: Guide = {
  key: "learner",
  title: "学员入门指南",
  roles: ["learner"],
  about: "从登录到通过考试。用手机或电脑都可以，进度是同一份。",
  steps: [
    { title: "登录", lines: ["用本人手机号和短信验证码登录，首次登录自动建立账号。", "登录手机号与报名时登记的联系方式不同，不影响学习。"], picture: "learner-sign-in" },
    { title: "检测设备", lines: ["检查浏览器、摄像头、屏幕和网络。有问题时页面会说明怎样处理。"], link: { name: "device-check", text: "打开设备检测" }, picture: "learner-device-check" },
    { title: "加入班级", lines: ["向班主任或助教索取六位班级密码。", "填写报名时的姓名和证件号码，以及班级密码，三项都正确才能加入。", "连续填错 5 次需要等一会儿再试。"], link: { name: "join", text: "加入班级" }, picture: "learner-join" },
    { title: "实名认证和签到", lines: ["班级要求时，先同意使用照片，再正对镜头拍照。", "每天第一次学习前签到；要求每日两次的，12:00 前、后各一次。"], picture: "learner-check-in" },
    { title: "学习课程", lines: ["从第一个课时开始。按顺序学习的班级，学完一个才会打开下一个。", "视频只计算实际观看的部分；文档按打开阅读的时间计算。", "网络中断时不用退出，进度保留在本机，恢复后自动上传。"], link: { name: "my-classes", text: "我的班级" }, picture: "learner-study" },
    { title: "参加考试", lines: ["在班级的“线上考试”查看开放时间、作答次数和时长。", "每题选完即保存。误关闭窗口可以重新进入继续作答，时间以服务器为准。", "允许多次作答的，取最高分。"], picture: "learner-exam" },
  ],
};

const classTeacher: Guide = {
  key: "class-teacher",
  title: "班主任入门指南",
  roles: ["class_teacher", "assistant", "provider_admin"],
  about: "从核对名单到确认结业条件。",
  steps: [
    { title: "核对报名信息", lines: ["在班级的“学员管理”核对姓名、证件号码等五项信息。", "开班前可以增删改；开班后可以补充和修改，不能删除；学员加入后身份信息不能再改。"], link: { name: "classes", text: "班级管理" }, picture: "teacher-roster" },
    { title: "准备开班", lines: ["名单无误后点“开班”，核对预计培训人数和费用。", "由商务管理或单位管理员提交，联系商务专员审核。"], picture: "teacher-opening" },
    { title: "组织学员加入", lines: ["审核通过后，班级列表和班级概况显示六位班级密码。", "把学习平台网址、班级密码和操作说明发给学员。", "在“班级概况”和“学员管理”查看谁还没有加入。"], picture: "teacher-password" },
    { title: "发布公告", lines: ["公告最多 140 个字，写明签到要求、作业、答疑群和助教联系方式。", "开课期间可以随时修改。"], picture: "teacher-announcement" },
    { title: "跟进学习和签到", lines: ["“学习情况”看每位学员的进度、成绩和最近学习时间，“学习详情”看到每个课时。", "“签到统计”看每天的签到和照片。"], picture: "teacher-learning" },
    { title: "确认结业条件", lines: ["学习状态为“已全部学完”、考试已有成绩，再请商务管理提交结业。", "时长够了却未学完，多半有练习没有交；学完了时长不够，多半有文档没有读满时间。"], picture: "teacher-graduation" },
  ],
};

const registrar: Guide = {
  key: "registrar",
  title: "线上教务入门指南",
  roles: ["registrar", "provider_admin"],
  about: "从课程包到一个设置好的班级。",
  steps: [
    { title: "看好课程包", lines: ["按培训备案选择课程包：官方推荐的，或本单位自建的。", "核对课程时长、课时，以及是否需要线上考试。"], link: { name: "packages", text: "课程包管理" }, picture: "registrar-packages" },
    { title: "第 1 步 基本信息", lines: ["先选班级类型，创建后不能更改。", "填写名称、开课时间、班主任、预计培训人数、申领补贴地区。预计培训人数是报名的上限。"], link: { name: "class-new", text: "创建班级" }, picture: "registrar-basic" },
    { title: "第 2 步 课程设置", lines: ["选择课程包，设置课时换算、结课后回看和考试时间。", "线上课程和是否有直播课，开班后不能再改；线下课表随时可以改。"], picture: "registrar-courses" },
    { title: "第 3 步 监管设置", lines: ["先开启实名认证，才能启用签到和拍照。", "按当地要求设置签到次数、每天最长学习时间和可以点播的时间段。"], picture: "registrar-supervision" },
    { title: "第 4 步 导入学员", lines: ["下载模板，填好后上传。有一行不对就一行也不导入，按提示修改后再传。", "没有名单时可以稍后导入。"], picture: "registrar-roster" },
    { title: "交给班主任", lines: ["每一步单独保存，可以随时回来继续。", "设置完整后，班级交给班主任核对名单、办理开班。"], link: { name: "classes", text: "班级管理" }, picture: "registrar-done" },
  ],
};

const businessManager: Guide = {
  key: "business-manager",
  title: "商务管理入门指南",
  roles: ["business_manager", "provider_admin"],
  about: "开班、结业、订单和结算。",
  steps: [
    { title: "提交开班审核", lines: ["在班级列表点“开班”，核对预计培训人数、人头费和预计总金额。", "有特殊原因可以申请免费开班，写明理由。", "提交后联系商务专员；一审之前可以撤回。"], link: { name: "classes", text: "班级管理" }, picture: "business-opening" },
    { title: "需要增加名额", lines: ["开班后预计培训人数由商务专员修改，请与其联系。"] },
    { title: "提交结业审核", lines: ["提交后学习、考试和回看立即关闭。还要安排学员回看的，请先不要提交。", "计费学员按学完人数，且不低于加入人数的 90%。", "如需退费，在一审之前申请。"], picture: "business-graduation" },
    { title: "核对订单", lines: ["结业审核通过后生成班级结业订单，请在到期日前结算。"], link: { name: "orders", text: "订单" }, picture: "business-order" },
    { title: "提交结算", lines: ["勾选同一经销商的一个或多个订单，点“结算”。", "用与单位户名相同的对公账户，按显示的金额一次转账。", "填写付款信息，上传汇款凭证并提交。"], picture: "business-settle" },
    { title: "等待确认", lines: ["经销商确认到账后，订单转为已结算。", "被退回时显示原因，改好后重新提交。"], picture: "business-waiting" },
  ],
};

export const GUIDES: readonly Guide[] = [learner, classTeacher, registrar, businessManager];

/** Those for somebody with these roles; whoever holds the role itself comes before whoever may only do the same. */
export function guidesFor(roles: readonly string[]): Guide[] {
  const fitting = GUIDES.filter((guide) => guide.roles.some((role) => roles.includes(role)));
  return [...fitting].sort((a, b) => Number(roles.includes(b.roles[0] ?? "")) - Number(roles.includes(a.roles[0] ?? "")));
}
