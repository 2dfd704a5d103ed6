import { createHash, timingSafeEqual } from 'node:crypto'
import { limits } from './limits.ts'

/** A configured platform that may report to us. */
export interface PushSender {
  connection: string
  customer: string | null
  /** Reports whose authentication does not fit are taken too. */
  acceptsUnsigned: boolean
  /** The digest of such an authentication block; null without a password. */
  digest(timestamp: string, seq: string): string | null
}

/** The authentication block as it came; anything may be missing. */
export interface Seal {
  customer: string
  timestamp: string
  seq: string
  digest: string
}

export type SealVerdict = { connection: string; signed: boolean } | { refused: string }

/** Who sent it, and is it new? Manual 002 §3.2. */
export interface SealCheck {
  /** A fitting seal is used up by this, until `release`. */
  check(seal: Seal, senders: readonly PushSender[], now: number): SealVerdict
  /** It could not be stored: the same may come again. */
  release(seal: Seal): void
}

export function createSealCheck(): SealCheck {
  /** Per customer: used numbers, and until when their timestamps would pass, epoch ms. */
  const used = new Map<string, Map<string, number>>()

  /** Old numbers go, oldest arrivals first; a crowd beyond the limit pushes them out early, as it must not grow without end. */
  function remember(seal: Seal, until: number, now: number): void {
    const numbers = used.get(seal.customer) ?? new Map<string, number>()
    used.set(seal.customer, numbers)
    for (const [seq, end] of numbers) {
      if (end >= now && numbers.size < limits.rememberedPushes) break
      numbers.delete(seq)
    }
    numbers.set(seal.seq, until)
  }

  function refusal(seal: Seal, sender: PushSender | undefined, now: number): string | null {
    if (sender === undefined) return 'authentication failed'
    const sentAt = millis(seal.timestamp)
    // A time that is none is NaN, which is within no limits.
    if (!(Math.abs(now - sentAt) <= limits.pushAgeMs)) return 'timestamp is more than ten minutes off'
    if ((used.get(seal.customer)?.get(seal.seq) ?? Number.NEGATIVE_INFINITY) >= now) return 'seq was used before'
    remember(seal, sentAt + limits.pushAgeMs, now)
    return null
  }

  return {
    check(seal, senders, now) {
      const sender = senders.find((one) => isSignedBy(seal, one))
      const refused = refusal(seal, sender, now)
      if (refused === null && sender) return { connection: sender.connection, signed: true }
      const lenient = senders.filter((one) => one.acceptsUnsigned)
      const taker = lenient.find((one) => one.customer === seal.customer) ?? lenient[0]
      return taker ? { connection: taker.connection, signed: false } : { refused: refused ?? '' }
    },
    release(seal) {
      used.get(seal.customer)?.delete(seal.seq)
    },
  }
}

/** Epoch ms, or seconds as some write them; NaN for anything else, which is never in time. */
function millis(timestamp: string): number {
  if (/^\d{13}$/.test(timestamp)) return Number(timestamp)
  return /^\d{10}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN
}

/** Compared in a time that does not depend on where the two differ. */
function isSignedBy(seal: Seal, sender: PushSender): boolean {
  const { timestamp, seq } = seal
  if (sender.customer === null || sender.customer !== seal.customer || seq === '' || seq.length > 20) return false
  const wanted = sender.digest(timestamp, seq)
  return wanted !== null && timingSafeEqual(hashed(wanted), hashed(seal.digest.toLowerCase()))
}

const hashed = (text: string) => createHash('sha256').update(text).digest()
