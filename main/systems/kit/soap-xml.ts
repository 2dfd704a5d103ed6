import { Fault } from './fault.ts'

/** An element. Names are local, prefixes are resolved. */
export interface XmlNode {
  name: string
  namespace: string
  /** As written, prefix and all. */
  attributes: Record<string, string>
  children: XmlNode[]
  text: string
  /** Prefix → namespace; the default one stands under `''`. */
  scope: Readonly<Record<string, string>>
}

/** More is no answer of a telephone system. */
const deepest = 100
const mostTags = 400_000
const longestTag = 16_384
/** Put aside before parsing. */
const longText = 1_000
/** Two characters that no document uses stand around the number of a text that was put aside. */
const open = '\ue000'
const close = '\ue001'

type Package = typeof import('fast-xml-parser')
let loaded: Package | null = null

/** The parser is some 100 kB that most starts never need. `parseXml` works once this has resolved. */
export async function loadXmlParser(): Promise<void> {
  loaded ??= await import('fast-xml-parser')
}

/**
 * The root element of a document. Entities are never expanded, a document that declares any is refused.
 * Throws Fault: empty, html-page, doctype, not-xml (also broken or cut off XML).
 */
export function parseXml(text: string, status?: number): XmlNode {
  if (text === '') throw new Fault('unexpected-response', 'empty', { status })
  if (/^<(!doctype\s+)?html/i.test(text)) throw new Fault('unexpected-response', 'html-page', { status })
  const { markup, texts } = skeletonOf(text, status)
  const roots = elementsOf(readTree(markup, status), { xml: 'http://www.w3.org/XML/1998/namespace' }, texts)
  if (roots.length !== 1) throw new Fault('unexpected-response', 'not-xml', { status })
  return roots[0]!
}

/** A child element by its local name. */
export const childNamed = (node: XmlNode | null | undefined, name: string): XmlNode | null =>
  node?.children.find((one) => one.name === name) ?? null

/** Attribute by its local name. */
export function attributeOf(node: XmlNode, name: string): string | null {
  for (const [full, value] of Object.entries(node.attributes)) {
    if (localName(full) === name && !full.startsWith('xmlns')) return value
  }
  return null
}

export const localName = (name: string) => name.slice(name.lastIndexOf(':') + 1)

export function escapeXml(text: string): string {
  // What XML 1.0 cannot carry at all would make the whole document unreadable.
  return text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
}

/** A document with what is long, or no markup, put aside: the parser goes character by character, and a recording has millions. */
interface Skeleton {
  markup: string
  /** By the number that stands in its place. */
  texts: string[]
}

/** One pass, whatever the text. Throws Fault: doctype, too-large, not-xml. */
function skeletonOf(text: string, status: number | undefined): Skeleton {
  const wrong = (reason: 'not-xml' | 'doctype' | 'too-large') => new Fault('unexpected-response', reason, { status })
  const pieces: string[] = []
  const texts: string[] = []
  const aside = (plain: string) => {
    pieces.push(`${open}${texts.push(plain) - 1}${close}`)
  }
  let at = 0
  let depth = 0
  for (let tags = 0; ; tags += 1) {
    const tag = text.indexOf('<', at)
    const plain = text.slice(at, tag < 0 ? undefined : tag)
    if (plain.length > longText || plain.includes(open)) aside(decodeEntities(plain))
    else pieces.push(plain)
    if (tag < 0) return { markup: pieces.join(''), texts }
    if (tags > mostTags) throw wrong('too-large')
    const [start, end] = kindAt(text, tag)
    if (start === '<!') throw wrong('doctype')
    const stop = text.indexOf(end, tag + start.length)
    if (stop < 0 || (start === '<' && stop - tag > longestTag)) throw wrong('not-xml')
    at = stop + end.length
    if (start === '<![CDATA[') aside(text.slice(tag + start.length, stop))
    if (start !== '<') continue
    pieces.push(text.slice(tag, at))
    depth += text[tag + 1] === '/' ? -1 : text[stop - 1] === '/' ? 0 : 1
    // The parser would look at all of it first.
    if (depth > deepest) throw wrong('not-xml')
  }
}

type Kind = readonly [start: string, end: string]
const element: Kind = ['<', '>']
const others: readonly Kind[] = [
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<!', '>'],
]

function kindAt(text: string, tag: number): Kind {
  const next = text[tag + 1]
  return next === '!' || next === '?' ? others.find(([start]) => text.startsWith(start, tag))! : element
}

type Ordered = Record<string, unknown>

function readTree(markup: string, status: number | undefined): Ordered[] {
  if (!loaded) throw new Error('the XML parser was not loaded')
  const parser = new loaded.XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    trimValues: false,
    processEntities: false,
    maxNestedTags: deepest,
    jPath: false,
  })
  try {
    return parser.parse(markup, true) as Ordered[]
  } catch {
    // The parser's message quotes the document: it must not travel on.
    throw new Fault('unexpected-response', 'not-xml', { status })
  }
}

function elementsOf(nodes: Ordered[], outer: XmlNode['scope'], texts: string[]): XmlNode[] {
  const output: XmlNode[] = []
  for (const node of nodes) {
    const tag = Object.keys(node).find((key) => key !== ':@')
    if (tag === undefined || tag.startsWith('#')) continue
    const attributes: Record<string, string> = {}
    let scope = outer
    for (const [name, value] of Object.entries((node[':@'] ?? {}) as Record<string, unknown>)) {
      attributes[name] = restored(String(value), texts)
      if (name === 'xmlns' || name.startsWith('xmlns:')) scope = { ...scope, [name.slice(6)]: attributes[name] }
    }
    const inner = node[tag] as Ordered[]
    const prefix = tag.includes(':') ? tag.slice(0, tag.indexOf(':')) : ''
    output.push({
      name: localName(tag),
      namespace: scope[prefix] ?? '',
      attributes,
      children: elementsOf(inner, scope, texts),
      text: restored(inner.map((one) => one['#text'] ?? '').join(''), texts),
      scope,
    })
  }
  return output
}

function restored(text: string, texts: string[]): string {
  if (!text.includes(open)) return decodeEntities(text)
  return text
    .split(/(\ue000\d+\ue001)/)
    .map((part) => (part.startsWith(open) ? (texts[Number(part.slice(1, -1))] ?? '') : decodeEntities(part)))
    .join('')
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The five names of XML and character numbers; anything else stays as it stands. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|lt|gt|amp|quot|apos);/gi, (all, body: string) => {
    if (!body.startsWith('#')) return named[body] ?? all
    const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}
