import type { Call, Settings } from '../../../preload/contract/index.ts'

/** What the desktop notification of a call says: the same as the card, in two lines. */
export function notificationText(call: Call, locale: Settings['locale']): { title: string; body: string } {
  const chinese = locale === 'zh-CN'
  const { caller } = call
  const who = caller.name ?? (caller.display || (chinese ? '未知号码' : 'unknown number'))
  const company = caller.company ? (chinese ? `（${caller.company}）` : ` (${caller.company})`) : ''
  const title = chinese ? `来电：${who}${company}` : `Incoming call: ${who}${company}`
  const group = call.groupName ?? call.group
  const to = [group, call.callee.name ?? call.callee.display].filter(Boolean).join(' → ')
  const stranger = caller.name === null ? (chinese ? '新客户' : 'New caller') : caller.display
  const body = [stranger, caller.home, to].filter(Boolean).join(chinese ? '，' : ', ')
  return { title, body }
}

/** What stands for the calls that got no notification of their own. */
export function summaryText(count: number, locale: Settings['locale']): { title: string; body: string } {
  return locale === 'zh-CN'
    ? { title: `还有${count}个来电`, body: '在工作台查看。' }
    : { title: `${count} more incoming calls`, body: 'See them on the desk.' }
}
