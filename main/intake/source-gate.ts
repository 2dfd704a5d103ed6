import type { Clock } from '../core/ports/index.ts'
import { limits } from './limits.ts'

/** Room for connections and requests, counted per source address (T5). */
export interface SourceGate {
  /** May one more connection of this address stay? Every `true` needs one `leave`. */
  enter(address: string): boolean
  leave(address: string): void
  /** May this address send one more request now? */
  takeRequest(address: string): boolean
  open(): number
}

export function createSourceGate(clock: Clock): SourceGate {
  const connections = new Map<string, number>()
  /** Requests left, and when that was so (monotonic ms). */
  const budgets = new Map<string, { left: number; at: number }>()
  let total = 0

  function remember(address: string, budget: { left: number; at: number }): void {
    if (!budgets.has(address) && budgets.size >= limits.rememberedSources) {
      const [oldest] = budgets.keys()
      if (oldest !== undefined) budgets.delete(oldest)
    }
    budgets.set(address, budget)
  }

  return {
    enter(address) {
      const count = connections.get(address) ?? 0
      if (total >= limits.connections || count >= limits.connectionsPerSource) return false
      connections.set(address, count + 1)
      total += 1
      return true
    },
    leave(address) {
      const count = (connections.get(address) ?? 0) - 1
      if (count > 0) connections.set(address, count)
      else connections.delete(address)
      total -= 1
    },
    takeRequest(address) {
      const now = clock.mono()
      const budget = budgets.get(address) ?? { left: limits.burstRequests, at: now }
      const refill = ((now - budget.at) / 1000) * limits.requestsPerSecond
      budget.left = Math.min(limits.burstRequests, budget.left + refill)
      budget.at = now
      remember(address, budget)
      if (budget.left < 1) return false
      budget.left -= 1
      return true
    },
    open: () => total,
  }
}
