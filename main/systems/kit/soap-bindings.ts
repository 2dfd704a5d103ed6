import { attributeOf, childNamed, localName, type XmlNode } from './soap-xml.ts'

/** How one operation of a binding travels. */
export interface BoundOperation {
  name: string
  style: 'rpc' | 'document'
  encoded: boolean
  action: string
  /** Of the element that carries the parts of an rpc call; null = not said. */
  namespace: string | null
}

/** A way in that speaks SOAP over HTTP. */
export interface SoapBinding {
  /** Its own name in the WSDL, and that of its port type. */
  name: string
  portType: string
  version: '1.1' | '1.2'
  /** `soap:address`, as it stands. */
  address: string | null
  operations: BoundOperation[]
}

const soapNamespaces: Record<string, SoapBinding['version']> = {
  'http://schemas.xmlsoap.org/wsdl/soap/': '1.1',
  'http://schemas.xmlsoap.org/wsdl/soap12/': '1.2',
}

/** The SOAP bindings of a WSDL and the documents it imports, 1.1 before 1.2: node-soap does not keep which is which, nor the namespace of rpc calls. */
export function soapBindings(documents: readonly XmlNode[]): SoapBinding[] {
  const definitions = documents.filter((one) => one.name === 'definitions')
  const all = definitions.flatMap((one) => one.children)
  const ports = all.filter((one) => one.name === 'service').flatMap((one) => one.children)
  const found = all.flatMap((node) => (node.name === 'binding' ? bindingOf(node, ports) : []))
  return found.sort((a, b) => a.version.localeCompare(b.version))
}

function bindingOf(node: XmlNode, ports: XmlNode[]): SoapBinding[] {
  const soap = node.children.find((one) => one.name === 'binding')
  const version = soapNamespaces[soap?.namespace ?? '']
  if (!soap || !version) return []
  const name = attributeOf(node, 'name') ?? ''
  const port = ports.find((one) => one.name === 'port' && localName(attributeOf(one, 'binding') ?? '') === name)
  const address = childNamed(port, 'address')
  return [
    {
      name,
      portType: localName(attributeOf(node, 'type') ?? ''),
      version,
      address: address && attributeOf(address, 'location'),
      operations: node.children
        .filter((one) => one.name === 'operation')
        .map((one) => boundOperation(one, attributeOf(soap, 'style'))),
    },
  ]
}

function boundOperation(node: XmlNode, style: string | null): BoundOperation {
  const own = childNamed(node, 'operation')
  const body = childNamed(childNamed(node, 'input'), 'body')
  return {
    name: attributeOf(node, 'name') ?? '',
    style: ((own && attributeOf(own, 'style')) ?? style) === 'rpc' ? 'rpc' : 'document',
    encoded: body !== null && attributeOf(body, 'use') === 'encoded',
    action: (own && attributeOf(own, 'soapAction')) ?? '',
    namespace: body && attributeOf(body, 'namespace'),
  }
}
