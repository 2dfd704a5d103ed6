import type { Connection, ConnectionCheck, Problem, Settings, TelcrmConnection } from '../../preload/contract/index.ts'
import type { BoardState } from '../core/board/board-state.ts'
import { CoreError, toProblem } from '../core/errors.ts'
import type { Clock, ExtensionState, Log, TelephonySystem } from '../core/ports/index.ts'
import type { StatusBook } from '../core/status/status-book.ts'
import { createExtensionStatePoller } from '../polling/extension-states.ts'
import { createHistoryPoller } from '../polling/history.ts'
import { hiddenFactor, type Poller } from '../polling/poller.ts'
import { createSpaced } from '../polling/spaced.ts'
import { openSystem } from '../systems/index.ts'
import type { Histories } from './histories.ts'

export interface Telephony {
  /** The system that this desk telephones with: the first connection that can dial. */
  primary(): TelephonySystem | null
  /** Its settings. */
  primaryConnection(): TelcrmConnection | null
  /** A configured connection, opened, once the newest settings are followed. Errors: not-found, and why it could not be opened. */
  system(id: string): Promise<TelephonySystem>
  /** Does it answer, and does it accept us? Its status says so from then on. Errors: not-found. */
  check(id: string, signal?: AbortSignal): Promise<ConnectionCheck>
  /** Open, close and re-open so that it matches the settings. Connections that did not change are left alone. */
  apply(settings: Settings): Promise<void>
  /** Polls begin now, and from here on with every connection that is opened. */
  begin(): void
  /** Ask the PBX now: after resume, after a click that changed something. */
  pollNow(): void
  /** The PBX reported a call, so it lives: do not wait out a back-off. */
  heard(): void
  /** Nobody looks: polls come five times slower. */
  setHidden(hidden: boolean): void
  /** How old the board may be before its states are in doubt, ms. */
  staleAfterMs(): number
  stop(): Promise<void>
}

/** A PBX that reports calls but answers no poll is asked again at most this often. */
const heardGapMs = 2000

const leastStaleMs = 6000

/** Wrong passwords in a row before nobody is asked any more: accounts are locked after a few. */
const mostRefusals = 3

interface Opened {
  config: string
  connection: Connection
  system: TelephonySystem | null
  /** Why it could not be opened. */
  failure: unknown
  pollers: Poller[]
  history: Poller | null
}

