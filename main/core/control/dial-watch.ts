import type { ClickCall, ClickNews } from '../calls/click-call.ts'
import type { CallControl, Clock, ExtensionState, Log } from '../ports/index.ts'

/** Longer than this no call is being set up, ms. */
export const longestSetUpMs = 180_000
/** A PBX that has rung nobody by then has given the call up, ms. */
const startsWithinMs = 20_000
/** One "idle" between two ringing telephones is no end. */
const idleAnswers = 2
/** The board may be a poll behind a call that has just been answered. */
const idlePolls = 2

/** One question after the other; how often and with which patience is the poller's business. */
export interface Asking {
  start(): void
  stop(): void
  now(): void
}

export interface DialWatchDeps {
  clock: Clock
  log: Log
  ask(run: (signal: AbortSignal) => Promise<void>, isTalking: () => boolean): Asking
  /** Of this connection; null when it is gone or cannot tell how far a call is. */
  control(connection: string): CallControl | null
  /** False: the board is old, so nothing there proves that a talk goes on. */
  boardTells(connection: string): boolean
  /** `at` epoch ms. */
  onNews(click: ClickCall, news: ClickNews, at: number): void
  /** Calls dialled here that go on, whoever says so. */
  open(): { click: ClickCall; talking: boolean }[]
}

/**
 * Follows calls that were dialled here: asks the PBX how far each is while it is being set up. Once it talks, the board
 * tells when it ends; only while the board cannot, the PBX is asked on.
 */
export interface DialWatch {
  dialling(): (click: ClickCall) => void
  ended(clickCallId: string): void
  look(clickCallId: string): void
  /** A good poll of the extensions. */
  polled(connection: string, phones: readonly ExtensionState[]): void
  stop(): void
}

interface Watched {
  click: ClickCall
  asking: Asking
  sinceMono: number
  rang: boolean
  talking: boolean
  idle: number
  idlePolls: number
  unknownTold: boolean
}

export function createDialWatch(deps: DialWatchDeps): DialWatch {
  const { clock, log } = deps
  const watched = new Map<string, Watched>()

  function watch(click: ClickCall, talking: boolean): Watched {
    const one: Watched = {
      ...{ click, talking, rang: talking, sinceMono: clock.mono(), idle: 0, idlePolls: 0, unknownTold: false },
      asking: deps.ask(
        (signal) => ask(one, signal),
        () => one.talking,
      ),
    }
    watched.set(click.clickCallId, one)
    one.asking.start()
    return one
  }

  function leave({ click, asking }: Watched): void {
    watched.delete(click.clickCallId)
    asking.stop()
  }

  function end(one: Watched): void {
    leave(one)
    deps.onNews(one.click, 'ended', clock.now())
  }

  async function ask(one: Watched, signal: AbortSignal): Promise<void> {
    const { clickCallId, connection } = one.click
    // The PBX may have reported its end by itself.
    if (!deps.open().some(({ click }) => click.clickCallId === clickCallId)) return leave(one)
    if (one.talking && deps.boardTells(connection)) return
    if (!one.talking && clock.mono() - one.sinceMono > longestSetUpMs) return giveUp(one)
    const control = deps.control(connection)
    if (!control?.progress) return leave(one)
    const progress = await control.progress({ clickCallId }, { signal })
    if (signal.aborted || watched.get(clickCallId) !== one) return
    if (progress === null) {
      if (!one.unknownTold) log.warn('dial-progress-unknown', { connection })
      one.unknownTold = true
      return
    }
    if (progress !== 'idle') {
      one.idle = 0
      one.rang = true
      one.talking = progress === 'talking'
      deps.onNews(one.click, progress, clock.now())
      return
    }
    one.idle += 1
    const isOver = one.rang ? one.idle >= idleAnswers : clock.mono() - one.sinceMono >= startsWithinMs
    if (isOver) end(one)
    else if (!one.rang) deps.onNews(one.click, 'idle', clock.now())
  }

  /** Nothing proves that it goes on, nothing that it is over: its age decides, and the card says so. */
  function giveUp(one: Watched): void {
    log.warn('dial-progress-given-up', { connection: one.click.connection })
    leave(one)
  }

  return {
    dialling() {
      const at = clock.now()
      return (click) => {
        // The same key again is the same call.
        if (watched.has(click.clickCallId)) return
        deps.onNews(click, 'idle', at)
        watch(click, false)
      }
    },
    ended(clickCallId) {
      const one = watched.get(clickCallId)
      const click = one?.click ?? deps.open().find((other) => other.click.clickCallId === clickCallId)?.click
      if (one) leave(one)
      if (click) deps.onNews(click, 'ended', clock.now())
    },
    look(clickCallId) {
      watched.get(clickCallId)?.asking.now()
    },
    polled(connection, phones) {
      for (const { click, talking } of deps.open()) {
        if (click.connection !== connection) continue
        const one = watched.get(click.clickCallId) ?? (talking ? watch(click, true) : null)
        if (!one || !(one.talking || talking)) continue
        one.talking = one.rang = true
        const phone = phones.find(({ extension }) => extension === click.extension)?.phone
        if (phone === 'idle' || phone === 'offline') one.idlePolls += 1
        else one.idlePolls = 0
        if (one.idlePolls >= idlePolls) end(one)
      }
    },
    stop() {
      for (const one of [...watched.values()]) leave(one)
    },
  }
}
