import type { Call, ConnectionStatus, ListenerStatus } from '../../../preload/contract/index.ts'

export type TickState = 'ok' | 'waiting' | 'trouble'

/** The four ticks of "let the PBX tell me". */
export interface WebhookTicks {
  port: TickState
  pbx: TickState
  first: TickState
  end: TickState
  /** The call that the newest notice was about, if it is one we know. */
  call: Call | null
  /** When the first notice since this step was opened came, epoch ms. */
  landedAt: number | null
  /** A notice of the end of a call came since the step was opened. */
  endedAt: number | null
}

/** What has been proved so far. `since` = when the step was opened; `calls` newest first. */
export function webhookTicks(
  listener: ListenerStatus,
  connection: ConnectionStatus | null,
  calls: readonly Call[],
  since: number,
): WebhookTicks {
  const fresh = calls.filter((call) => lastReport(call) >= since)
  const landed = listener.lastEventAt !== null && listener.lastEventAt >= since
  const ended = fresh.find((call) => call.endedAt !== null && call.endedAt >= since && !call.unconfirmed)
  return {
    port: listener.state === 'listening' ? 'ok' : listener.state === 'starting' ? 'waiting' : 'trouble',
    pbx: connection?.state === 'ok' ? 'ok' : connection?.state === 'down' ? 'trouble' : 'waiting',
    first: listener.lastEventAt !== null ? 'ok' : 'waiting',
    end: ended ? 'ok' : 'waiting',
    call: fresh[0] ?? null,
    landedAt: landed
      ? Math.min(...fresh.map(firstReportSince(since)), listener.lastEventAt ?? Number.POSITIVE_INFINITY)
      : null,
    endedAt: ended?.endedAt ?? null,
  }
}

function lastReport(call: Call): number {
  return Math.max(call.startedAt, call.ringingAt ?? 0, call.answeredAt ?? 0, call.unconfirmed ? 0 : (call.endedAt ?? 0))
}

function firstReportSince(since: number): (call: Call) => number {
  return (call) => {
    const times = [call.startedAt, call.ringingAt, call.answeredAt, call.endedAt].filter(
      (at) => at !== null && at >= since,
    )
    return Math.min(...(times as number[]))
  }
}
