import type { SeenPresence } from '../../preload/contract/index.ts'

/** An extension as it is now. */
export interface DemoPhone {
  readonly extension: string
  readonly name: string
  readonly group: string
  readonly registered: boolean
  presence: SeenPresence
  missed: number
  /** The call it talks in. Ringing does not show here: the PBX does not report it either. */
  talksIn: DemoCall | null
}

/** One phone (or outside line) that a call rings. */
export interface DemoLeg {
  readonly businessId: string
  /** `callee` of its notifications. */
  readonly callee: string
  readonly group: string
  state: 'waiting' | 'ringing' | 'talking' | 'ended'
}

/** One call with all its legs; epoch ms. */
export interface DemoCall {
  readonly id: string
  readonly clickCallId: string
  readonly caller: string
  readonly callee: string
  readonly direction: 'incoming' | 'outgoing' | 'internal'
  readonly startedAt: number
  answeredAt: number | null
  /** Extension or number that talked last. */
  answeredBy: string | null
  endedAt: number | null
  legs: DemoLeg[]
  /** Nothing is reported about it: it was running before the demo began. */
  readonly silent: boolean
  /** Its pending steps, ended with it. */
  timers: (() => void)[]
}

/** Result codes of manual 003 §5, §6, §8 to 13 and §15-17. */
export type ResultCode = 100 | 180 | 200 | 400 | 403 | 404 | 480 | 481 | 483 | 486 | 500 | 503 | 603

/** Registered, there, and not set busy. */
export function canRing(phone: DemoPhone | undefined): phone is DemoPhone {
  if (!phone?.registered) return false
  return phone.presence !== 'offline' && phone.presence !== 'busy'
}
