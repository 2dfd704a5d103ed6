/** Somebody who calls the demo office. Strangers have no name. */
export interface Caller {
  id: string
  name: string
  company: string
  number: string
}

export const callers: Caller[] = [
  { id: 'li-jianguo', name: '李建国', company: '深圳华强电子有限公司', number: '13500000002' },
  { id: 'wang', name: '王女士', company: '广州天河贸易', number: '13800000417' },
  { id: 'chen-zhiqiang', name: '陈志强', company: '惠州德赛精密', number: '075228000815' },
  { id: 'huang-li', name: '黄丽', company: '东莞立讯科技', number: '076922006620' },
  { id: 'liu-yang', name: '刘洋', company: '', number: '13900006608' },
  { id: 'mr-li', name: '李先生', company: '佛山顺德家电', number: '13300009087' },
  { id: 'zhou-min', name: '周敏', company: '东莞立讯', number: '13700002216' },
  { id: 'yunqi', name: '何建平', company: '深圳云启科技', number: '075528000123' },
  { id: 'stranger-mobile', name: '', company: '', number: '18607553321' },
  { id: 'stranger-dongguan', name: '', company: '', number: '076922003318' },
]

/** Outside numbers that colleagues call. */
export const outsideNumbers = ['18600005521', '13100004478', '01065541234', '02164151234', '4008208820', '15900007731']

/** A call of the last hour: minutes before the start, who, which extension, seconds talked (0 = missed), note. */
export interface EarlierCall {
  minutesAgo: number
  caller: string
  extension: string
  durationSec: number
  note: string
  outgoing: boolean
}

function earlier(
  minutesAgo: number,
  caller: string,
  extension: string,
  durationSec: number,
  note = '',
  outgoing = false,
): EarlierCall {
  return { minutesAgo, caller, extension, durationSec, note, outgoing }
}

export const earlierCalls: EarlierCall[] = [
  earlier(59, 'li-jianguo', '801', 184, '问发票抬头，已邮件发送'),
  earlier(57, 'huang-li', '815', 96, '返修单号已告知'),
  earlier(54, 'wang', '807', 241, '要会议终端报价，周五前给'),
  earlier(52, 'stranger-mobile', '802', 0),
  earlier(49, 'chen-zhiqiang', '808', 132, '样品已寄出', true),
  earlier(47, 'liu-yang', '802', 34, '留言：请售后回电'),
  earlier(44, 'mr-li', '816', 305, '上门安装改到周三'),
  earlier(41, 'yunqi', '813', 418, '续签合同，法务在看'),
  earlier(38, 'li-jianguo', '806', 77, '会议终端60台，已报价', true),
  earlier(35, 'zhou-min', '802', 52, '转赵敏'),
  earlier(32, 'stranger-dongguan', '802', 0),
  earlier(29, 'wang', '820', 118, '对账单已确认'),
  earlier(26, 'huang-li', '818', 64, '', true),
  earlier(23, 'chen-zhiqiang', '802', 0),
  earlier(20, 'liu-yang', '817', 149, '配件到货后通知'),
  earlier(17, 'yunqi', '802', 41, '转韩雪'),
  earlier(14, 'mr-li', '822', 88, '开票资料已收到'),
  earlier(11, 'zhou-min', '806', 203, '下周来访三人'),
  earlier(8, 'stranger-mobile', '802', 27, '打错了'),
  earlier(5, 'wang', '802', 46, '找周磊，已转'),
]
