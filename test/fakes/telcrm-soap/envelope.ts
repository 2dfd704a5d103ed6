import { type Dialect, elementType, isRecord, type JavaMethod, type JavaType, type Named, records } from './contract.ts'
import { type Element, escaped, instanceAttribute, readXml, resolve } from './xml.ts'

/** A value as the Java method gets it, or returns it. */
export type Value = string | number | boolean | Date | Buffer | null | { [field: string]: Value } | Value[]

/** Refused: code and text of the SOAP fault. */
export class Refusal extends Error {
  readonly code: string
  constructor(code: string, text: string) {
    super(text)
    this.code = code
  }
}

const versions: Record<string, '1.1' | '1.2'> = {
  'http://schemas.xmlsoap.org/soap/envelope/': '1.1',
  'http://www.w3.org/2003/05/soap-envelope': '1.2',
}
export const envelopeOf = (version: '1.1' | '1.2') => Object.keys(versions).find((key) => versions[key] === version)!
const wrong = (text: string) => new Refusal('Client', text)

/** The one element in the body, and the version of the envelope around it. */
export function readBody(text: string): { call: Element; version: '1.1' | '1.2' } {
  if (/<!DOCTYPE/i.test(text)) throw wrong('no document type declarations')
  const root = readXml(text)
  const version = versions[root.namespace]
  if (root.name !== 'Envelope' || !version) throw new Refusal('VersionMismatch', 'not an envelope')
  const body = root.children.find((one) => one.name === 'Body' && one.namespace === root.namespace)
  if (body?.children.length !== 1) throw wrong('one call, please')
  return { call: body.children[0]!, version }
}

/** Arguments by the manual's names. Every element must be exactly where the WSDL has it. */
export function readArguments(
  call: Element,
  name: string,
  method: JavaMethod,
  dialect: Dialect,
): Record<string, Value> {
  if (call.namespace !== dialect.namespace) throw wrong(`{${call.namespace}}${name} is unknown here`)
  const wanted = method.args.map(([, type], at): Named => [dialect.argument(method, at), type])
  const values = readFields(call, wanted, dialect, dialect.qualified ? dialect.namespace : '')
  return Object.fromEntries(method.args.map(([own], at) => [own, values[wanted[at]![0]] ?? null]))
}

function readFields(
  parent: Element,
  wanted: readonly Named[],
  dialect: Dialect,
  namespace: string,
): Record<string, Value> {
  const output: Record<string, Value> = Object.fromEntries(wanted.map(([name]) => [name, null]))
  let at = -1
  for (const child of parent.children) {
    const next = wanted.findIndex(([name], index) => index > at && name === child.name)
    if (next < 0) throw wrong(`unexpected element ${child.name} in ${parent.name}`)
    if (!dialect.optional && next !== at + 1) throw wrong(`${wanted[at + 1]![0]} is missing in ${parent.name}`)
    if (child.namespace !== namespace)
      throw wrong(`${child.name} is in namespace "${child.namespace}", not "${namespace}"`)
    output[child.name] = readValue(child, wanted[next]![1], dialect)
    at = next
  }
  if (!dialect.optional && at < wanted.length - 1) throw wrong(`${wanted[at + 1]![0]} is missing in ${parent.name}`)
  return output
}

const lexical: Partial<Record<JavaType, RegExp>> = {
  int: /^-?\d{1,18}$/,
  Integer: /^-?\d{1,18}$/,
  Boolean: /^(true|false|1|0)$/,
  Date: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
}

function readValue(node: Element, type: JavaType, dialect: Dialect): Value {
  if (dialect.rpc) checkType(node, type, dialect)
  if (instanceAttribute(node, 'nil') === 'true') {
    if (type === 'int' || node.children.length > 0 || node.text !== '') throw wrong(`${node.name} cannot be nil`)
    return null
  }
  if (isRecord(type)) return readFields(node, records[type], dialect, dialect.qualified ? dialect.recordNamespace : '')
  if (node.children.length > 0) throw wrong(`${node.name} is a plain value`)
  const { text } = node
  const pattern = lexical[type]
  if (pattern && !pattern.test(text)) throw wrong(`${node.name}: "${text}" is no ${type}`)
  if (type === 'int' || type === 'Integer') return Number(text)
  if (type === 'Boolean') return text === 'true' || text === '1'
  return type === 'Date' ? new Date(text) : text
}

/** Encoded calls say the type of every value. */
function checkType(node: Element, type: JavaType, dialect: Dialect): void {
  const said = instanceAttribute(node, 'type')
  if (said === null) throw wrong(`${node.name} does not say its type`)
  const { name, namespace } = resolve(said, node.scope)
  const names: Partial<Record<JavaType, string>> = {
    String: 'string',
    int: 'int',
    Integer: 'int',
    Boolean: 'boolean',
    Date: 'dateTime',
  }
  const known = isRecord(type)
    ? namespace === dialect.recordNamespace && name === type
    : /XMLSchema$|encoding\/$/.test(namespace) && name === names[type]
  if (!known) throw wrong(`${node.name} is no {${namespace}}${name}`)
}