export function createTelephony(deps: {
  clock: Clock
  log: Log
  board: BoardState
  status: StatusBook
  histories: Histories
  polling(): Settings['polling']
  /** A good poll of the primary connection; the board has it already. */
  onPolled(connection: string, phones: ExtensionState[]): void
}): Telephony {
  const { clock, log, board, status } = deps
  const opened = new Map<string, Opened>()
  let primaryId: string | null = null
  let applying: Promise<void> = Promise.resolve()
  let isHidden = false
  let hasBegun = false
  const isDown = () => status.connections().some(({ id, state }) => id === primaryId && state === 'down')
  const afterHeard = createSpaced({
    clock,
    gapMs: heardGapMs,
    run() {
      if (isDown()) pollNow()
    },
  })

  async function close(one: Opened): Promise<void> {
    await Promise.all(pollersOf(one).map((poller) => poller.stop()))
    await one.system?.close()
  }

  async function open(connection: Connection): Promise<Opened> {
    const one: Opened = {
      config: JSON.stringify(connection),
      connection,
      system: null,
      failure: null,
      pollers: [],
      history: null,
    }
    try {
      one.system = await openSystem(connection, { log: log.child(connection.system) })
    } catch (error) {
      one.failure = error
      status.connectionOutcome(connection.id, { ok: false, at: clock.now(), problem: toProblem(error), retryAt: null })
    }
    return one
  }

  /** Every connection that keeps a record of its calls. */
  function startHistory(one: Opened): void {
    const source = one.system?.history
    if (!source || one.history) return
    const { id, system } = one.connection
    one.history = createHistoryPoller({
      clock,
      log: log.child('polling'),
      random: Math.random,
      history: deps.histories.open(id, system, source),
      intervalMs: () => deps.polling().callLogMs,
      // The PBX has no accounts: what refuses us there stands in between, and may go again.
      mostRefusals: system === 'telcrm' ? undefined : mostRefusals,
      onRefused: (problem) => status.connectionOutcome(id, { ok: false, at: clock.now(), problem, retryAt: null }),
    })
    one.history.setHidden(isHidden)
    if (hasBegun) one.history.start()
  }

  /** Polls of the primary connection: the board. */
  function startPolling(one: Opened): void {
    const { system, connection } = one
    if (!system || one.pollers.length > 0) return
    const common = { clock, log: log.child('polling'), random: Math.random }
    if (system.extensionStates) {
      let wasDown = false
      one.pollers.push(
        createExtensionStatePoller({
          ...common,
          states: system.extensionStates,
          intervalMs: () => deps.polling().extensionStateMs,
          onRows: (rows) => {
            board.applyPoll(connection.id, rows)
            deps.onPolled(connection.id, rows)
          },
          onOutcome: (outcome) => {
            status.connectionOutcome(connection.id, outcome)
            if (!outcome.ok) board.failPoll(outcome.problem)
            // It is back: its log need not wait out a back-off of its own.
            else if (wasDown) one.history?.now()
            wasDown = !outcome.ok
          },
        }),
      )
    }
    if (hasBegun) for (const poller of one.pollers) poller.start()
  }

  async function openedSystem(id: string): Promise<TelephonySystem> {
    // It may have been saved a moment ago.
    await applying.catch(() => undefined)
    const one = opened.get(id)
    if (!one) throw new CoreError('not-found', { connection: id, reason: 'no such connection' })
    if (one.system) return one.system
    throw one.failure
  }

  async function check(id: string, signal: AbortSignal | undefined): Promise<ConnectionCheck> {
    const system = await openedSystem(id).catch((error: unknown) => toProblem(error))
    const isPolled = (opened.get(id)?.pollers.length ?? 0) > 0
    const startedMono = clock.mono()
    const checked = 'code' in system ? system : await outcomeOf(() => system.check({ signal }))
    if (!opened.has(id)) throw new CoreError('not-found', { connection: id, reason: 'no such connection' })
    const latencyMs = Math.round(clock.mono() - startedMono)
    const at = clock.now()
    // It may have stopped, refused too often.
    if (checked === null) opened.get(id)?.history?.start()
    // What is polled is known better by its poller; what was cancelled says nothing about the other side.
    if (isPolled) pollNow()
    else if (checked === null) status.connectionOutcome(id, { ok: true, at, latencyMs })
    else if (checked.code !== 'cancelled')
      status.connectionOutcome(id, { ok: false, at, problem: checked, retryAt: null })
    return checked === null ? { ok: true, latencyMs } : { ok: false, problem: checked }
  }

  async function follow(settings: Settings): Promise<void> {
    const wanted = new Map(settings.connections.map((connection) => [connection.id, connection]))
    const gone = [...opened.values()].filter((one) => one.config !== JSON.stringify(wanted.get(one.connection.id)))
    for (const one of gone) opened.delete(one.connection.id)
    const primary = settings.connections.find((connection) => connection.system === 'telcrm')
    if (primary?.id !== primaryId || gone.some((one) => one.connection.id === primaryId)) board.clear()
    primaryId = primary?.id ?? null
    status.setConnections(
      settings.connections.map(({ id, system, baseUrl }) => ({
        id,
        system,
        address: addressOf(baseUrl),
        polled: id === primaryId,
        changed: id !== primaryId && gone.some((one) => one.connection.id === id),
      })),
    )
    for (const connection of settings.connections)
      if (!opened.has(connection.id)) opened.set(connection.id, await open(connection))
    const one = primaryId === null ? null : opened.get(primaryId)
    if (one) startPolling(one)
    for (const each of opened.values()) startHistory(each)
    await Promise.all(gone.map(close))
  }

  function pollNow(): void {
    for (const one of opened.values()) for (const poller of pollersOf(one)) poller.now()
  }

  return {
    primary: () => (primaryId === null ? null : (opened.get(primaryId)?.system ?? null)),
    primaryConnection: () => {
      const connection = primaryId === null ? null : opened.get(primaryId)?.connection
      return connection?.system === 'telcrm' ? connection : null
    },
    system: openedSystem,
    check,
    apply(settings) {
      // One after the other: what is opened meanwhile belongs to the settings that were asked for first.
      applying = applying.catch(() => undefined).then(() => follow(settings))
      return applying
    },
    begin() {
      hasBegun = true
      for (const one of opened.values()) for (const poller of pollersOf(one)) poller.start()
    },
    pollNow,
    heard() {
      if (isDown()) afterHeard.ask()
    },
    staleAfterMs: () => Math.max(leastStaleMs, deps.polling().extensionStateMs * (isHidden ? hiddenFactor : 1) * 3),
    setHidden(hidden) {
      isHidden = hidden
      for (const one of opened.values()) for (const poller of pollersOf(one)) poller.setHidden(hidden)
    },
    async stop() {
      afterHeard.stop()
      await applying.catch(() => undefined)
      const all = [...opened.values()]
      opened.clear()
      await Promise.all(all.map(close))
    },
  }
}

const pollersOf = ({ pollers, history }: Opened) => (history ? [...pollers, history] : pollers)

/** Null when it is fine. */
async function outcomeOf(check: () => Promise<void>): Promise<Problem | null> {
  try {
    await check()
    return null
  } catch (error) {
    return toProblem(error)
  }
}

/** Host and port of a base URL: what may be shown. */
function addressOf(baseUrl: string): string {
  try {
    return new URL(baseUrl).host
  } catch {
    throw new CoreError('bad-request', { field: 'baseUrl', reason: 'not an address' })
  }
}
