import { toHistoryEntry } from '../../../main/core/history/history-entry.ts'
import { type ConnectionHistory, createHistorySync } from '../../../main/core/history/history-sync.ts'
import { canonicalNumber } from '../../../main/core/numbers/index.ts'
import type { CallHistorySource, LoggedCall, Store } from '../../../main/core/ports/index.ts'
import { createManualClock, createTestLog, historyQuery, open, tempFile } from '../../store/temp-store.ts'
import type { SimulatedLog } from './simulated-log.ts'

export const minute = 60_000
const facts = { canonicalOf: canonicalNumber, isExtension: (number: string) => /^8\d\d$/.test(number) }
export const never = new AbortController().signal

type Asked = Parameters<CallHistorySource['page']>[0]
/** The source, asked for other pages than the reader wants. */
const asking = (source: CallHistorySource, as: (asked: Asked) => Asked = (asked) => asked): CallHistorySource => ({
  ...source,
  page: (asked) => source.page(as(asked)),
})

export interface OpenFile {
  file: string
  store: Store
}

/** A desk that synchronises a simulated system into a real database, and can be killed and started again. `kept` = into this one. */
export async function desk(
  log: SimulatedLog,
  options: {
    floor?: number
    skewMs?: number
    onStored?(): Promise<void>
    kept?: OpenFile
    page?(asked: Asked): Asked
    estimateBefore?: CallHistorySource['estimateBefore']
  } = {},
) {
  const clock = createManualClock(log.now - (options.skewMs ?? 0))
  const file = options.kept?.file ?? tempFile()
  let store: Store = options.kept?.store ?? (await open(file))
  const recovered: { count: number; from: number; to: number }[] = []
  const { lines, log: testLog } = createTestLog()
  const start = () =>
    createHistorySync({
      clock,
      log: testLog,
      connection: 'pbx',
      system: 'telcrm',
      source: {
        ...asking(log.source(), options.page),
        ...(options.estimateBefore && { estimateBefore: options.estimateBefore }),
      },
      store: store.history,
      toEntry: (row) => toHistoryEntry(row, facts, () => ''),
      floor: () => options.floor ?? 0,
      onStored: () => options.onStored?.(),
      onRecovered: (missed) => void recovered.push(missed),
      onChange: () => undefined,
    })
  let sync: ConnectionHistory = start()
  return {
    clock,
    recovered,
    lines,
    sync: () => sync,
    store: () => store,
    pass(ms: number) {
      clock.advance(ms)
      log.now += ms
    },
    async poll() {
      await sync.poll(never)
      await sync.settled()
    },
    /** The program ends, whatever it was doing, and is started again. `reopens` = its file with it, which takes long. */
    async restart(reopens = true) {
      await sync.stop().catch(() => undefined)
      if (reopens) {
        await store.close()
        store = await open(file)
      }
      sync = start()
    },
    kept() {
      const rows: ReturnType<typeof comparable>[] = []
      let before = null as ReturnType<Store['history']['slice']>['next']
      do {
        const slice = store.history.slice(historyQuery({ before, limit: 500 }))
        rows.push(...slice.rows.map((row) => comparable({ ...row, outcome: row.result })))
        before = slice.next
      } while (before)
      return rows.sort((a, b) => (a.callId < b.callId ? -1 : 1))
    },
  }
}

export const comparable = (row: {
  callId: string
  startedAt: number
  durationSec: number
  note: string | null
  outcome: string
}) => ({
  callId: row.callId,
  startedAt: row.startedAt,
  durationSec: row.durationSec,
  note: row.note,
  outcome: row.outcome === 'unanswered' ? 'missed' : row.outcome,
})
export const truth = (log: SimulatedLog) => log.rows.map(comparable).sort((a, b) => (a.callId < b.callId ? -1 : 1))

export function busyDay(log: SimulatedLog, calls: number, gapMs: number): LoggedCall[] {
  return Array.from({ length: calls }, () => {
    log.now += gapMs
    const row = log.begin()
    log.end(row, calls % 2 === 0)
    return row
  })
}

export const noon = Date.UTC(2026, 5, 10, 12)
