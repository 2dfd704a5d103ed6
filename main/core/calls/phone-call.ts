import type { CallState } from '../../../preload/contract/index.ts'
import type { CallEntry } from './call-entry.ts'
import { isMainLeg } from './call-parties.ts'
import { isLive } from './call-state.ts'

const weight: Record<CallState, number> = { talking: 3, ringing: 2, calling: 1, hungup: 0, missed: 0 }

/** What this extension does in this call: its own leg, or the whole call when it dialled it. */
function partOf(extension: string, { record, call }: CallEntry): number {
  const own = call.legs.filter((leg) => leg.extension === extension && !isMainLeg(leg)).map((leg) => weight[leg.state])
  const dialled = record.caller === extension && isLive(call.state) ? weight[call.state] : 0
  return Math.max(0, dialled, ...own)
}

/** The call on a phone: the talking one before the ringing one, then the newest. */
export function callOnPhone(extension: string, open: Iterable<CallEntry>): CallEntry | null {
  let best: { entry: CallEntry; part: number } | null = null
  for (const entry of open) {
    const part = partOf(extension, entry)
    if (part === 0) continue
    const better = !best || part > best.part || (part === best.part && entry.call.startedAt > best.entry.call.startedAt)
    if (better) best = { entry, part }
  }
  return best?.entry ?? null
}
