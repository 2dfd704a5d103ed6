import { type Element, instanceAttribute, readXml } from '../fakes/telcrm-soap/xml.ts'

/** One argument of a call: text, null for nil, or the fields of a record that are not nil. */
type Sent = string | null | { [field: string]: Sent }

/** What a SOAP request asks for, without regard to prefixes, namespaces and the names of its arguments. */
export function readCall(text: string): { operation: string; args: Sent[] } {
  const body = readXml(text).children.find((one) => one.name === 'Body')
  const call = body?.children[0]
  if (!call) throw new Error('no call in the envelope')
  return { operation: call.name, args: call.children.map(sent) }
}

function sent(node: Element): Sent {
  if (instanceAttribute(node, 'nil') === 'true') return null
  if (node.children.length === 0) return node.text
  const fields = node.children.map((one) => [one.name, sent(one)] as const)
  return Object.fromEntries(fields.filter(([, value]) => value !== null))
}
