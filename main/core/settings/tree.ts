/** Settings as plain JSON: merging layers and finding fields by their path. Pure. */
export type Tree = Record<string, unknown>
export type Path = readonly PropertyKey[]

/** A JSON object, not an array. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Later layers win; objects merge, everything else (arrays too) is replaced whole. The layers are not changed. */
export function mergeTrees(...layers: Tree[]): Tree {
  const merged: Tree = {}
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer)) {
      if (key === '__proto__' || value === undefined) continue
      const below = merged[key]
      merged[key] = isTree(value) ? mergeTrees(isTree(below) ? below : {}, value) : value
    }
  }
  return merged
}

/** `['connections', 0, 'baseUrl']` as people write it: `connections[0].baseUrl`. */
export function fieldOf(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`))
    .join('')
}

/** The value at a path of keys and list positions. */
export function valueAtPath(tree: unknown, path: Path): unknown {
  let value = tree
  for (const step of path)
    value = Array.isArray(value) ? value[Number(step)] : isTree(value) ? value[String(step)] : undefined
  return value
}

/** The value at a dotted path. In a list a step is the entry's `id`. */
export function valueAt(tree: unknown, field: string): unknown {
  let value = tree
  for (const step of field.split('.')) {
    if (Array.isArray(value)) value = value.find((entry) => isTree(entry) && entry.id === step)
    else value = isTree(value) && Object.hasOwn(value, step) ? value[step] : undefined
  }
  return value
}

/**
 * The tree with the value at a dotted path taken from `source`; a list entry that is missing is added whole. Nothing
 * changes where `source` says nothing. The arguments are not changed.
 */
export function withValueFrom(source: unknown, field: string, tree: Tree): Tree {
  return takeFrom(source, field.split('.'), tree) as Tree
}

function takeFrom(source: unknown, [step, ...rest]: string[], value: unknown): unknown {
  if (step === undefined) return structuredClone(source)
  if (Array.isArray(source)) {
    const isNamed = (entry: unknown) => isTree(entry) && entry.id === step
    const entry: unknown = source.find(isNamed)
    if (entry === undefined) return value
    const list: unknown[] = Array.isArray(value) ? value : []
    const at = list.findIndex(isNamed)
    return at === -1 ? [...list, structuredClone(entry)] : list.with(at, takeFrom(entry, rest, list[at]))
  }
  if (!isTree(source) || !Object.hasOwn(source, step)) return value
  const base = isTree(value) ? value : {}
  return { ...base, [step]: takeFrom(source[step], rest, base[step]) }
}

/** Take the value at a path out of the tree, in place. False when there is none. */
export function removeAt(tree: Tree, path: Path): boolean {
  const last = path.at(-1)
  if (last === undefined) return false
  const parent = valueAtPath(tree, path.slice(0, -1))
  if (Array.isArray(parent)) return parent.splice(Number(last), 1).length > 0
  if (!isTree(parent) || !Object.hasOwn(parent, String(last))) return false
  delete parent[String(last)]
  return true
}

/** Same JSON, whatever the order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => sameJson(entry, b[index]))
  if (isTree(a) && isTree(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...keys].every((key) => sameJson(a[key], b[key]))
  }
  return a === b
}
