import { CoreError } from '../../core/errors.ts'
import type { Slot } from './soap-slots.ts'
import { escapeXml } from './soap-xml.ts'

/** One argument: a value, or an object whose documented fields are listed in the manual's order. */
export interface SoapArgument {
  /** Our name, for complaints. */
  key: string
  value: unknown
  fields: readonly string[]
}

interface Manner {
  /** Every element says its type (rpc/encoded). */
  encoded: boolean
  /** The default namespace around. */
  around: string
  /** A call by parts: all of them must be there. */
  complete: boolean
}

const xsd = 'http://www.w3.org/2001/XMLSchema'

/** The arguments of a call as XML, each in the place of the same position. Errors: bad-request naming the argument. */
export function writeArguments(slots: readonly Slot[], given: readonly SoapArgument[], manner: Manner): string {
  const surplus = given.slice(slots.length).find((one) => isGiven(one.value))
  if (surplus) {
    const reason = `the web service takes ${slots.length} parameters here, this would be one more`
    throw new CoreError('bad-request', { field: surplus.key, reason })
  }
  return slots
    .map((slot, at) => writeSlot(slot, given[at] ?? { key: slot.name, value: null, fields: [] }, manner))
    .join('')
}

function writeSlot(slot: Slot, argument: SoapArgument, manner: Manner): string {
  const { value } = argument
  const inner = slot.inner()
  const around = { ...manner, around: slot.namespace }
  if (isGiven(value)) {
    const isRecord = typeof value === 'object'
    const content = isRecord ? writeFields(inner, argument, around) : escapeXml(String(value))
    return tag(slot, manner, '', content)
  }
  if (slot.optional && !manner.complete) return ''
  if (slot.nillable) return tag(slot, manner, ' xsi:nil="true"', null)
  const preset = presets[slot.type?.namespace === xsd ? slot.type.name : '']
  return tag(slot, manner, preset === undefined ? ' xsi:nil="true"' : '', preset ?? null)
}

/** What a Java client would send for a value that may not be absent and was not given. */
const presets: Record<string, string> = {
  int: '0',
  long: '0',
  short: '0',
  byte: '0',
  float: '0',
  double: '0',
  boolean: 'false',
}

/** Fields find their places by name; where the web service does not know a single name, by position. */
function writeFields(slots: readonly Slot[], { key, value, fields }: SoapArgument, manner: Manner): string {
  const row = value as Record<string, unknown>
  const names = [...fields, ...Object.keys(row).filter((name) => !fields.includes(name))]
  const places = new Map(slots.map((slot) => [slot.name.toLowerCase(), slot]))
  const byPosition = slots.length === fields.length && !fields.some((name) => places.has(name.toLowerCase()))
  const values = new Map<Slot, SoapArgument>()
  names.forEach((name, at) => {
    const slot = byPosition ? slots[at] : places.get(name.toLowerCase())
    const argument = { key: `${key}.${name}`, value: row[name], fields: [] }
    if (slot) values.set(slot, argument)
    else if (isGiven(argument.value)) {
      throw new CoreError('bad-request', { field: argument.key, reason: 'the web service has no such field' })
    }
  })
  const none = { key, value: null, fields: [] }
  return slots
    .map((slot) => writeSlot(slot, values.get(slot) ?? none, { ...manner, complete: manner.encoded }))
    .join('')
}

function tag(slot: Slot, { around, encoded }: Manner, attributes: string, content: string | null): string {
  const namespace = slot.namespace === around ? '' : ` xmlns="${escapeXml(slot.namespace)}"`
  const open = slot.name + namespace + (encoded && slot.type ? typeAttribute(slot.type) : '') + attributes
  return content === null ? `<${open}/>` : `<${open}>${content}</${slot.name}>`
}

const typeAttribute = ({ namespace, name }: NonNullable<Slot['type']>) =>
  namespace === '' ? '' : ` xmlns:t="${escapeXml(namespace)}" xsi:type="t:${name}"`

const isGiven = (value: unknown) => value !== undefined && value !== null
