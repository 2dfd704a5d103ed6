import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { deriveCall } from '../core/calls/call-state.ts'
import { canonicalNumber, displayNumber } from '../core/numbers/index.ts'
import { readCalls } from '../store/read-calls.ts'
import { readOptions } from './arguments.ts'
import { UsageError } from './usage.ts'

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** The calls in a data folder, newest first; also while the program runs, and also what it had not folded when it was killed. */
export async function callsCommand(args: string[]): Promise<void> {
  const options = readOptions(args, {
    'data-dir': { type: 'string' },
    since: { type: 'string' },
    json: { type: 'boolean' },
  })
  if (!options['data-dir']) throw new UsageError('calls needs --data-dir DIR', 'calls 需要 --data-dir 目录')
  const since = options.since === undefined ? null : Date.parse(options.since)
  if (since !== null && Number.isNaN(since))
    throw new UsageError(
      `--since takes a date such as 2026-11-20T08:00:00Z, not "${options.since}"`,
      `--since 要写成 2026-11-20T08:00:00Z 这样的日期，不能是“${options.since}”`,
    )
  const file = join(resolve(options['data-dir']), 'frontbell.sqlite')
  if (!existsSync(file)) throw new Error(`no Frontbell database in ${resolve(options['data-dir'])}`)
  const rows = readCalls({ file, since, canonicalOf: canonicalNumber }).map(({ record, contact }) => {
    const call = deriveCall(record)
    return {
      callId: record.callId,
      caller: record.caller,
      callee: call.callee,
      direction: record.direction,
      state: call.state,
      startedAt: iso(call.startedAt),
      answeredAt: iso(call.answeredAt),
      endedAt: iso(call.endedAt),
      group: call.group,
      contact,
    }
  })
  if (options.json) {
    process.stdout.write(`${JSON.stringify(rows)}\n`)
    return
  }
  for (const row of rows) {
    process.stdout.write(
      `${row.startedAt}  ${row.state.padEnd(8)}  ${displayNumber(row.caller)} → ${row.callee}${row.contact ? `  ${row.contact}` : ''}\n`,
    )
  }
}
