// 帮助与导览的词语。
import type { HelpWords } from "./words.ts";

export const helpZh: HelpWords = {
  "nav.overview": "概览",
  "help.title": "帮助",
  "help.where": "每一页都以一句要点开头。数字带单位，时间采用活动所在时区；过时的数据会注明。",
  "help.search": "转到页面的搜索或筛选；若没有，则到该活动的发放记录或活动列表",
  "help.help": "打开本帮助",
  "help.escape": "关闭已打开的内容，清空筛选",
  "help.tab": "移到下一项；表格可用方向键滚动",
  "help.api": "本控制台使用的接口",
  "help.tour": "开始导览",
  "tour.offer": "第一次来？半分钟即可了解全貌。",
  "tour.start": "开始",
  "tour.pass": "不用了",
  "tour.next": "下一步",
  "tour.back": "上一步",
  "tour.done": "完成",
  "tour.campaigns.title": "正在进行的活动",
  "tour.campaigns.text":
    "所有活动及其剩余预算。需要注意的事项列在上方。选择一个活动，即可查看资金、实时数据、发放记录和证明。",
  "tour.pages.title": "去哪里",
  "tour.pages.text": "服务器的各个页面；进入活动后，还有该活动自己的页面。",
  "tour.preferences.title": "语言与明暗",
  "tour.preferences.text": "金额和数字按您的语言书写；时间保持活动所在时区。",
  "tour.who.title": "您的身份",
  "tour.who.text": "您的密钥及其权限。无权的操作不会显示，服务器也会拒绝。在此退出登录。",
  "tour.help.title": "帮助",
  "tour.help.text": "任何页面按 ? 查看快捷键，按 / 搜索。",
};
