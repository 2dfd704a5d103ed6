import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dialects, services, type WsdlStyle } from './contract.ts'
import { faultBody, Refusal, readArguments, readBody, wrapAnswer, writeAnswer } from './envelope.ts'
import { FakePbx } from './pbx.ts'
import { wsdlDocuments } from './wsdl.ts'

export { type WsdlStyle, wsdlStyles } from './contract.ts'

export interface FakeTelcrmSoap extends SoapFace {
  readonly baseUrl: string
  stop(): Promise<void>
}

/** What the services answer; whoever listens on the port says it. */
export interface SoapFace {
  readonly pbx: FakePbx
  /** `GET target` or `POST target`, and the body. */
  readonly requests: { line: string; body: string }[]
  /** As which kind of server it speaks from now on. */
  style: WsdlStyle
  /** Status of faults: 500, or 200 as some servers do. */
  faultStatus: number
  /** Nothing is served: neither documents nor calls. */
  gone: boolean
  answer(asked: SoapRequest): { status: number; contentType: string; body: string }
}

export interface SoapRequest {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

type Reply = ReturnType<SoapFace['answer']>

/** The web services of a PBX, strict about every element, in four kinds of server. */
export function createSoapFace(style: WsdlStyle): SoapFace {
  const pbx = new FakePbx()
  const notThere: Reply = { status: 404, contentType: 'text/html', body: '<html><body>404</body></html>' }

  function document({ method, url }: SoapRequest): Reply {
    const [path = '', query = ''] = url.split('?')
    const service = /^\/bridge\/services\/(\w+)$/.exec(path)?.[1] ?? ''
    // Behind a gateway: the name it gives itself leads nowhere.
    const found = services[service] && wsdlDocuments(face.style, service, 'http://pbx.internal.invalid:12121')[query]
    return method === 'GET' && found ? { status: 200, contentType: 'text/xml; charset=utf-8', body: found } : notThere
  }

  function run({ url, headers, body }: SoapRequest): Reply {
    const service = /^\/bridge\/services\/(\w+)$/.exec(url)?.[1] ?? ''
    const methods = services[service]
    if (!methods) return notThere
    const dialect = dialects[face.style]
    let version: '1.1' | '1.2' = '1.1'
    const reply = (content: string, status: number): Reply => ({
      status,
      contentType: version === '1.1' ? 'text/xml;charset=UTF-8' : 'application/soap+xml;charset=UTF-8',
      body: wrapAnswer(content, version),
    })
    try {
      const read = readBody(body)
      version = read.version
      const type = headers['content-type'] ?? ''
      const wanted = version === '1.1' ? /^text\/xml; ?charset=utf-8$/i : /^application\/soap\+xml; ?charset=utf-8/i
      if (!wanted.test(type)) return { status: 415, contentType: 'text/plain', body: '' }
      if (version === '1.1' && headers.soapaction !== '""') throw new Refusal('Client', 'no SOAPAction header')
      const { name } = read.call
      const method = Object.hasOwn(methods, name) ? methods[name] : undefined
      if (!method) throw new Refusal('Client', `No such operation '${name}'`)
      const value = pbx.run(service, name, readArguments(read.call, name, method, dialect))
      return reply(writeAnswer(name, method, value, dialect), 200)
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'Client'
      return reply(faultBody(code, error instanceof Error ? error.message : 'broken', version), face.faultStatus)
    }
  }

  const face: SoapFace = {
    pbx,
    requests: [],
    style,
    faultStatus: 500,
    gone: false,
    answer(asked) {
      face.requests.push({ line: `${asked.method} ${asked.url}`, body: asked.body })
      if (face.gone) return notThere
      return asked.method === 'POST' ? run(asked) : document(asked)
    },
  }
  return face
}

/** The same on a port of its own. */
export async function startFakeTelcrmSoap(style: WsdlStyle): Promise<FakeTelcrmSoap> {
  const face = createSoapFace(style)
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      const reply = face.answer({ method, url, headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(reply.status, {
        'content-type': reply.contentType,
        'content-length': Buffer.byteLength(reply.body),
      })
      response.end(reply.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(face, {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
}
