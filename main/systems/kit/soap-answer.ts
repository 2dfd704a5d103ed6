import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ErrorCode } from '../../../preload/contract/index.ts'
import { Fault } from './fault.ts'
import {
  type Answer,
  type Download,
  is2xx,
  type ResponseKind,
  readBy,
  statusVerdict,
  type Verdict,
} from './response.ts'
import { createReferences, isNil, type References } from './soap-references.ts'
import { childNamed, parseXml, type XmlNode } from './soap-xml.ts'
import { wireRecord } from './tolerant.ts'

/** A return value that is text; null when the service returned nothing. */
export const soapText = (): ResponseKind<string | null> => soap('xml', (found) => found.value()?.text.trim() ?? null)

/** A whole number. */
export const soapInteger = (): ResponseKind<number> =>
  soap('xml', (found, answer) => {
    const document = { return: found.value()?.text.trim() }
    return readBy(z.object({ return: present }), document, answer).return
  })
const present = z
  .string()
  .regex(/^[+-]?\d+$/)
  .transform(Number)

/** Nothing comes back; what does anyway is not looked at. */
export const soapVoid = (): ResponseKind<null> => soap('xml', () => null)

/** An array of records; none and one look different from many on the wire, and in each kind of server. */
export function soapList<Shape extends z.ZodRawShape>(shape: Shape): ResponseKind<z.output<z.ZodObject<Shape>>[]> {
  const rows = z.array(wireRecord(shape))
  const names = new Set(Object.keys(shape).map((name) => name.toLowerCase()))
  return soap('xml', (found, answer) => readBy(rows, found.records(names), answer, ['return']))
}

/** `byte[]`: base64 within the XML. Nothing in its place means that there is no such file. */
export const soapBytes = (): ResponseKind<Download> =>
  soap('binary', (found, { status }) => {
    const text = found.value()?.text
    if (text === undefined) throw new Fault('not-found', 'empty', { status, field: 'return' })
    const digits = text.replace(/\s+/g, '')
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) {
      throw new Fault('unexpected-response', 'wrong-field', { status, field: 'return' })
    }
    const data = Buffer.from(digits, 'base64')
    if (data.length === 0) throw new Fault('unexpected-response', 'empty', { status, field: 'return' })
    const sha256 = createHash('sha256').update(data).digest('hex')
    return { bytes: data.length, sha256, contentType: soundType(data), data }
  })

/** The envelope says nothing about what it carries. */
function soundType(data: Buffer): string {
  const start = data.toString('latin1', 0, 12)
  if (/^RIFF....WAVE/s.test(start)) return 'audio/wav'
  if (/^(ID3|\xff[\xe2-\xff])/.test(start)) return 'audio/mpeg'
  if (start.startsWith('#!AMR')) return 'audio/amr'
  return start.startsWith('OggS') ? 'audio/ogg' : 'application/octet-stream'
}

/** What stands in an answer's body. Throws Fault empty when there is none. */
interface Returned {
  /** The one return value; null when absent or nil. */
  value(): XmlNode | null
  records(known: ReadonlySet<string>): unknown[]
}

function soap<Output>(kind: 'xml' | 'binary', read: (found: Returned, answer: Answer) => Output): ResponseKind<Output> {
  return {
    kind,
    accept: 'text/xml, application/soap+xml, */*;q=0.5',
    judge(answer) {
      const body = bodyOf(answer)
      const fault = childNamed(body, 'Fault')
      return fault ? refused(fault) : statusVerdict(answer)
    },
    read: (answer) => read(returned(bodyOf(answer), answer.status), answer),
  }
}

const bodies = new WeakMap<Answer, XmlNode>()

/** The Body of the envelope; null for an empty answer, and for anything else than an envelope under a failure status. */
function bodyOf(answer: Answer): XmlNode | null {
  const known = bodies.get(answer)
  if (known) return known
  const { text, status } = answer
  if (text === '' && is2xx(status)) return null
  try {
    const root = parseXml(text, status)
    const body = root.name === 'Envelope' ? childNamed(root, 'Body') : null
    if (!body) throw new Fault('unexpected-response', 'missing-field', { status, field: 'Envelope.Body' })
    bodies.set(answer, body)
    return body
  } catch (thrown) {
    if (is2xx(status)) throw thrown
    return null
  }
}

/** SOAP 1.1: faultcode, faultstring. 1.2: Code/Value, Reason/Text. */
function refused(fault: XmlNode): Verdict {
  const code = childNamed(fault, 'Code')
  const codes = [
    childNamed(fault, 'faultcode') ?? childNamed(code, 'Value'),
    childNamed(childNamed(code, 'Subcode'), 'Value'),
  ]
  const words = childNamed(fault, 'faultstring') ?? childNamed(childNamed(fault, 'Reason'), 'Text')
  const name = codes.flatMap((one) => (one ? [one.text.trim().replace(/^.*:/s, '')] : [])).join('.') || 'Fault'
  const text = words?.text.trim() ?? ''
  return { ok: false, code: name, text, core: faultMeaning(name, text) }
}

function faultMeaning(code: string, text: string): ErrorCode {
  if (/unauthenticated|authentication/i.test(code)) return 'auth-failed'
  if (/unauthorized|authorization|accessdenied|forbidden/i.test(code)) return 'forbidden'
  if (/no such (operation|method|service)|(operation|service|method)\b.{0,60}\bnot found/is.test(text))
    return 'not-found'
  if (/^(client|sender)\b/i.test(code)) return 'bad-request'
  return /^(versionmismatch|mustunderstand|dataencodingunknown)\b/i.test(code) ? 'unexpected-response' : 'server-error'
}

/** A plain value may be wrapped, but not in an endless circle of references. */
const deepest = 8
const returnNames = /^(return|out|result|.+return)$/i

function returned(body: XmlNode | null, status: number): Returned {
  const references: References = createReferences(body, status)
  const wrapper = body?.children[0] ?? null
  // A bare answer: the value stands in the body itself.
  const isBare = wrapper?.children.length === 0 && wrapper.text.trim() !== ''
  const values = (): XmlNode[] => {
    if (!body) throw new Fault('unexpected-response', 'empty', { status })
    return isBare ? [wrapper] : (wrapper?.children ?? [])
  }
  return {
    value() {
      const first = values().find((one) => returnNames.test(one.name)) ?? values()[0]
      let node = first && references.follow(first)
      for (let depth = 0; node?.children.length === 1 && !isNil(node); depth += 1) {
        if (depth === deepest) throw new Fault('unexpected-response', 'wrong-field', { status, field: 'return' })
        node = references.follow(node.children[0]!)
      }
      return node && !isNil(node) ? node : null
    },
    records(known) {
      const isRecord = (node: XmlNode) => node.children.some((one) => known.has(one.name.toLowerCase()))
      const rows = values()
        .map(references.follow)
        .flatMap((node) => {
          if (isNil(node)) return []
          // A row itself, or an array around rows.
          return isRecord(node) ? [node] : node.children.map(references.follow).filter((one) => !isNil(one))
        })
      return rows.map((row) => references.plain(row, known))
    },
  }
}
