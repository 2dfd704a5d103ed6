import type { ImportCounts } from '../../../preload/contract/index.ts'
import type { CoreError } from '../errors.ts'
import { type PeopleStore, pbxStates } from '../ports/index.ts'
import type { Delivery, Settled } from './pbx-sender.ts'

/** What became of a row, as it is kept. */
export const codeOf: Record<Delivery | 'queued' | 'lost', number> = {
  ...{ sent: pbxStates.sent, duplicate: pbxStates.duplicate, refused: pbxStates.refused },
  ...{ probable: pbxStates.probable, unknown: pbxStates.unknown, queued: pbxStates.queued, lost: pbxStates.lost },
}
/** Which count it adds to; none while it is not settled. */
export const counterOf: Partial<Record<Settled<unknown>['state'], keyof ImportCounts>> = {
  ...{ sent: 'sent', duplicate: 'duplicate', refused: 'refused', probable: 'probable', unknown: 'uncertain' },
}

/** What the report says of a row: the state, and the PBX's own words where there are any. */
export function saidOf(state: string, error: CoreError | null): { pbx: string; text: string } {
  const { vendorText, vendorCode, explained, reason } = error?.details ?? {}
  const text = [vendorCode, explained?.zh ?? vendorText ?? reason]
    .filter((one) => one !== undefined && one !== '')
    .join(' ')
  return { pbx: state, text }
}

/**
 * The PBX knows one of a refused row's numbers and does not say which: that is about somebody only when whoever has one of
 * them has them all.
 */
export function areOfOne(people: Pick<PeopleStore, 'withNumber'>, [first = '', ...others]: readonly string[]): boolean {
  const whose = people.withNumber(first).join()
  return others.every((number) => people.withNumber(number).join() === whose)
}
