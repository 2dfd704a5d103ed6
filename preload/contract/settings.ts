import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errorMap, Problem } from './errors.ts'
import { Settings } from './settings-schema.ts'

/** What the page may know: secrets appear only as set or not set. */
export const SettingsSnapshot = z.object({
  values: Settings,
  /** Secret fields that hold a value, e.g. `connections.pbx.captchaSecret`. Their value is always null in `values`. */
  secretsSet: z.array(z.string()),
  /** Paths that the policy file locks, e.g. `connections`, `listener.port`. */
  locked: z.array(z.string()),
  /** Fields of the settings file that were wrong and are not in force. */
  problems: z.array(z.object({ field: z.string(), reason: z.string() })),
  /** First run: nothing configured and the wizard neither finished nor skipped. */
  needsSetup: z.boolean(),
})
export type SettingsSnapshot = z.infer<typeof SettingsSnapshot>

export const ConnectionTest = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    latencyMs: z.number(),
    baseUrl: z.string(),
    extensions: z.array(z.object({ extension: z.string(), name: z.string(), registered: z.boolean() })),
  }),
  z.object({ ok: z.literal(false), baseUrl: z.string(), problem: Problem }),
])
export type ConnectionTest = z.infer<typeof ConnectionTest>

/** Whether a configured connection answers and accepts us. */
export const ConnectionCheck = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), latencyMs: z.number() }),
  z.object({ ok: z.literal(false), problem: Problem }),
])
export type ConnectionCheck = z.infer<typeof ConnectionCheck>

const connection = z.object({ id: z.string().min(1).max(40) })

export const settings = {
  /**
   * Merge a patch (same shape as the settings, every level optional; arrays replace whole). `bad-request` names the field;
   * `forbidden` names a locked one. Nothing is written unless everything is right.
   */
  update: oc
    .errors(errorMap)
    .input(z.object({ patch: z.record(z.string(), z.unknown()) }))
    .output(z.void()),
  /** Ask a PBX at this address for its extensions. Changes nothing. Accepts `192.168.1.82`, `host:port` or a URL. */
  testConnection: oc
    .errors(errorMap)
    .input(z.object({ address: z.string().min(1).max(200) }))
    .output(ConnectionTest),
  /** Ask a configured connection the cheapest harmless thing, with its stored secrets. `not-found`: no such connection. */
  checkConnection: oc.errors(errorMap).input(connection).output(ConnectionCheck),
  /** Take a connection out of the settings, its secrets with it. `not-found`, `forbidden`. */
  removeConnection: oc.errors(errorMap).input(connection).output(z.void()),
  /** Undo of `removeConnection`, secrets included, until the program ends. `not-found`: not removed here; `conflict`: its id is taken. */
  restoreConnection: oc.errors(errorMap).input(connection).output(z.void()),
  /** Show a desktop notification now. */
  testNotification: oc.errors(errorMap).output(z.void()),
  /** Add an address to `listener.allow`. */
  trustSource: oc
    .errors(errorMap)
    .input(z.object({ address: z.string().min(2).max(60) }))
    .output(z.void()),
  /** Forget an unknown source until it tries again. */
  dismissSource: oc
    .errors(errorMap)
    .input(z.object({ address: z.string().min(2).max(60) }))
    .output(z.void()),
  dismissNotice: oc
    .errors(errorMap)
    .input(z.object({ id: z.string().max(100) }))
    .output(z.void()),
}

export const demo = {
  /** Start the built-in PBX and connect to it. Real settings stay as they are. */
  start: oc.errors(errorMap).output(z.void()),
  /** Stop it and forget its calls. */
  stop: oc.errors(errorMap).output(z.void()),
  /** A training call: this caller rings my extension now. */
  ring: oc
    .errors(errorMap)
    .input(z.object({ caller: z.string().max(60) }))
    .output(z.void()),
}

export const app = {
  info: oc.errors(errorMap).output(
    z.object({
      version: z.string(),
      host: z.enum(['electron', 'browser']),
      platform: z.string(),
      dataDir: z.string(),
    }),
  ),
}
