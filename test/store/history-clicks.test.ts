import { expect, it } from 'vitest'
import { clickEvents } from '../../main/core/calls/click-call.ts'
import { foldEvent } from '../../main/core/calls/fold.ts'
import { canonicalNumber } from '../../main/core/numbers/index.ts'
import type { Store } from '../../main/core/ports/index.ts'
import { entry, historyQuery, open } from './temp-store.ts'

const t = 1_760_000_000_000
const minute = 60_000
const number = '13500000002'
const click = { clickCallId: 'click-7', connection: 'pbx', extension: '802', number }

/** The call as it is followed after the click: dialled at `t`, over at `endedAt`. */
async function dialled(store: Store, endedAt: number | null): Promise<void> {
  const news = [['idle', t], ['talking', t + 9000], ...(endedAt === null ? [] : [['ended', endedAt] as const])] as const
  const events = news.flatMap(([what, at]) => clickEvents(click, what, at))
  const record = events.reduce<Parameters<typeof foldEvent>[0]>(
    (known, event) => foldEvent(known, event, canonicalNumber),
    null,
  )
  await store.calls.save([record!])
  await store.dispositions.saveNote({
    ...{ connection: 'pbx', callId: 'click-7', number, canonical: number, callStartedAt: t },
    ...{ note: '要报价', author: null, tags: ['大客户'], updatedAt: t },
  })
}

const row = entry({ callId: 'a@pbx', startedAt: t, direction: 'outgoing', clickCallId: 'click-7' })
const save = (store: Store, at: number) => store.history.save({ connection: 'pbx', system: 'telcrm' }, [row], at)
const found = (store: Store) =>
  store.history.slice(historyQuery({ terms: [{ scope: 'any', text: '报价', canonicals: [] }] })).rows

it('what was written under the key of the click is found with the call that the log names by it', async () => {
  const store = await open()
  await dialled(store, t + minute)
  await save(store, t + 30 * minute)
  expect(found(store)).toMatchObject([{ callId: 'a@pbx', ownNote: '要报价', tags: ['大客户'] }])
  expect(store.dispositions.note({ connection: 'pbx', callId: 'a@pbx' })?.note).toBe('要报价')
  expect(store.calls.get('click-7')).toBeNull()
  expect(store.calls.get('a@pbx')).not.toBeNull()
})

it('not while its card may still be there; a later look at the same row does it, and is a change once', async () => {
  const store = await open()
  await dialled(store, t + minute)
  await save(store, t + 2 * minute)
  expect(store.dispositions.note({ connection: 'pbx', callId: 'click-7' })?.note).toBe('要报价')
  expect(await save(store, t + 30 * minute)).toBe(1)
  expect(found(store)).toHaveLength(1)
  expect(await save(store, t + 40 * minute)).toBe(0)
})

it('a call that nobody has seen the end of keeps its key, and another connection’s click is not this one', async () => {
  const store = await open()
  await dialled(store, null)
  await save(store, t + 600 * minute)
  await store.history.save({ connection: 'other', system: 'telcrm' }, [{ ...row, callId: 'b' }], t + 600 * minute)
  expect(store.dispositions.note({ connection: 'pbx', callId: 'click-7' })?.note).toBe('要报价')
})
