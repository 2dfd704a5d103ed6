import { expect } from 'vitest'
import { z } from 'zod'
import { CoreError } from '../../main/core/errors.ts'
import { call, type RunOptions } from '../../main/systems/kit/call.ts'
import { type Operation, operation } from '../../main/systems/kit/operation.ts'
import type { ResponseKind } from '../../main/systems/kit/response.ts'
import { type Limits, openSession, type Session } from '../../main/systems/kit/session.ts'
import { soapText } from '../../main/systems/kit/soap-answer.ts'
import { telcrmErrors } from '../../main/systems/telcrm/errors.ts'
import { ownMs } from '../own-time.ts'
import { type CannedAnswer, type Captured, startCapturingServer } from './capturing-server.ts'
import { recordedLog } from './recorded-log.ts'
import { envelope, testWsdl } from './soap-documents.ts'

const toEnd: (() => Promise<unknown>)[] = []
/** After each test. */
export async function endAll(): Promise<void> {
  for (const end of toEnd.splice(0).reverse()) await end()
}
export const atEnd = (end: () => Promise<unknown>) => void toEnd.push(end)

export const xml = (body: string, status = 200): CannedAnswer => ({
  status,
  contentType: 'text/xml; charset=utf-8',
  body,
})
/** What stands aside (`<m id=…>`) stands behind the answer. */
export const returned = (content: string) => {
  const [inside = '', ...aside] = content.split(/(?=<m )/)
  return xml(envelope(`<r xmlns="">${inside}</r>${aside.join('')}`))
}

/** A web service operation of two texts, or as given. */
export function describeOperation(
  name = 'click2call',
  response: ResponseKind<unknown> = soapText(),
  params: z.ZodObject = z.object({ one: z.string(), two: z.string().optional() }),
): Operation {
  const facts = {
    id: `x.${name}`,
    title: 'Test',
    titleZh: '测试',
    doc: 'none',
    method: 'POST',
    retry: 'never',
  } as const
  const path = '/bridge/services/X'
  return operation({ ...facts, path, params, response, body: 'soap', soap: { operation: name } })
}

interface Served {
  wsdl?: CannedAnswer | string | ((target: string) => CannedAnswer)
  answer?: CannedAnswer | ((request: Captured) => CannedAnswer)
  limits?: Partial<Limits>
  prefix?: string
}

/** A session, closed after the test. */
export function openTo(baseUrl: string, limits?: Partial<Limits>): Session {
  const facts = { connection: 'pbx', system: 'telcrm', baseUrl, errors: telcrmErrors, log: recordedLog(), limits }
  const session = openSession(facts)
  atEnd(() => session.close())
  return session
}

/** A server that answers GET with a WSDL and POST with an answer, and a session with it. */
export async function serve({
  wsdl = testWsdl(),
  answer = returned('<return>ok</return>'),
  limits,
  prefix = '',
}: Served) {
  const server = await startCapturingServer((request) => {
    if (request.method === 'POST') return typeof answer === 'function' ? answer(request) : answer
    if (typeof wsdl === 'function') return wsdl(request.target)
    return typeof wsdl === 'string' ? xml(wsdl) : wsdl
  })
  toEnd.push(() => server.stop())
  const session = openTo(server.baseUrl + prefix, limits)
  const run = (described = describeOperation(), params: object = { one: '1' }, options: RunOptions = {}) =>
    call(session, described, params as Record<string, unknown>, options)
  return { server, session, run }
}

/** How a call fails, and after how long. */
export async function failure(running: Promise<unknown>) {
  const startedAt = performance.now()
  const ownAt = ownMs()
  const error = await running.then(
    () => new Error('did not fail'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(CoreError)
  const { code, details } = error as CoreError
  return { code, ...details, ms: performance.now() - startedAt, ownMs: ownMs() - ownAt }
}
