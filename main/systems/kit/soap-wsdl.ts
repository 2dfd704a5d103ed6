import type { IHttpClient, IOptions, WSDL } from 'soap'
import { type SoapArgument, writeArguments } from './soap-arguments.ts'
import { type SoapBinding, soapBindings } from './soap-bindings.ts'
import { createSlots, type InputMessage, type SchemaSet } from './soap-slots.ts'
import { attributeOf, escapeXml, loadXmlParser, parseXml, type XmlNode } from './soap-xml.ts'

/** A request of a web service: where it wants it, and what. */
export interface SoapMessage {
  /** As the WSDL has it: only its path means anything to us. */
  address: string | null
  headers: Record<string, string>
  body: string
}

/** A web service as its WSDL describes it. */
export interface SoapService {
  /** Null = it has no operation of that name. Errors: bad-request naming an argument without a place. */
  compose(operation: string, given: readonly SoapArgument[]): SoapMessage | null
}

/** Standard types that some servers import by their public addresses: known without reading them. */
const emptySchema = '<schema xmlns="http://www.w3.org/2001/XMLSchema"/>'
const mostDocuments = 30

/**
 * Read a WSDL and what it imports, with node-soap. `fetchText` gets addresses on the WSDL's own server only: what a
 * document wants from anywhere else is left out. Rejects with what `fetchText` threw, with a Fault of `parseXml`, or
 * with node-soap's complaint.
 */
export async function readService(url: URL, fetchText: (url: URL) => Promise<string>): Promise<SoapService> {
  const [{ WSDL }] = await Promise.all([import('soap'), loadXmlParser()])
  const documents: XmlNode[] = []
  let origins: string[] = [url.origin]
  async function fetchDocument(address: URL): Promise<string> {
    if (address.origin !== url.origin) return emptySchema
    if (documents.length >= mostDocuments) throw new Error('too many documents')
    const text = await fetchText(address)
    const root = parseXml(text)
    documents.push(root)
    origins = [...origins, ...selfNames(root)]
    return text
  }
  const options: IOptions & { WSDL_CACHE: Record<string, WSDL> } = {
    WSDL_CACHE: {},
    httpClient: clientOver((address) => fetchDocument(new URL(address))),
    wsdl_options: {
      // Never a file, never another server: a server that calls itself by another name is asked under the one we know.
      overrideImportLocation(_guess: string, parent: string, location: string): string {
        const wanted = new URL(location, parent)
        const own = origins.includes(wanted.origin) ? url.origin : wanted.origin
        return /^https?:$/.test(wanted.protocol) ? own + wanted.pathname + wanted.search : 'http://elsewhere.invalid/'
      },
    },
  }
  const text = await fetchDocument(url)
  const wsdl = await new Promise<WSDL>((resolve, reject) => {
    const opened = new WSDL(text, url.href, options)
    opened.onReady((error) => (error ? reject(error) : resolve(opened)))
  })
  return serviceOf(wsdl, soapBindings(documents))
}

function serviceOf(wsdl: WSDL, bindings: SoapBinding[]): SoapService {
  const slots = createSlots(wsdl.definitions as unknown as SchemaSet)
  const { portTypes, $targetNamespace: target } = wsdl.definitions
  return {
    compose(name, given) {
      const binding = bindings.find((one) => one.operations.some((operation) => operation.name === name))
      const bound = binding?.operations.find((one) => one.name === name)
      const input = (portTypes[binding?.portType ?? '']?.methods[name]?.input ?? null) as InputMessage | null
      if (!binding || !bound || !input) return null
      const isElement = bound.style === 'document' && input.targetNamespace !== undefined
      const { encoded } = bound
      const wrapper = isElement
        ? { name: input.$name ?? name, namespace: input.targetNamespace!, slots: slots.ofElement(input) }
        : { name, namespace: bound.namespace ?? target ?? '', slots: slots.ofParts(input.parts ?? {}) }
      const qualified = wrapper.slots.some((slot) => slot.namespace !== '')
      const around = qualified ? wrapper.namespace : ''
      const content = writeArguments(wrapper.slots, given, { encoded, around, complete: !isElement })
      const style = encoded ? ' soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"' : ''
      return {
        address: binding.address,
        headers: headersOf(binding.version, bound.action),
        body: envelope(binding.version, element(wrapper, qualified, style, content)),
      }
    },
  }
}

/** Unqualified arguments must not stand under a default namespace. */
function element(
  { name, namespace }: { name: string; namespace: string },
  asDefault: boolean,
  attributes: string,
  content: string,
): string {
  if (namespace === '') return `<${name}${attributes}>${content}</${name}>`
  const tag = asDefault ? name : `op:${name}`
  return `<${tag} xmlns${asDefault ? '' : ':op'}="${escapeXml(namespace)}"${attributes}>${content}</${tag}>`
}

const envelopes = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
}

const envelope = (version: SoapBinding['version'], body: string) =>
  `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${envelopes[version]}" ` +
  `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body>${body}</soap:Body></soap:Envelope>`

function headersOf(version: SoapBinding['version'], action: string): Record<string, string> {
  // What a header cannot carry would end the call; the action only repeats the name of the wrapper.
  const quoted = `"${encodeURI(action)}"`
  return version === '1.1'
    ? { 'content-type': 'text/xml; charset=utf-8', soapaction: quoted }
    : { 'content-type': `application/soap+xml; charset=utf-8${action === '' ? '' : `; action=${quoted}`}` }
}

/** Under which names the server knows itself. */
function selfNames(document: XmlNode): string[] {
  if (document.name !== 'definitions') return []
  const addresses = document.children
    .filter((one) => one.name === 'service')
    .flatMap((one) => one.children.flatMap((port) => port.children.filter((inner) => inner.name === 'address')))
  return addresses.flatMap((one) => {
    const location = attributeOf(one, 'location') ?? ''
    return URL.canParse(location) ? [new URL(location).origin] : []
  })
}

/** What node-soap takes for its HTTP library; it only looks at what the callback gets. */
function clientOver(fetchText: (address: string) => Promise<string>): IHttpClient {
  const request = (address: string, _data: unknown, done: (error: unknown, head?: unknown, text?: string) => void) => {
    fetchText(address)
      .then((text) => done(null, { status: 200 }, text))
      .catch((error: unknown) => done(error))
  }
  return { request: request as unknown as IHttpClient['request'] }
}
