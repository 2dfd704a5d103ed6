import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { startRetention } from '../../main/core/history/retention.ts'
import type { Store, StoredFollowUp, StoredNote } from '../../main/core/ports/index.ts'
import { createListLog, createManualClock } from '../core/calls/manual-clock.ts'
import { answeredCall, entry, event, historyQuery, open, tempFile } from './temp-store.ts'

const dayMs = 86_400_000
const now = Date.UTC(2026, 10, 20, 9)
const old = now - 400 * dayMs
const recent = now - 3 * dayMs
const pbx = { connection: 'pbx', system: 'telcrm' }

/** A call with everything that may be known because of it. */
async function everythingOf(
  store: Store,
  callId: string,
  at: number,
  who: { number: string; name: string; note: string },
) {
  const canonical = who.number
  const facts = { ...pbx, callId, number: who.number, canonical, callStartedAt: at }
  const { system: _system, ...call } = facts
  await store.inbox.append(
    event({ callId, caller: who.number, receivedAt: at, raw: `GET /srvlt?caller=${who.number}` }),
  )
  await store.calls.save([answeredCall(callId, at, { caller: who.number, canonical })], 1_000_000)
  await store.history.save(
    pbx,
    [
      entry({
        callId,
        startedAt: at,
        number: who.number,
        name: who.name,
        spelling: `spelt${who.number}`,
        note: `log ${who.note}`,
      }),
    ],
    at,
  )
  await store.directory.learn([{ canonical, connection: 'pbx', name: who.name, at }])
  const note: StoredNote = { ...call, note: who.note, tags: [`tag${who.note}`], author: '802', updatedAt: at }
  await store.dispositions.saveNote(note)
  const promise: StoredFollowUp = {
    ...call,
    promise: `promise ${who.note}`,
    dueAt: at,
    createdAt: at,
    doneAt: at,
    noticedFor: null,
  }
  await store.dispositions.saveFollowUp(promise)
  await store.pushes.add({
    kind: 'other',
    connection: 'pbx',
    receivedAt: at,
    subject: callId,
    body: `{"n":"${who.number}"}`,
    bodyHash: callId,
  } as never)
  await store.presence.save('pbx', { from: at, until: at + 1000 }, [{ extension: '802', at, presence: 'busy' }])
  return { call, note, promise }
}

async function purged(store: Store, days: number): Promise<void> {
  const clock = createManualClock(now)
  const log = createListLog()
  const retention = startRetention({ clock, log, store: store.history, rest: store.retention, days: () => days })
  clock.advance(5000)
  await vi.waitFor(
    () => {
      clock.advance(100)
      expect(retention.state().isRunning).toBe(false)
    },
    { timeout: 20_000, interval: 5 },
  )
  retention.stop()
  expect(log.lines.filter((line) => line.includes('failed'))).toEqual([])
}

const secret = { number: '13987651234', name: '欧阳绝密', note: '绝密报价 topsecretword' }
const kept = { number: '13611112222', name: '王照常', note: '照常 ordinaryword' }
/** As they may stand in a file: whole, and as the words of an index. */
const traces = ['13987651234', '3987651234', '欧阳', '绝密', 'topsecretword', 'spelt13987651234']
const bytesOf = (file: string) =>
  ['', '-wal'].map((suffix) => (existsSync(file + suffix) ? readFileSync(file + suffix) : Buffer.alloc(0)))
const found = (file: string, texts: string[]) =>
  texts.filter((text) => bytesOf(file).some((bytes) => bytes.includes(Buffer.from(text))))

describe('retention', () => {
  it('what is purged is really gone: not one number, name or word is left in the bytes of the file or its log', async () => {
    const file = tempFile()
    const store = await open(file)
    await everythingOf(store, 'gone', old, secret)
    await everythingOf(store, 'stays', recent, kept)
    await store.flush()
    expect(found(file, traces)).toEqual(traces)
    await purged(store, 365)
    await vi.waitFor(() => expect(found(file, traces)).toEqual([]), 15_000)
    expect(store.history.slice(historyQuery()).rows.map(({ callId }) => callId)).toEqual(['stays'])
    expect(store.directory.lookup(secret.number)).toBeNull()
    expect(store.dispositions.note({ connection: 'pbx', callId: 'gone' })).toBeNull()
    await store.close()
    expect(found(file, traces)).toEqual([])
    // What stays is all there, in every place.
    const again = await open(file)
    expect(again.history.get('pbx', 'stays')).toMatchObject({ ownNote: kept.note, name: kept.name })
    expect(again.directory.lookup(kept.number)).toMatchObject({ name: kept.name })
    expect(again.dispositions.followUp({ connection: 'pbx', callId: 'stays' })).not.toBeNull()
    const term = { scope: 'any' as const, canonicals: [] }
    for (const text of ['照常', 'ordinaryword', '王照', '6111'])
      expect(again.history.slice(historyQuery({ terms: [{ ...term, text }] })).rows, text).toHaveLength(1)
  })

  it('an open promise keeps its note and its name until it is done; the count says so before', async () => {
    const store = await open()
    const { call, promise } = await everythingOf(store, 'promised', old, secret)
    await everythingOf(store, 'done', old, { ...secret, number: '13900000001', name: '旧人' })
    await everythingOf(store, 'stays', recent, kept)
    await store.dispositions.saveFollowUp({ ...promise, doneAt: null })
    const before = now - 365 * dayMs
    expect(store.retention.count(before)).toEqual({ notes: 1, followUps: 1, openFollowUps: 1, names: 1, presence: 1 })
    await purged(store, 365)
    expect(store.dispositions.note(call)).toMatchObject({ note: secret.note })
    expect(store.dispositions.openFollowUps(9)).toHaveLength(1)
    expect(store.directory.lookup(secret.number)).toMatchObject({ name: secret.name })
    expect(store.directory.lookup('13900000001')).toBeNull()
    expect(store.history.get('pbx', 'promised')).toBeNull()
    expect(store.retention.count(before)).toMatchObject({ notes: 0, followUps: 0, openFollowUps: 1, names: 0 })
    await store.dispositions.saveFollowUp({ ...promise, doneAt: now })
    await purged(store, 365)
    expect(store.dispositions.note(call)).toBeNull()
    expect(store.dispositions.followUp(call)).toBeNull()
    expect(store.directory.lookup(secret.number)).toBeNull()
  })

  it('a name stays while a later call has it, and people whom somebody entered always stay', async () => {
    const store = await open()
    await everythingOf(store, 'a', old, secret)
    await store.history.save(pbx, [entry({ callId: 'b', startedAt: recent, number: secret.number })], now)
    await store.directory.save({ number: '13900000009', canonical: '13900000009', name: '录入的人', company: null })
    await purged(store, 365)
    expect(store.directory.lookup(secret.number)).toMatchObject({ name: secret.name })
    expect(store.directory.lookup('13900000009')).toMatchObject({ name: '录入的人' })
  })

  it('0 days keep everything', async () => {
    const store = await open()
    await everythingOf(store, 'a', old, secret)
    const clock = createManualClock(now)
    const retention = startRetention({
      clock,
      log: createListLog(),
      store: store.history,
      rest: store.retention,
      days: () => 0,
    })
    clock.advance(3 * dayMs)
    await new Promise((resolve) => setTimeout(resolve, 50))
    retention.stop()
    expect(store.history.get('pbx', 'a')).not.toBeNull()
    expect(store.dispositions.note({ connection: 'pbx', callId: 'a' })).not.toBeNull()
  })
})