const text = (value: Value): string => {
  if (value instanceof Date) return value.toISOString()
  return Buffer.isBuffer(value) ? value.toString('base64').replace(/.{76}/g, '$&\r\n') : escaped(String(value))
}

/** The body of an answer. */
export function writeAnswer(name: string, method: JavaMethod, value: Value, dialect: Dialect): string {
  if (dialect.rpc) return writeEncoded(name, method, value, dialect)
  const own = dialect.qualified ? '' : ' xmlns=""'
  const tag = (label: string, content: string, more = '') => `<${label}${more}>${content}</${label}>`
  const record = (label: string, row: { [field: string]: Value }, type: JavaType, more: string) => {
    const inner = dialect.qualified ? ` xmlns="${dialect.recordNamespace}"` : ''
    const fields = records[type as keyof typeof records].flatMap(([field]) => {
      const one = row[field] ?? null
      if (one !== null) return [tag(field, text(one), inner)]
      return dialect.optional ? [] : [`<${field}${inner} xsi:nil="true"/>`]
    })
    return tag(label, fields.join(''), more)
  }
  const result = dialect.result(name)
  const row = elementType(method.returns)
  let content = ''
  if (method.returns === 'void') content = ''
  else if (row && dialect.optional)
    content = (value as { [field: string]: Value }[]).map((one) => record(result, one, row, own)).join('')
  else if (row) {
    const rows = (value as { [field: string]: Value }[]).map((one) =>
      record(row, one, row, ` xmlns="${dialect.recordNamespace}"`),
    )
    content = tag(result, rows.join(''), own)
  } else if (value === null) content = dialect.optional ? '' : `<${result}${own} xsi:nil="true"/>`
  else content = tag(result, text(value), own)
  return dialect.qualified
    ? `<${name}Response xmlns="${dialect.namespace}">${content}</${name}Response>`
    : `<r:${name}Response xmlns:r="${dialect.namespace}">${content}</r:${name}Response>`
}

/** Axis 1: records stand beside the answer, and the answer points to them. */
function writeEncoded(name: string, method: JavaMethod, value: Value, dialect: Dialect): string {
  const style = ' soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"'
  const aside: string[] = []
  const result = dialect.result(name)
  const row = elementType(method.returns)
  let content = ''
  if (row) {
    const rows = value as { [field: string]: Value }[]
    const items = rows.map((one) => {
      const id = `id${aside.length}`
      const fields = records[row].map(([field, type]) => {
        const found = one[field] ?? null
        const kind =
          type === 'Date'
            ? 'xsd:dateTime'
            : type === 'String'
              ? 'soapenc:string'
              : type === 'Boolean'
                ? 'soapenc:boolean'
                : 'soapenc:int'
        return found === null
          ? `<${field} xsi:type="${kind}" xsi:nil="true"/>`
          : `<${field} xsi:type="${kind}">${text(found)}</${field}>`
      })
      aside.push(
        `<multiRef id="${id}" soapenc:root="0"${style} xsi:type="ns:${row}" xmlns:ns="${dialect.recordNamespace}">${fields.join('')}</multiRef>`,
      )
      return `<${result} href="#${id}"/>`
    })
    content = `<${result} soapenc:arrayType="ns:${row}[${rows.length}]" xsi:type="soapenc:Array" xmlns:ns="${dialect.recordNamespace}">${items.join('')}</${result}>`
  } else if (method.returns !== 'void') {
    content =
      value === null
        ? `<${result} xsi:type="soapenc:string" xsi:nil="true"/>`
        : `<${result} xsi:type="soapenc:string">${text(value)}</${result}>`
  }
  return `<ns1:${name}Response${style} xmlns:ns1="${dialect.namespace}">${content}</ns1:${name}Response>${aside.join('')}`
}

export function wrapAnswer(body: string, version: '1.1' | '1.2'): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="${envelopeOf(version)}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"` +
    ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  )
}

export function faultBody(code: string, words: string, version: '1.1' | '1.2'): string {
  return version === '1.1'
    ? `<soapenv:Fault><faultcode>soapenv:${code}</faultcode><faultstring>${escaped(words)}</faultstring><detail/></soapenv:Fault>`
    : `<soapenv:Fault><soapenv:Code><soapenv:Value>soapenv:${code === 'Client' ? 'Sender' : 'Receiver'}</soapenv:Value></soapenv:Code><soapenv:Reason><soapenv:Text xml:lang="en">${escaped(words)}</soapenv:Text></soapenv:Reason></soapenv:Fault>`
}
