import { callers, type EarlierCall } from './callers.ts'

const minute = 60_000

/** What the receptionist of the demo wrote about a call of the last hour. Times are epoch ms. */
export interface DemoPreset {
  callId: string
  number: string
  callStartedAt: number
  note: string
  tags: string[]
  followUp: { promise: string; dueAt: number } | null
}

/** By caller, and how many minutes before the start: the newest call of the caller that was talked on. */
const written: { caller: string; note: string; tags: string[]; promise?: string; dueInMinutes?: number }[] = [
  {
    caller: 'yunqi',
    note: '续签合同，法务在看，要回他进度',
    tags: ['合同'],
    promise: '回复合同进度',
    dueInMinutes: -9,
  },
  { caller: 'li-jianguo', note: '会议终端60台，已报价', tags: ['报价'], promise: '报会议终端交期', dueInMinutes: 45 },
  { caller: 'wang', note: '要11月对账单，周三前寄到', tags: ['对账'] },
  {
    caller: 'liu-yang',
    note: '配件没到，语气比较急',
    tags: ['售后', '投诉'],
    promise: '问仓库配件到货',
    dueInMinutes: 24 * 60,
  },
]

/** The presets for the calls of the log; `ids` are theirs, in the same order. */
export function presetsOf(earlier: readonly EarlierCall[], ids: readonly string[], startedAt: number): DemoPreset[] {
  return written.flatMap(({ caller, note, tags, promise, dueInMinutes }) => {
    const at = earlier.findLastIndex((call) => call.caller === caller && call.durationSec > 0)
    const [call, callId, person] = [earlier[at], ids[at], callers.find(({ id }) => id === caller)]
    if (!call || callId === undefined || !person) return []
    const followUp =
      promise === undefined || dueInMinutes === undefined ? null : { promise, dueAt: startedAt + dueInMinutes * minute }
    return [
      { callId, number: person.number, callStartedAt: startedAt - call.minutesAgo * minute, note, tags, followUp },
    ]
  })
}

export const demoTags = ['咨询', '报价', '对账', '售后', '投诉']

/** An address that leads nowhere: the demo shows what would open. */
export const demoCrmRule = {
  id: 'demo',
  name: 'CRM',
  template: 'https://crm.example.com/search?phone={caller}&name={name}',
  groups: [],
  on: 'button' as const,
  outgoing: true,
}
