import type { ConnectionTest } from '../../preload/contract/index.ts'
import { CoreError, toProblem } from '../core/errors.ts'
import type { Clock, Log } from '../core/ports/index.ts'
import { openSystem } from '../systems/index.ts'

const defaultPort = 12121

/** `192.168.1.82`, `pbx.local:12121` or a whole URL → base URL. Throws `bad-request` for anything else. */
export function baseUrlOf(address: string): string {
  // An input method may have left full-width digits, colons and stops.
  const typed = address.normalize('NFKC').replaceAll('。', '.').trim()
  const text = typed.includes('://') ? typed : `http://${typed}`
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new CoreError('bad-request', {
      field: 'address',
      reason: 'not an address; write 192.168.1.82 or http://host:12121',
    })
  }
  if (url.username || url.password)
    throw new CoreError('bad-request', { field: 'address', reason: 'an address must not hold a password' })
  // URL drops :80 as the default; only a port that was really left out becomes the PBX's own.
  const hasPort = /^https?:\/\/(\[[^\]]*\]|[^/:]+):\d+/i.test(text)
  if (!hasPort) url.port = String(defaultPort)
  return `${url.protocol}//${url.host}`
}

/** Ask the PBX itself for its extensions: the cheapest question that changes nothing. Never the internet. */
export async function probePbx(address: string, deps: { clock: Clock; log: Log }): Promise<ConnectionTest> {
  const baseUrl = baseUrlOf(address)
  const system = await openSystem(
    {
      id: 'probe',
      system: 'telcrm',
      baseUrl,
      extension: null,
      supervisorExtension: null,
      line: 'fixed',
      callLog: 'http',
      callControl: 'http',
      captchaSecret: null,
    },
    { log: deps.log.child('probe') },
  )
  try {
    const startedAt = deps.clock.mono()
    const rows = (await system.extensionStates?.list()) ?? []
    return {
      ok: true,
      baseUrl,
      latencyMs: Math.round(deps.clock.mono() - startedAt),
      extensions: rows.map(({ extension, name, registered }) => ({ extension, name, registered })),
    }
  } catch (error) {
    return { ok: false, baseUrl, problem: toProblem(error) }
  } finally {
    await system.close()
  }
}
