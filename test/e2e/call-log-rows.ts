import { type FakeTelcrm, logRow } from '../fakes/telcrm/index.ts'

const hour = 3_600_000
const people = ['李建国', '周敏', '陈志强', '', '何建平', '刘洋', '', '吴秀兰'] as const
const numbers = [
  '013500000002',
  '13600004452',
  '13900006608',
  '075528000123',
  '13700002290',
  '18800001206',
  '02028000123',
  '13300009087',
] as const

/** A log of `count` calls, the newest some minutes ago: eight people again and again, one call in `everyMs`. */
export function fillLog(fake: FakeTelcrm, count: number, everyMs = hour / 2): void {
  const newest = Date.now() - 10 * 60_000
  for (let n = 0; n < count; n += 1) {
    const person = n % people.length
    const own = `80${1 + (n % 4)}`
    const isOut = n % 5 === 4
    const isAnswered = n % 3 !== 0
    fake.state.oldLog.push(
      logRow({
        id: 100_000 - n,
        caller: isOut ? own : numbers[person]!,
        callee: isOut ? numbers[person]! : own,
        beginTime: newest - n * everyMs,
        duration: isAnswered ? 20 + ((n * 37) % 900) : 0,
        state: isAnswered ? 'STATE_RECEIVED' : 'STATE_FAILED',
        cname: people[person]!,
        record: n % 10 === 1 ? '新线材要200条样品' : '',
        recordVoice: isAnswered && n % 4 === 1 ? `/rec/${100_000 - n}.wav` : '',
      }),
    )
  }
}
