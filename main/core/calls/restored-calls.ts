import type { ExtensionState } from '../ports/index.ts'
import type { CallEntry } from './call-entry.ts'
import type { DerivedCall } from './call-state.ts'
import { type PopScope, popDecision, wantsLeg } from './screen-pop.ts'

/** What has to be seen on a phone: that it talks, and with whom. */
interface Talk {
  extension: string
  number: string
}

/**
 * Calls that were open when the program ended. Whether they still go on only the PBX knows: its first good poll after
 * the start proves those that talk. What that poll does not prove never gets a card by itself, so no ghost shows.
 */
export interface RestoredCalls {
  keep(callId: string): void
  /** Ends the waiting for this connection and returns the calls of this desk that its phones prove. */
  prove(connection: string, phones: readonly ExtensionState[]): CallEntry[]
}

export function createRestoredCalls(deps: {
  find(callId: string): CallEntry | null
  scope(): PopScope
  canonicalOf(number: string): string
}): RestoredCalls {
  const waiting = new Set<string>()

  function isProven(entry: CallEntry, phones: readonly ExtensionState[]): boolean {
    const scope = deps.scope()
    if (popDecision(entry.record, entry.call, scope) === 'nothing') return false
    const talks = talksOf(entry.record.caller, entry.call, scope)
    return phones.some(({ extension, phone, remoteNumber }) => {
      if (phone !== 'talking' || remoteNumber === null) return false
      const seen = deps.canonicalOf(remoteNumber)
      return talks.some((talk) => talk.extension === extension && deps.canonicalOf(talk.number) === seen)
    })
  }

  return {
    keep(callId) {
      waiting.add(callId)
    },
    prove(connection, phones) {
      const proven: CallEntry[] = []
      for (const callId of waiting) {
        const entry = deps.find(callId)
        if (entry && entry.record.connection !== connection) continue
        waiting.delete(callId)
        if (entry && isProven(entry, phones)) proven.push(entry)
      }
      return proven
    },
  }
}

/** The talks of this call that this desk looks at: the legs it wants, or my own phone when I dialled. */
function talksOf(caller: string, call: DerivedCall, scope: PopScope): Talk[] {
  const talking = call.legs.filter((leg) => leg.state === 'talking')
  if (caller === scope.extension) return talking.map((leg) => ({ extension: caller, number: leg.extension }))
  return talking.filter((leg) => wantsLeg(leg, scope)).map((leg) => ({ extension: leg.extension, number: caller }))
}
