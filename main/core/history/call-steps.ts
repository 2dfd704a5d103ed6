import type { CallState, HistoryStep } from '../../../preload/contract/index.ts'
import type { CallRecord } from '../calls/call-record.ts'

/** In our words; `expired` is our own guess and no step. */
const states: Readonly<Record<string, CallState>> = {
  calling: 'calling',
  ringing: 'ringing',
  talking: 'talking',
  hungup: 'hungup',
  canceled: 'missed',
}

/** What each telephone did in a call that this PC was told of, oldest first. */
export function stepsOf(record: CallRecord, nameOf: (extension: string) => string | null): HistoryStep[] {
  return record.legs
    .flatMap(({ extension, seen }) =>
      Object.entries(seen).flatMap(([reported, at]) => {
        const state = states[reported]
        return state === undefined ? [] : [{ at, extension, name: nameOf(extension), state }]
      }),
    )
    .sort((a, b) => a.at - b.at)
}
