/** Small WSDLs for tests of what real servers do besides the four usual kinds. */

const xmlns =
  'xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ' +
  'xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:http="http://schemas.xmlsoap.org/wsdl/http/" xmlns:t="urn:t"'

export interface TestWsdl {
  /** Children of `<types>`. */
  types?: string
  /** Content of the wrapper element of each operation. */
  operations?: Record<string, string>
  soap?: 'soap' | 'soap12'
  action?: string
  address?: string
  /** Before the root element. */
  prolog?: string
  /** Instead of messages and port type: an import of a document that has them. */
  imports?: string
}

const text = (name: string) => `<xsd:element name="${name}" type="xsd:string" minOccurs="0"/>`
const bothParties = { click2call: text('a') + text('b'), state4click: text('a') }

const schemaOf = (operations: Record<string, string>) =>
  `<xsd:schema targetNamespace="urn:t">${Object.entries(operations)
    .map(
      ([name, content]) =>
        `<xsd:element name="${name}"><xsd:complexType><xsd:sequence>${content}</xsd:sequence></xsd:complexType></xsd:element>`,
    )
    .join('')}</xsd:schema>`

const abstractPart = (operations: Record<string, string>) =>
  Object.keys(operations)
    .map((name) => `<message name="${name}In"><part name="p" element="t:${name}"/></message>`)
    .join('') +
  `<portType name="Port">${Object.keys(operations)
    .map((name) => `<operation name="${name}"><input message="t:${name}In"/></operation>`)
    .join('')}</portType>`

/** A document/literal WSDL of namespace `urn:t`. */
export function testWsdl(facts: TestWsdl = {}): string {
  const { operations = bothParties, soap = 'soap', action = '', address = 'http://x.invalid/bridge/services/X' } = facts
  const bound = Object.keys(operations).map(
    (name) =>
      `<operation name="${name}"><${soap}:operation soapAction="${action}"/><input><${soap}:body use="literal"/></input></operation>`,
  )
  return (
    `${facts.prolog ?? ''}<definitions targetNamespace="urn:t" ${xmlns}>` +
    (facts.imports ?? `<types>${facts.types ?? ''}${schemaOf(operations)}</types>${abstractPart(operations)}`) +
    `<binding name="B" type="t:Port"><${soap}:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${bound.join('')}</binding>` +
    `<service name="S"><port name="P" binding="t:B"><${soap}:address location="${address}"/></port></service></definitions>`
  )
}

/** The other half of a WSDL that is divided in two. */
export const interfaceWsdl = (operations: Record<string, string> = bothParties) =>
  `<definitions targetNamespace="urn:t" ${xmlns}><types>${schemaOf(operations)}</types>${abstractPart(operations)}</definitions>`

/** An rpc/literal WSDL whose calls live in `urn:call`, with one complex parameter. */
export const rpcLiteralWsdl =
  `<definitions targetNamespace="urn:t" ${xmlns}><types><xsd:schema targetNamespace="urn:t" elementFormDefault="qualified">` +
  '<xsd:complexType name="Base"><xsd:sequence><xsd:element name="ID" type="xsd:int"/></xsd:sequence></xsd:complexType>' +
  '<xsd:complexType name="Task"><xsd:complexContent><xsd:extension base="t:Base"><xsd:sequence><xsd:element name="CALLEE" type="xsd:string"/>' +
  '<xsd:element name="content" type="xsd:string" form="unqualified"/><xsd:element name="times" type="xsd:int"/></xsd:sequence></xsd:extension></xsd:complexContent></xsd:complexType></xsd:schema></types>' +
  '<message name="In"><part name="x" type="t:Task"/></message><portType name="Port"><operation name="makeCall"><input message="t:In"/></operation></portType>' +
  '<binding name="B" type="t:Port"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/><operation name="makeCall"><soap:operation soapAction="urn:go"/><input><soap:body use="literal" namespace="urn:call"/></input></operation></binding>' +
  '<service name="S"><port name="P" binding="t:B"><soap:address location="/bridge/services/X"/></port></service></definitions>'

export const envelope = (body: string, version: '1.1' | '1.2' = '1.1') =>
  `<?xml version="1.0"?><e:Envelope xmlns:e="${version === '1.1' ? 'http://schemas.xmlsoap.org/soap/envelope/' : 'http://www.w3.org/2003/05/soap-envelope'}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Body>${body}</e:Body></e:Envelope>`

export const fault11 = (code: string, words: string) =>
  envelope(`<e:Fault><faultcode>e:${code}</faultcode><faultstring>${words}</faultstring></e:Fault>`)

export const fault12 = (code: string, words: string, sub = '') =>
  envelope(
    `<e:Fault><e:Code><e:Value>e:${code}</e:Value>${sub === '' ? '' : `<e:Subcode><e:Value>x:${sub}</e:Value></e:Subcode>`}</e:Code><e:Reason><e:Text>${words}</e:Text></e:Reason></e:Fault>`,
    '1.2',
  )

/** Entities in the document type: ten times ten times ten times … */
export const laughs = (root: string) =>
  `<?xml version="1.0"?><!DOCTYPE ${root} [<!ENTITY a0 "ha">${Array.from({ length: 12 }, (_one, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`).join('')}]>`
export const outside = (root: string) => `<!DOCTYPE ${root} [<!ENTITY f SYSTEM "file:///etc/hostname">]>`
