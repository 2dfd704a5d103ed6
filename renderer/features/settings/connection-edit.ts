import type { Connection, TelcrmConnection } from '../../../preload/contract/index.ts'

/** What a person may change on a telcrm connection here. */
export interface TelcrmEdit {
  baseUrl: string
  extension: string | null
  line?: 'fixed' | 'ip'
  /** Absent keeps it, `''` clears it. */
  captchaSecret?: string
}

export const defaultPbxId = 'pbx'

/** The PBX connection that the wizard sets up: id `pbx` if it is a telcrm, else the first telcrm; null when there is none. */
export function mainTelcrm(connections: readonly Connection[]): TelcrmConnection | null {
  const telcrms = connections.filter((one) => one.system === 'telcrm')
  return telcrms.find((one) => one.id === defaultPbxId) ?? telcrms[0] ?? null
}

/** The list with one telcrm changed; unknown keys and all other connections stay as they are. */
export function withTelcrm(connections: readonly Connection[], id: string, edit: TelcrmEdit): Connection[] {
  return connections.map((one) => (one.id === id && one.system === 'telcrm' ? { ...one, ...edit } : one))
}

/** The list after the wizard: its telcrm changed, or a new one put first. Nothing else moves. */
export function withMainTelcrm(connections: readonly Connection[], edit: TelcrmEdit): Connection[] {
  const current = mainTelcrm(connections)
  if (current) return withTelcrm(connections, current.id, edit)
  return [newTelcrm(connections, edit), ...connections]
}

/** A new telcrm connection with an id that nobody has yet. */
export function newTelcrm(connections: readonly Connection[], edit: TelcrmEdit): Connection {
  const taken = new Set(connections.map((one) => one.id))
  let id = defaultPbxId
  for (let count = 2; taken.has(id); count += 1) id = `${defaultPbxId}-${count}`
  return {
    id,
    system: 'telcrm',
    supervisorExtension: null,
    captchaSecret: null,
    line: 'fixed',
    callLog: 'http',
    callControl: 'http',
    ...edit,
  }
}

/** Choices for an extension: those of the PBX, and the configured one even if the PBX does not list it. */
export function extensionOptions(
  rows: readonly { extension: string; name: string }[],
  configured: string,
  unlisted: (extension: string) => string,
): { value: string; label: string }[] {
  const options = rows.map(({ extension, name }) => ({
    value: extension,
    label: [extension, name].filter(Boolean).join(' '),
  }))
  if (configured === '' || options.some((one) => one.value === configured)) return options
  return [{ value: configured, label: unlisted(configured) }, ...options]
}

/** Host and port of an address for reading, e.g. `192.168.1.82:12121`. */
export function hostOf(baseUrl: string): string {
  try {
    return new URL(baseUrl).host
  } catch {
    return baseUrl
  }
}
