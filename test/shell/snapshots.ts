import type { Seen } from '../../main/shell/follow-desk.ts'
import { type Call, type CallsSnapshot, type Me, Settings, type Status } from '../../preload/contract/index.ts'
import { freshCall, nobody } from '../call-samples.ts'

export function callOf(parts: Partial<Call> & { number?: string; name?: string | null } = {}): Call {
  const { number = '13500000002', name = '王芳', ...rest } = parts
  const party = (text: string, who: string | null) => ({
    ...nobody(text),
    name: who,
    source: who ? ('directory' as const) : null,
  })
  return {
    ...freshCall,
    callId: `call-${number}`,
    state: 'ringing',
    caller: party(number, name),
    callee: party('802', null),
    ringingAt: null,
    ...rest,
  }
}

export function callsOf(cards: Call[] = [], missedCount = 0): CallsSnapshot {
  return { cards, missedCount, missed: [], focus: null }
}

export function statusOf(
  parts: {
    connection?: 'connecting' | 'ok' | 'down' | 'none'
    listener?: Status['listener']['state']
    demo?: Status['demo']
  } = {},
): Status {
  const { connection = 'ok', listener = 'listening', demo = { running: false, callers: [] } } = parts
  return {
    connections:
      connection === 'none'
        ? []
        : [
            {
              id: 'pbx',
              system: 'telcrm',
              address: '192.168.1.82:12121',
              polled: true,
              state: connection,
              since: 1,
              lastOkAt: null,
              latencyMs: null,
              problem: null,
              retryAt: null,
            },
          ],
    listener: { state: listener, host: '0.0.0.0', port: 12180, urls: [], lastEventAt: null, problem: null },
    unknownSources: [],
    notices: [],
    popLatency: { lastMs: null, p95Ms: null, count: 0 },
    demo,
  }
}

export function meOf(parts: Partial<Me> = {}): Me {
  const can = {
    dial: true,
    dialIp: true,
    hangup: true,
    transfer: true,
    consult: true,
    conference: true,
    toMenu: true,
    setPresence: true,
    setOthersPresence: false,
    supervise: true,
  }
  return {
    connection: 'pbx',
    extension: '802',
    name: '李静',
    presence: 'online',
    pendingPresence: null,
    supervisor: null,
    can,
    ...parts,
  }
}

export function settingsOf(values: Record<string, unknown> = {}): NonNullable<Seen['settings']> {
  return { values: Settings.parse(values), secretsSet: [], locked: [], problems: [], needsSetup: false }
}
