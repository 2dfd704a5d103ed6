import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import type { Call, Contract } from '../../../preload/contract/index.ts'
import type { Clock, Store } from '../ports/index.ts'
import { type CallEntry, createEntry } from './call-entry.ts'
import { createCallLinks } from './call-links.ts'
import type { PopScope } from './screen-pop.ts'

export type CallsListInput = InferContractRouterInputs<Contract>['calls']['list']
export type CallsListOutput = InferContractRouterOutputs<Contract>['calls']['list']

/** One page of the call list from the store; calls in memory are newer than their stored rows. */
export function listCalls(
  input: CallsListInput,
  deps: {
    clock: Clock
    store: Pick<Store, 'calls'>
    scope(): PopScope
    view(entry: CallEntry): Call
    inMemory(callId: string): CallEntry | undefined
  },
): CallsListOutput {
  const { scope, extension } = deps.scope()
  const { rows, counts, next } = deps.store.calls.list({
    filter: input.filter ?? 'all',
    text: input.text ?? '',
    before: input.before ?? null,
    since: null,
    limit: input.limit ?? 100,
    todayFrom: new Date(deps.clock.now()).setHours(0, 0, 0, 0),
    extension,
    missedExtensions: scope === 'extension' && extension !== null ? [extension] : null,
  })
  const entries = rows.map((row) => deps.inMemory(row.callId) ?? createEntry(row))
  // A transfer follows its call at once, so both ends of a link stand on one page.
  const links = createCallLinks()
  for (const { record, call } of entries) links.put(record, call.startedAt)
  return {
    rows: entries.map((entry) => {
      const call = deps.view(entry)
      return { ...call, linkedCallId: call.linkedCallId ?? links.linkOf(call.callId) }
    }),
    counts,
    next,
  }
}
