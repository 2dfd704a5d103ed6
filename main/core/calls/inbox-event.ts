/** The five states a screen pop can carry. Manual 003 §4.3 (spelling is the vendor's). */
export const screenPopStates = ['calling', 'ringing', 'canceled', 'talking', 'hungup'] as const
export type ScreenPopState = (typeof screenPopStates)[number]

/**
 * One thing that was reported about a call, as stored in the inbox. `expired` is ours: no end was ever reported and the
 * call is too old to still be running.
 */
export interface InboxEvent {
  /** Row id in the inbox: grows with arrival. 0 for events that never were in the inbox. */
  id: number
  connection: string
  /** Wall clock of this PC when it arrived, epoch ms. */
  receivedAt: number
  /** Peer address. */
  source: string
  callId: string
  caller: string
  callee: string
  state: ScreenPopState | 'expired'
  direction: string
  /** `maincall` = the caller's own leg: recorded, never popped. */
  businessId: string
  group: string
  /** The request line or body as it came, latin1 of its bytes, at most 4 kB: nothing the PBX said is lost. */
  raw: string
  /** How the bytes were read; `gb18030` is a guess, `latin1` means that they are neither. */
  charset: 'utf-8' | 'gb18030' | 'latin1'
}
