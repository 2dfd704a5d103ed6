import type { CallHistorySource, LoggedCall } from '../../../main/core/ports/index.ts'

export const dayMs = 86_400_000

/** A system's call log in memory: newest first, asked for by windows and offsets, changing between any two answers. */
export class SimulatedLog {
  readonly rows: LoggedCall[] = []
  /** The system's clock, epoch ms. */
  now: number
  /** Called before every answer: calls come and go while it is being read. */
  onAsked: () => void = () => undefined
  asked = 0
  readonly #pageRows: number
  /** Most rows of an answer, whatever is asked for: where a page ends says nothing then. */
  readonly #cap: number
  #serial = 0

  constructor(now: number, pageRows: number, cap = Number.POSITIVE_INFINITY) {
    this.#cap = cap
    this.now = now
    this.#pageRows = pageRows
  }

  begin(over: Partial<LoggedCall> = {}): LoggedCall {
    this.#serial += 1
    const row: LoggedCall = {
      callId: `call-${this.#serial}@pbx`,
      caller: `1350000${String(this.#serial % 40).padStart(4, '0')}`,
      callee: String(801 + (this.#serial % 5)),
      direction: null,
      name: null,
      startedAt: this.now,
      durationSec: 0,
      outcome: 'running',
      extension: null,
      group: null,
      note: null,
      causeCode: null,
      causeText: null,
      recording: null,
      ...over,
    }
    this.rows.push(row)
    return row
  }

  end(row: LoggedCall, answered: boolean): void {
    row.outcome = answered ? 'answered' : 'unanswered'
    row.durationSec = answered ? Math.round((this.now - row.startedAt) / 1000) : 0
  }

  #between(from: number, to: number): LoggedCall[] {
    return this.rows
      .map((row, at) => ({ row, at }))
      .filter(({ row }) => row.startedAt >= from && row.startedAt < to)
      .sort((a, b) => b.row.startedAt - a.row.startedAt || b.at - a.at)
      .map(({ row }) => ({ ...row }))
  }

  source(): CallHistorySource {
    const answer = async <T>(read: () => T): Promise<T> => {
      this.asked += 1
      this.onAsked()
      return read()
    }
    const startOf = (at: number) => Math.floor(at / dayMs) * dayMs
    return {
      windowMs: dayMs,
      windowOffsetMs: 0,
      mostWindows: 5,
      stepMs: dayMs,
      lateMs: 600_000,
      pageRows: this.#pageRows,
      page: ({ from, to, cursor, limit }) =>
        answer(() => {
          const all = this.#between(startOf(from), startOf(to - 1) + dayMs)
          const first = Number(cursor ?? 0)
          const rows = all.slice(first, first + Math.min(limit, this.#cap))
          const isLast = Number.isFinite(this.#cap) ? rows.length === 0 : rows.length < limit
          return { rows, next: isLast ? null : String(first + rows.length) }
        }),
      stepBack: (cursor, rows) => String(Math.max(0, Number(cursor) - rows)),
      newestBefore: (at) => answer(() => this.#between(0, startOf(at - 1) + dayMs)[0]?.startedAt ?? null),
      estimateBefore: (at) => answer(() => this.#between(0, at).length),
    }
  }
}
