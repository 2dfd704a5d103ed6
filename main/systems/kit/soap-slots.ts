/** A place for a value in a request. */
export interface Slot {
  name: string
  /** `''` = the element belongs to no namespace. */
  namespace: string
  type: { namespace: string; name: string } | null
  nillable: boolean
  /** May be left out. */
  optional: boolean
  /** Places inside; empty for a plain value. */
  inner(): Slot[]
}

/** node-soap's elements of a WSDL and its schemas: `$` = the attribute of that name. */
export interface SchemaElement {
  name?: string
  $name?: string
  $type?: string
  $ref?: string
  $base?: string
  $form?: string
  $minOccurs?: string
  $nillable?: string
  $elementFormDefault?: string
  children?: SchemaElement[]
  xmlns?: unknown
  schemaXmlns?: unknown
  definitionsXmlns?: unknown
}
interface Schema extends SchemaElement {
  elements: Record<string, SchemaElement>
  complexTypes: Record<string, SchemaElement>
}
export interface SchemaSet {
  schemas: Record<string, Schema | undefined>
  xmlns?: Record<string, string>
}
/** An input message as node-soap resolves it: one element (document), or named parts (rpc). */
export interface InputMessage extends SchemaElement {
  targetNamespace?: string
  parts?: Record<string, unknown> | null
}

const xsd = 'http://www.w3.org/2001/XMLSchema'

/** Schemas as places for values, in the order of the WSDL. */
export function createSlots(set: SchemaSet) {
  /** A qualified name where it stands. Without a prefix it is meant for the own namespace, unless that does not know it. */
  function resolve(at: SchemaElement, qualified: string, own: string): { namespace: string; name: string } {
    const [prefix, name] = qualified.includes(':') ? (qualified.split(':', 2) as [string, string]) : [null, qualified]
    if (prefix === null) {
      const known = set.schemas[own]?.complexTypes[name] ?? set.schemas[own]?.elements[name]
      return { namespace: known ? own : xsd, name }
    }
    for (const map of [at.xmlns, at.schemaXmlns, at.definitionsXmlns, set.xmlns]) {
      const namespace = typeof map === 'object' && map !== null ? (map as Record<string, string>)[prefix] : undefined
      if (namespace !== undefined) return { namespace, name }
    }
    return { namespace: '', name }
  }

  function inside(type: Slot['type']): Slot[] {
    const found = type && set.schemas[type.namespace]?.complexTypes[type.name]
    return found ? contents(found, type.namespace) : []
  }

  /** Elements below a type: its base's first. Groups are looked through. */
  function contents(node: SchemaElement, own: string, depth = 0): Slot[] {
    if (depth > 20) return []
    const base = node.name === 'extension' && node.$base ? inside(resolve(node, node.$base, own)) : []
    const below = (node.children ?? []).flatMap((child): Slot[] =>
      child.name === 'element' ? [elementSlot(child, own)] : contents(child, own, depth + 1),
    )
    return [...base, ...below]
  }

  function elementSlot(element: SchemaElement, own: string): Slot {
    const occurs = { optional: element.$minOccurs === '0' }
    if (element.$ref) {
      const { namespace, name } = resolve(element, element.$ref, own)
      const target = set.schemas[namespace]?.elements[name]
      const slot = target ? elementSlot({ ...target, $form: 'qualified' }, namespace) : plain(name, namespace)
      return { ...slot, ...occurs }
    }
    const form = element.$form ?? set.schemas[own]?.$elementFormDefault
    const type = element.$type ? resolve(element, element.$type, own) : null
    return {
      name: element.$name ?? '',
      namespace: form === 'qualified' ? own : '',
      type,
      nillable: element.$nillable === 'true' || element.$nillable === '1',
      ...occurs,
      inner: () => (type ? inside(type) : contents(element, own)),
    }
  }

  const plain = (name: string, namespace: string): Slot => ({
    name,
    namespace,
    type: null,
    nillable: true,
    optional: false,
    inner: () => [],
  })

  return {
    /** Arguments of a document/literal wrapped operation: what its one element holds. */
    ofElement(element: InputMessage): Slot[] {
      const own = element.targetNamespace ?? ''
      return element.$type ? inside(resolve(element, element.$type, own)) : contents(element, own)
    },
    /** Arguments of an rpc operation: the parts of its message, never in a namespace. */
    ofParts(parts: Record<string, unknown>): Slot[] {
      return Object.entries(parts).map(([name, part]) => {
        const type = typeof part === 'string' ? resolve({}, part, '') : typeOfPart(part)
        return { ...plain(name, ''), type, inner: () => inside(type) }
      })
    },
  }
}

/** A part's complex type: node-soap leaves its namespace in `xmlns`. */
function typeOfPart(part: unknown): Slot['type'] {
  const { $name, xmlns } = (part ?? {}) as { $name?: string; xmlns?: unknown }
  return $name !== undefined && typeof xmlns === 'string' ? { namespace: xmlns, name: $name } : null
}
