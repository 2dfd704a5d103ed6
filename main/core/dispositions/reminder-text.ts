import type { FollowUp, Settings } from '../../../preload/contract/index.ts'

type Text = { title: string; body: string }

/** What the desktop notification of a follow-up says. */
export function reminderText(followUp: FollowUp, now: number, locale: Settings['locale']): Text {
  const chinese = locale === 'zh-CN'
  const { party, promise, dueAt } = followUp
  const who = party.name ?? (party.display || (chinese ? '未知号码' : 'unknown number'))
  const company = party.company ? (chinese ? `（${party.company}）` : ` (${party.company})`) : ''
  const number = party.name === null ? null : party.display
  const body = [moment(dueAt, now, locale), promise, number].filter(Boolean).join(chinese ? '，' : ', ')
  return { title: chinese ? `该联系了：${who}${company}` : `Follow up: ${who}${company}`, body }
}

/** What stands for several that became due while nobody was here. */
export function remindersText(followUps: readonly FollowUp[], locale: Settings['locale']): Text {
  const chinese = locale === 'zh-CN'
  const names = followUps.map(({ party }) => party.name ?? party.display).filter((name) => name !== '')
  const count = followUps.length
  return chinese
    ? { title: `${count}件待办已到时间`, body: `${names.slice(0, 3).join('、')}等，在待办里查看。` }
    : { title: `${count} follow-ups are due`, body: `${names.slice(0, 3).join(', ')} and others. See Follow-ups.` }
}

/** `15:00` today, else with the day. */
function moment(at: number, now: number, locale: Settings['locale']): string {
  const [then, today] = [new Date(at), new Date(now)]
  const isToday = then.toDateString() === today.toDateString()
  return new Intl.DateTimeFormat(locale, {
    ...(isToday ? {} : { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(then)
}
