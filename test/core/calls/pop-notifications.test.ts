import { expect, it } from 'vitest'
import { notificationText } from '../../../main/core/calls/notification-text.ts'
import { createPopNotifications } from '../../../main/core/calls/pop-notifications.ts'
import { CoreError } from '../../../main/core/errors.ts'
import type { Notifier } from '../../../main/core/ports/index.ts'
import type { Call } from '../../../preload/contract/index.ts'

const party = (number: string, name: string | null) => ({
  number,
  canonical: number,
  display: number,
  home: null,
  name,
  company: null,
  source: null,
})
const call = (id: string, name: string | null = '李建国') =>
  ({
    callId: id,
    caller: party('13500000002', name),
    callee: party('802', '张霞'),
    group: '3002',
    groupName: '售前组',
  }) as Call

function desk(busyFrom: number, failWith: CoreError | null = null) {
  const said: { title: string; body: string }[] = []
  const warnings: string[] = []
  const clicked: string[] = []
  const failing: boolean[] = []
  const log = { debug() {}, info() {}, error() {}, warn: (event: string) => warnings.push(event), child: () => log }
  const notifier: Notifier = {
    busy: () => said.length >= busyFrom,
    async notify(message, onClick) {
      said.push(message)
      if (failWith) throw failWith
      onClick?.()
    },
  }
  const notifications = createPopNotifications({
    notifier,
    log,
    locale: () => 'zh-CN',
    isWanted: () => true,
    onClick: (one) => clicked.push(one.callId),
    onFailing: (now) => failing.push(now),
  })
  return { notifications, said, warnings, clicked, failing }
}

it('says who calls, and a click opens that call', () => {
  const { notifications, said, clicked } = desk(99)
  notifications.popped(() => call('a'))
  expect(said).toEqual([{ title: '来电：李建国', body: '13500000002，售前组 → 张霞' }])
  expect(clicked).toEqual(['a'])
})

it('R22: in a rush one message counts the rest', () => {
  const { notifications, said } = desk(2)
  for (let n = 0; n < 6; n += 1) notifications.popped(() => call(String(n), null))
  expect(said.map(({ title }) => title)).toEqual([
    '来电：13500000002',
    '来电：13500000002',
    '还有1个来电',
    '还有2个来电',
    '还有3个来电',
    '还有4个来电',
  ])
})

it('a desktop without notifications is logged once, a replaced message not at all', async () => {
  const broken = desk(99, new CoreError('unavailable', { reason: 'notify-send is missing' }))
  for (let n = 0; n < 3; n += 1) broken.notifications.popped(() => call(String(n)))
  await new Promise((done) => setImmediate(done))
  expect(broken.warnings).toEqual(['notification-failed'])
  expect(broken.failing).toEqual([true])
  const replaced = desk(99, new CoreError('cancelled'))
  replaced.notifications.popped(() => call('a'))
  await new Promise((done) => setImmediate(done))
  expect(replaced.warnings).toEqual([])
})

it('a caller who hides the number is not announced as nobody', () => {
  const hidden = { ...call('c1', null), caller: { ...party('', null), display: '' } }
  expect(notificationText(hidden, 'zh-CN').title).toBe('来电：未知号码')
  expect(notificationText(hidden, 'en').title).toBe('Incoming call: unknown number')
})
