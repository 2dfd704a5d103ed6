/** What a long id is made of: `PRO_777777_JH001` = project JH001 of company 777777; `OBJ_…` = a work-order object. */
export interface LongId {
  kind: 'PRO' | 'OBJ'
  corp: string
  short: string
}

/** The parts of a long id, or null when the text is none. A short id may hold `_`, a company number does not. */
export function readLongId(text: string): LongId | null {
  const [, kind, corp, short] = /^(PRO|OBJ)_([0-9A-Za-z]+)_(.+)$/.exec(text) ?? []
  return kind && corp && short ? { kind: kind as LongId['kind'], corp, short } : null
}

export function longId({ kind, corp, short }: LongId): string {
  return `${kind}_${corp}_${short}`
}

/** The short form, which creating a project and its filter want, from either form. Manual 004 §6.3.1. */
export function shortId(text: string): string {
  return readLongId(text)?.short ?? text
}

/** An extension without the tenant in front: answers write tenant + extension, filters want the extension. Manual 004 §6.4. */
export function shortAgent(tenantId: string, agent: string): string {
  return tenantId !== '' && agent.length > tenantId.length && agent.startsWith(tenantId)
    ? agent.slice(tenantId.length)
    : agent
}

const instanceNames = ['outboundInstanceId', 'outboundId', 'campaignId', 'instanceId', 'id']

/** The outbound instance that an answer is about: it has five names, the particular ones come first. Null = none. */
export function outboundInstanceId(row: Readonly<Record<string, unknown>>): string | null {
  for (const name of instanceNames) {
    const value = row[name]
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
    if (text !== '') return text
  }
  return null
}
