import type { Call, Party } from '../preload/contract/index.ts'

/** Somebody of whom only the number is known. */
export const nobody = (number = ''): Party => ({
  number,
  canonical: number,
  display: number,
  home: null,
  name: null,
  company: null,
  source: null,
})

/** A call that came in for me and to which nothing happened yet. */
export const freshCall: Omit<Call, 'callId' | 'state' | 'caller' | 'callee'> = {
  connection: 'pbx',
  direction: 'incoming',
  group: null,
  groupName: null,
  legs: [],
  startedAt: 1,
  ringingAt: 1,
  answeredAt: null,
  endedAt: null,
  answeredBy: null,
  answeredByName: null,
  mine: true,
  unconfirmed: false,
  ringsHere: false,
  hasLogId: true,
  linkedCallId: null,
  lastContact: null,
  recentMissed: 0,
  handledAt: null,
}
