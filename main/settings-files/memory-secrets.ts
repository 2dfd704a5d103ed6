import type { Secrets } from '../core/settings/ports.ts'

/** No safe place for secrets on this host: they are asked for again after a restart, never written down. */
export function createMemorySecrets(): Secrets {
  return {
    available: false,
    get: async () => null,
    // The settings keep them in memory themselves.
    set: async () => {},
  }
}
