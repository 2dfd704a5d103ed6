import { CoreError } from '../../core/errors.ts'
import type { CallOptions } from '../../core/ports/index.ts'
import type { Credentials } from './auth.ts'
import { exchange } from './exchange.ts'
import { Fault } from './fault.ts'
import type { Operation } from './operation.ts'
import { fieldNames } from './params.ts'
import { httpMeaning } from './refusal.ts'
import { buildRequest, type HttpRequest } from './request.ts'
import { is2xx } from './response.ts'
import type { Session } from './session.ts'
import type { SoapService } from './soap-wsdl.ts'

/** Of one document of a WSDL, bytes. */
const mostBytes = 2 * 1024 * 1024

/** WSDLs that were read, by path. They go with their session. */
const known = new WeakMap<Session, Map<string, SoapService>>()

/**
 * The request of a SOAP operation: names and namespaces as the server's WSDL has them now, arguments in the order of the
 * description. The WSDL is fetched once per session and service. Errors: not-found (no WSDL there, or no such operation
 * in it), bad-request (no place for an argument), and everything that a call can end with.
 */
export async function prepareSoap(
  session: Session,
  described: Operation,
  values: Record<string, unknown>,
  credentials: Credentials,
  options: CallOptions,
): Promise<HttpRequest> {
  const name = described.soap!.operation
  const service = await serviceFor(session, described, credentials, options)
  const message = service.compose(
    name,
    Object.entries(described.params.shape).map(([key, schema]) => ({
      key,
      value: values[key],
      fields: fieldNames(schema),
    })),
  )
  if (!message) {
    const reason = `the web service ${serviceName(described)} has no operation ${name}`
    forgetSoap(session, described)
    throw new CoreError('not-found', { reason })
  }
  const request = buildRequest(session.base, described, {}, credentials)
  const headers = Object.fromEntries(Object.entries(message.headers).map(([key, value]) => [key.toLowerCase(), value]))
  return {
    ...request,
    target: targetOf(session.base, message.address, request.target),
    headers: { ...request.headers, ...headers },
    body: message.body,
  }
}

/** After a failure that may mean that the service is not what it was: the next call reads its WSDL again. */
export function forgetSoap(session: Session, described: Operation): void {
  known.get(session)?.delete(described.path)
}

const serviceName = ({ path }: Operation) => path.slice(path.lastIndexOf('/') + 1)

async function serviceFor(
  session: Session,
  described: Operation,
  credentials: Credentials,
  options: CallOptions,
): Promise<SoapService> {
  const services = known.get(session) ?? new Map<string, SoapService>()
  known.set(session, services)
  const found = services.get(described.path)
  if (found) return found
  const service = await readWsdl(session, described, credentials, options)
  services.set(described.path, service)
  return service
}

async function readWsdl(
  session: Session,
  described: Operation,
  credentials: Credentials,
  options: CallOptions,
): Promise<SoapService> {
  const { readService } = await import('./soap-wsdl.ts')
  const deadline = performance.now() + session.limits.totalMs
  const request = buildRequest(session.base, described, {}, credentials)
  const url = new URL(session.base.origin + request.target.split('?')[0])
  const fetchText = async (address: URL) => {
    const answer = await exchange(
      { ...session, limits: { ...session.limits, maxBytes: Math.min(session.limits.maxBytes, mostBytes) } },
      { ...request, method: 'GET', target: address.pathname + address.search, body: null },
      {
        fresh: true,
        deadline,
        idleMs: 0,
        signal: options.signal,
        sink: undefined,
        onProgress: undefined,
        informational: false,
      },
    )
    if (is2xx(answer.status)) return answer.text
    const reason = `no WSDL of ${serviceName(described)}: HTTP status ${answer.status}`
    throw new CoreError(httpMeaning(answer.status), { status: answer.status, reason })
  }
  url.search = 'wsdl'
  try {
    return await readService(url, fetchText)
  } catch (thrown) {
    if (thrown instanceof CoreError || thrown instanceof Fault) throw thrown
    // node-soap's message may quote the document.
    throw new CoreError(
      'unexpected-response',
      { reason: `the WSDL of ${serviceName(described)} cannot be read` },
      thrown,
    )
  }
}

/** Where the WSDL wants it, on the server that we know: the one it names may only exist behind a gateway. */
function targetOf(base: URL, address: string | null, usual: string): string {
  if (address === null || !URL.canParse(address)) return usual
  const { pathname, search } = new URL(address)
  const prefix = base.pathname.replace(/\/+$/, '')
  const path = pathname.startsWith(`${prefix}/`) ? pathname : prefix + pathname
  return path + search
}
