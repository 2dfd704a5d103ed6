import { createHash, randomInt } from 'node:crypto'
import type { VoiceOpenapiConnection } from '../../../preload/contract/index.ts'
import { CoreError } from '../../core/errors.ts'
import { type Authenticator, mask } from '../kit/auth.ts'

/**
 * md5(customer@timestamp@seq@password), lower-case hex. The printed formula lost its operands and the text lists them in
 * another order; this is what the manual's example gives. Manual 002 §3.2.
 */
export function digestOf(facts: { customer: string; timestamp: string; seq: string; password: string }): string {
  const { customer, timestamp, seq, password } = facts
  return createHash('md5').update(`${customer}@${timestamp}@${seq}@${password}`).digest('hex')
}

let lastSeq = 0n

/**
 * A request number that was not used before, here or on another PC of the same customer, nor before a restart: the time in ms
 * and seven digits of chance, or one more than the last. 20 digits, as many as allowed.
 */
export function nextSeq(now: number): string {
  const fresh = BigInt(Math.trunc(now)) * 10_000_000n + BigInt(randomInt(10_000_000))
  lastSeq = fresh > lastSeq ? fresh : lastSeq + 1n
  return String(lastSeq)
}

/** The `authentication` block of the body, fresh for every request. An empty `request` block stands for no parameters. */
export function digestAuth(
  connection: VoiceOpenapiConnection,
  deps: { now(): number; nextSeq(now: number): string },
): Authenticator {
  const { customer, password } = connection
  const given = (field: string, value: string | null): string => {
    if (value) return value
    throw new CoreError('auth-failed', { field, reason: `the connection has no ${field}` })
  }
  return {
    credentials() {
      const now = deps.now()
      const facts = {
        customer: given('customer', customer),
        timestamp: String(Math.trunc(now)),
        seq: deps.nextSeq(now),
      }
      const digest = digestOf({ ...facts, password: given('password', password) })
      return { json: { authentication: { ...facts, digest }, request: {} } }
    },
    masked: () => ({
      json: { authentication: { customer: customer ?? '', timestamp: mask, seq: mask, digest: mask }, request: {} },
    }),
  }
}
