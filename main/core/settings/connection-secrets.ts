import { Connection, type Settings } from '../../../preload/contract/index.ts'
import { isTree, type Tree } from './tree.ts'

/** Per system, the fields of a connection that the schema marks as secret. */
const secretFields = new Map<string, string[]>(
  Connection.options.map(({ shape }) => [
    shape.system.value,
    Object.entries(shape)
      .filter(([, field]) => field.meta()?.secret === true)
      .map(([name]) => name),
  ]),
)

/** Every field name that means a secret, whatever the system. */
export const secretFieldNames = [...new Set([...secretFields.values()].flat())]

/** Where one secret is kept: in which list entry, in which field, under which key of the store. */
interface SecretPlace {
  entry: Tree
  field: string
  /** `connections.<id>.<field>` */
  key: string
}

/** Every secret field of the connections in a settings tree, whether it holds something or not. */
export function secretPlaces(tree: Tree): SecretPlace[] {
  const entries: unknown[] = Array.isArray(tree.connections) ? tree.connections : []
  return entries.filter(isTree).flatMap((entry) => {
    const { id, system } = entry
    if (typeof id !== 'string' || typeof system !== 'string') return []
    return (secretFields.get(system) ?? []).map((field) => ({ entry, field, key: `connections.${id}.${field}` }))
  })
}

/** The secrets written in a tree, by key. */
export function plainSecrets(tree: Tree): Map<string, string> {
  const found = new Map<string, string>()
  for (const { entry, field, key } of secretPlaces(tree)) {
    const value = entry[field]
    if (typeof value === 'string' && value !== '') found.set(key, value)
  }
  return found
}

/** A copy without any secret, or without those whose key is named. */
export function withoutSecrets<T extends Tree>(tree: T, only?: ReadonlySet<string>): T {
  const copy = structuredClone(tree)
  for (const { entry, field, key } of secretPlaces(copy)) {
    if (entry[field] !== undefined && (only?.has(key) ?? true)) entry[field] = null
  }
  return copy
}

/** A copy in which each secret is what `secretOf` says; undefined leaves what is there. */
export function withSecrets(settings: Settings, secretOf: (key: string) => string | null | undefined): Settings {
  const copy = structuredClone(settings)
  for (const { entry, field, key } of secretPlaces(copy)) {
    const value = secretOf(key)
    if (value !== undefined) entry[field] = value
    else if (entry[field] === '') entry[field] = null
  }
  return copy
}
