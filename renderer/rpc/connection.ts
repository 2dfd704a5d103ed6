import { createORPCClient, DynamicLink } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../preload/contract/index.ts'
import { createArrivals } from './arrivals.ts'
import { backoffMs, refusedPauseMs } from './backoff.ts'
import { createGathering } from './gathering.ts'
import { LinkRefusedError, type OpenedLink, openLink } from './link.ts'
import { createSnapshotStore } from './snapshot-store.ts'

/** The core was away when we asked, or went away before it answered. */
export class LinkLostError extends Error {
  override readonly name = 'LinkLostError'
}

/**
 * `lostAt` = since when the core has not answered, epoch ms; null while it does. `refused` = it is there, but was started
 * again and does not know this page's key.
 */
export interface LinkState {
  phase: 'connecting' | 'open' | 'lost' | 'refused'
  lostAt: number | null
  attempt: number
}

export const snapshots = createSnapshotStore()
export const arrivals = createArrivals()

let state: LinkState = { phase: 'connecting', lostAt: null, attempt: 0 }
let opened: OpenedLink | null = null
let retryNow: (() => void) | null = null
const stateListeners = new Set<() => void>()
const openWaiters = new Set<() => void>()

export const readLinkState = (): LinkState => state
export function subscribeLinkState(listener: () => void): () => void {
  stateListeners.add(listener)
  return () => stateListeners.delete(listener)
}
function setState(next: LinkState): void {
  state = next
  for (const listener of stateListeners) listener()
}

function lost(): never {
  throw new LinkLostError()
}

async function currentLink() {
  if (!opened && state.phase === 'connecting') await new Promise<void>((resolve) => openWaiters.add(resolve))
  if (!opened) throw new LinkLostError()
  const { link, closed } = opened
  return {
    call: (...args: Parameters<typeof link.call>) => Promise.race([link.call(...args), closed.then(lost)]),
  }
}

/** Every procedure of the contract, typed. Throws ORPCError with a core code, or LinkLostError. */
export const rpc: ContractRouterClient<Contract> = createORPCClient(new DynamicLink(currentLink))

const tellVisibility = () => {
  rpc.events.visibility({ visible: document.visibilityState === 'visible' }).catch(ignoreLost)
}
/** A visibility message that gets lost is sent again with the next subscription. */
function ignoreLost(error: unknown): void {
  if (!(error instanceof LinkLostError) && opened) throw error
}

/** Connect, subscribe, and begin again whenever the core goes away. Runs as long as the page. */
export async function runConnection(surface: 'window' | 'pop'): Promise<void> {
  document.addEventListener('visibilitychange', () => {
    retryNow?.()
    tellVisibility()
  })
  window.addEventListener('online', () => retryNow?.())
  for (;;) {
    let refused = false
    try {
      opened = await openLink()
      await followEvents(surface)
    } catch (error) {
      // Expected while the core is away: the loop tries again and the page shows since when.
      refused = error instanceof LinkRefusedError
    }
    opened = null
    const attempt = state.phase === 'open' ? 0 : state.attempt
    setState({ phase: refused ? 'refused' : 'lost', lostAt: state.lostAt ?? Date.now(), attempt: attempt + 1 })
    releaseWaiters()
    // Coming back to this tab does not cut the long pause short: it must not turn into hammering.
    if (refused) await new Promise((resolve) => setTimeout(resolve, refusedPauseMs))
    else await pause(backoffMs(attempt))
  }
}

async function followEvents(surface: 'window' | 'pop'): Promise<void> {
  releaseWaiters()
  const stream = await rpc.events.subscribe({ surface, confirms: true })
  snapshots.restart()
  arrivals.restart()
  if (document.visibilityState !== 'visible') tellVisibility()
  const gathering = createGathering((events) => {
    for (const event of events) snapshots.receive(event)
    // Goes out after what was received is drawn: React draws before anything else that was to come.
    rpc.events.taken({ seqs: events.map(({ seq }) => seq) }).catch(ignoreLost)
  })
  try {
    for await (const event of stream) {
      if (state.phase !== 'open') setState({ phase: 'open', lostAt: null, attempt: 0 })
      if (event.topic === 'calls')
        arrivals.receive(
          event.snapshot.cards.map((call) => call.callId),
          performance.now(),
        )
      gathering.receive(event)
    }
  } finally {
    gathering.flush()
  }
}

function releaseWaiters(): void {
  for (const release of openWaiters) release()
  openWaiters.clear()
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs)
    retryNow = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
