import { XMLParser } from 'fast-xml-parser'

export interface Element {
  name: string
  namespace: string
  attributes: Record<string, string>
  children: Element[]
  text: string
  scope: Record<string, string>
}

type Ordered = Record<string, unknown>
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
})

/** The root of a well-formed document, names resolved; throws for anything else. */
export function readXml(text: string): Element {
  const [root, ...more] = elements(parser.parse(text, true) as Ordered[], {})
  if (!root || more.length > 0) throw new Error('not one root')
  return root
}

function elements(nodes: Ordered[], outer: Record<string, string>): Element[] {
  return nodes.flatMap((node) => {
    const tag = Object.keys(node).find((key) => key !== ':@')!
    if (tag === '#text') return []
    const attributes = (node[':@'] ?? {}) as Record<string, string>
    const scope = { ...outer }
    for (const [name, value] of Object.entries(attributes)) {
      if (name === 'xmlns') scope[''] = value
      if (name.startsWith('xmlns:')) scope[name.slice(6)] = value
    }
    const inner = node[tag] as Ordered[]
    const { name, namespace } = resolve(tag, scope)
    const text = inner.map((one) => String(one['#text'] ?? '')).join('')
    return [{ name, namespace, attributes, scope, text, children: elements(inner, scope) }]
  })
}

/** A prefixed name where it stands; an unknown prefix is an error. */
export function resolve(qualified: string, scope: Record<string, string>): { name: string; namespace: string } {
  const [prefix, name] = qualified.includes(':') ? qualified.split(':') : ['', qualified]
  const namespace = scope[prefix!] ?? (prefix === '' ? '' : null)
  if (namespace === null) throw new Error(`unknown prefix ${prefix}`)
  return { name: name!, namespace }
}

/** An attribute in the namespace of XML Schema instances. */
export function instanceAttribute(element: Element, name: string): string | null {
  for (const [key, value] of Object.entries(element.attributes)) {
    if (!key.includes(':') || key.startsWith('xmlns:')) continue
    const found = resolve(key, element.scope)
    if (found.name === name && found.namespace === 'http://www.w3.org/2001/XMLSchema-instance') return value
  }
  return null
}

export const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
