import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Fault } from '../kit/fault.ts'

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  // Entities of a document's own are how a small file becomes gigabytes; the five that XML itself has are undone below.
  processEntities: false,
  cdataPropName: '#cdata',
})

/** More is no answer of the platform; a million of them take seconds. */
const mostTags = 400_000

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * An XML answer as the JSON one would look (manual 004 §5.3): what stands below the root `Result`. Every value is text,
 * an empty element is `''`, a repeated element is a list. Throws Fault not-xml, also for a document type declaration.
 */
export function readXml({ text, status }: { text: string; status: number }): unknown {
  const notXml = () => new Fault('unexpected-response', 'not-xml', { status })
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw notXml()
  if (hasTooManyTags(text)) throw new Fault('unexpected-response', 'too-large', { status })
  let root: unknown
  try {
    // First, because it stops at 100 levels; it forgives what the validator does not.
    root = parser.parse(text)
    if (XMLValidator.validate(text) !== true) throw notXml()
  } catch {
    throw notXml() // the parser's message quotes the payload: it must not travel on
  }
  const names = Object.keys(root as object)
  // A refused token comes from another part of the platform, with a root of its own.
  const result = names.length === 1 ? (root as Record<string, unknown>)[names[0]!] : undefined
  const isResult = /^result$/i.test(names[0] ?? '')
  const isTokenError = typeof result === 'object' && result !== null && 'error' in result
  if (result === undefined || Array.isArray(result) || !(isResult || isTokenError)) throw notXml()
  return plain(result)
}

function hasTooManyTags(text: string): boolean {
  let tags = 0
  for (let at = text.indexOf('<'); at >= 0 && tags <= mostTags; at = text.indexOf('<', at + 1)) tags += 1
  return tags > mostTags
}

function plain(node: unknown): unknown {
  if (typeof node === 'string') return decoded(node)
  if (Array.isArray(node)) return node.map(plain)
  const { '#text': text, '#cdata': cdata, ...fields } = node as Record<string, unknown>
  const names = Object.keys(fields)
  if (names.length === 0) return decoded(String(text ?? '')) + [cdata ?? ''].flat().join('')
  return Object.fromEntries(names.map((name) => [name, plain(fields[name])]))
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (all, hex, digits, name) => {
    if (name) return entities[name.toLowerCase()] ?? all
    const point = hex ? Number.parseInt(hex, 16) : Number(digits)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all
  })
}
