import { Fault } from './fault.ts'
import { attributeOf, type XmlNode } from './soap-xml.ts'

/** How far values are looked into. How many there may be depends on the answer's size: a few references can stand for millions. */
const deepest = 8

export interface References {
  /** The element that an encoded answer points to with `href="#id"` (SOAP 1.2: `ref="id"`), else the element itself. */
  follow(node: XmlNode): XmlNode
  /** A record as a plain object; fields that are nil are left out where known, null otherwise. Throws Fault too-large. */
  plain(node: XmlNode, known: ReadonlySet<string>): Record<string, unknown>
}

export const isNil = (node: XmlNode) => /^(true|1)$/.test(attributeOf(node, 'nil') ?? '')

export function createReferences(body: XmlNode | null, status: number): References {
  let byId: Map<string, XmlNode> | null = null
  let count = 0
  let most = 0

  function follow(node: XmlNode): XmlNode {
    let at = node
    for (let hop = 0; hop < deepest; hop += 1) {
      const id = attributeOf(at, 'href')?.replace(/^#/, '') ?? attributeOf(at, 'ref')
      if (id === undefined || id === null) return at
      if (!byId) {
        byId = new Map()
        most = 1_000 + 2 * index(body, byId)
      }
      const target = byId.get(id)
      if (!target) return at
      at = target
    }
    throw new Fault('unexpected-response', 'wrong-field', { status, field: 'return' })
  }

  function plain(node: XmlNode, known: ReadonlySet<string>, depth = 0): Record<string, unknown> {
    const output: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    for (const child of node.children) {
      count += 1
      if (byId && count > most) throw new Fault('unexpected-response', 'too-large', { status })
      const value = read(follow(child), depth)
      if (value === null && known.has(child.name.toLowerCase())) continue
      const before = output[child.name]
      if (before === undefined) output[child.name] = value
      else if (Array.isArray(before)) before.push(value)
      else output[child.name] = [before, value]
    }
    return { ...output }
  }

  function read(node: XmlNode, depth: number): unknown {
    if (isNil(node)) return null
    return node.children.length === 0 || depth >= deepest ? node.text.trim() : plain(node, new Set(), depth + 1)
  }

  return { follow, plain }
}

/** Elements that can be pointed at: anywhere below the body. Returns how many elements there are. */
function index(node: XmlNode | null, found: Map<string, XmlNode>): number {
  if (!node) return 0
  const id = attributeOf(node, 'id')
  if (id !== null) found.set(id, node)
  return node.children.reduce((count, child) => count + index(child, found), 1)
}
