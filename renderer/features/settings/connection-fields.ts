import { z } from 'zod'
import { Connection } from '../../../preload/contract/index.ts'

/** One field of a connection, as its form shows it. Read from the settings' schema: a new field needs only its words. */
export interface ConnectionField {
  name: string
  kind: 'address' | 'text' | 'choice' | 'flag' | 'secret'
  /** In force when nothing is entered; '' = nothing. */
  preset: string
  choices: string[]
}

export type SystemName = Connection['system']

/** The fields of one system's connections besides `id` and `system`, in the order of the schema. */
export function connectionFields(system: SystemName): ConnectionField[] {
  const { shape } = Connection.options.find((one) => one.shape.system.value === system)!
  return Object.entries(shape as Record<string, z.ZodType>)
    .filter(([name]) => name !== 'id' && name !== 'system')
    .map(([name, schema]) => {
      const absent = schema.safeParse(undefined)
      const choices = choicesOf(schema)
      return {
        name,
        kind: kindOf(name, schema, choices),
        preset: typeof absent.data === 'string' || typeof absent.data === 'boolean' ? String(absent.data) : '',
        choices: choices ?? [],
      }
    })
}

function kindOf(name: string, schema: z.ZodType, choices: string[] | null): ConnectionField['kind'] {
  if (schema.meta()?.secret === true) return 'secret'
  if (name === 'baseUrl') return 'address'
  if (choices) return 'choice'
  return typeof schema.safeParse(undefined).data === 'boolean' ? 'flag' : 'text'
}

function choicesOf(schema: z.ZodType): string[] | null {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return choicesOf(schema.unwrap() as z.ZodType)
  return schema instanceof z.ZodEnum ? schema.options.map(String) : null
}

/** A stored secret is kept, replaced or cleared; what it is, nobody is shown. */
export type SecretEdit = { kind: 'keep' } | { kind: 'replace'; text: string } | { kind: 'clear' }

/** What stands in the form. */
export interface ConnectionDraft {
  id: string
  texts: Readonly<Record<string, string>>
  secrets: Readonly<Record<string, SecretEdit>>
}

const usualIds: Record<SystemName, string> = {
  telcrm: 'pbx',
  'cti-realtime': 'realtime',
  dialback: 'dialback',
  'voice-openapi': 'openapi',
  'cloud-cs': 'cloud',
}

/** The system's usual id, with a number behind it when it is taken. */
export function freeId(system: SystemName, connections: readonly { id: string }[]): string {
  const taken = new Set(connections.map(({ id }) => id))
  const usual = usualIds[system]
  let id = usual
  for (let count = 2; taken.has(id); count += 1) id = `${usual}-${count}`
  return id
}

/** The form of a connection, or of a new one. */
export function draftOf(system: SystemName, connection: Connection | null, id: string): ConnectionDraft {
  const stored = (connection ?? {}) as Record<string, unknown>
  const texts: Record<string, string> = {}
  for (const { name, kind, preset } of connectionFields(system)) {
    const value = stored[name]
    if (kind !== 'secret')
      texts[name] = typeof value === 'string' || typeof value === 'boolean' ? String(value) : preset
  }
  return { id: connection?.id ?? id, texts, secrets: {} }
}

/**
 * The connection that the form describes: unknown keys of the old one stay, what is empty falls back to its preset.
 * A secret that is kept is null, one that is cleared is ''.
 */
export function connectionOf(
  system: SystemName,
  before: Connection | null,
  draft: ConnectionDraft,
): Record<string, unknown> {
  const after: Record<string, unknown> = { ...before, id: draft.id.trim(), system }
  for (const { name, kind, preset } of connectionFields(system)) {
    if (kind === 'secret') {
      const edit = draft.secrets[name] ?? { kind: 'keep' }
      after[name] = edit.kind === 'clear' ? '' : edit.kind === 'replace' && edit.text !== '' ? edit.text : null
      continue
    }
    if (kind === 'flag') {
      after[name] = draft.texts[name] === 'true'
      continue
    }
    const text = (draft.texts[name] ?? '').normalize('NFKC').trim()
    after[name] = kind === 'address' ? withScheme(text) : text || preset || null
  }
  return after
}

/** `host/path` → `http://host/path`. */
const withScheme = (text: string) => (text === '' || text.includes('://') ? text : `http://${text}`)

/** The first field that the schema does not accept, with the core's English reason; null = all of it is right. */
export function faultOf(
  connection: Record<string, unknown>,
  others: readonly { id: string }[],
): { field: string; reason: string } | null {
  if (others.some(({ id }) => id === connection.id)) return { field: 'id', reason: 'every connection needs its own id' }
  if (connection.baseUrl === '') return { field: 'baseUrl', reason: 'is missing' }
  const issue = Connection.safeParse(connection).error?.issues[0]
  return issue ? { field: String(issue.path[0] ?? 'id'), reason: issue.message } : null
}
