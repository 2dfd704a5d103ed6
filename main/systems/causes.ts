import type { CodeTable } from './kit/codes.ts'
import { explainCode } from './kit/codes.ts'

/** Where a system's log says why a call ended. A system that is not here gives no cause, or none that its manual explains. */
const tables: Readonly<Record<string, () => Promise<CodeTable>>> = {
  'voice-openapi': async () => (await import('./voice-openapi/codes.ts')).releaseCause,
  'cloud-cs': async () => (await import('./cloud-cs/codes.ts')).cHangupCause,
}

/** What the manual says of a cause in a system's log; null for a code that it does not list. */
export async function causesOf(system: string): Promise<(code: string) => { zh: string; en: string } | null> {
  const table = await tables[system]?.()
  return (code) => (table ? explainCode(table, code) : null)
}
