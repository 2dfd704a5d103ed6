import type { CallOptions } from '../../core/ports/index.ts'
import type { Credentials } from './auth.ts'
import type { Operation } from './operation.ts'
import { buildRequest, type HttpRequest } from './request.ts'
import type { Session } from './session.ts'
import { prepareSoap } from './soap.ts'

/** The request as it will go out. May ask the other side how (a WSDL). */
export async function prepare(
  session: Session,
  operation: Operation,
  values: Record<string, unknown>,
  credentials: Credentials,
  options: CallOptions,
): Promise<HttpRequest> {
  if (operation.soap) return prepareSoap(session, operation, values, credentials, options)
  return buildRequest(session.base, operation, values, credentials)
}
