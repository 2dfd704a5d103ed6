import type { OperationInfo, OperationResult, RequestPreview } from '../../../preload/contract/index.ts'
import { CoreError, toProblem } from '../../core/errors.ts'
import type { OperationRunner } from '../../core/ports/index.ts'
import { call, checkParams, toCoreError, withDefaults } from './call.ts'
import { type CodeTable, explainCode } from './codes.ts'
import type { InboundOperation, Operation } from './operation.ts'
import { inboundFields, operationFields, readTyped, secretParams, shortName } from './params.ts'
import { prepare } from './prepare.ts'
import { type HttpRequest, maskSecrets } from './request.ts'
import type { Answer, Download, Verdict } from './response.ts'
import type { Session } from './session.ts'

const rawBytes = 65_536

/** Runs any operation of a system by its id, with values as they were typed. */
export function createRunner(session: Session, operations: readonly Operation[]): OperationRunner {
  function find(id: string): Operation {
    const found = operations.find((one) => one.id === id)
    if (found) return found
    throw new CoreError('not-found', { operation: id, reason: `${session.system} has no such operation` })
  }

  return {
    async preview(id, values) {
      const described = find(id)
      const checked = named(described, () =>
        checkParams(described, withDefaults(session, described, readTyped(described, values))),
      )
      const complete = session.auth?.complete?.(described, checked) ?? checked
      const secrets = secretParams(described)
      const credentials = described.auth ? (session.auth?.masked(described) ?? {}) : {}
      const request = await prepare(session, described, maskSecrets(complete, secrets), credentials, {}).catch(
        (thrown: unknown) => {
          throw withVendorField(described, toCoreError(session, id, thrown))
        },
      )
      return show(session.base, request)
    },
    async run(id, values, options = {}) {
      const startedAt = performance.now()
      let answer: Answer | null = null
      let code: string | null = null
      const result = (data: unknown, problem: OperationResult['problem'], codes: Operation['codes']) => ({
        operation: id,
        status: answer?.status ?? null,
        code,
        ms: Math.round(performance.now() - startedAt),
        data,
        problem,
        explained: explainAll(data, codes),
        raw: answer && rawOf(answer, find(id)),
      })
      try {
        const described = find(id)
        const typed = readTyped(described, values)
        const watch = {
          onAnswer(seen: Answer) {
            answer = seen
          },
          onVerdict(verdict: Verdict) {
            code = verdict.byStatus ? null : verdict.code
          },
        }
        const output = await call(session, described, typed, { ...options, ...watch }).catch((error: unknown) => {
          throw withVendorField(described, error)
        })
        return result(
          described.response.kind === 'binary' ? withoutData(output as Download) : output,
          null,
          described.codes,
        )
      } catch (error) {
        return result(null, toProblem(error), {})
      }
    },
  }
}

/** One line of the catalogue. */
export function operationInfo(described: Operation): OperationInfo {
  const { id, title, titleZh, doc, method, path } = described
  return {
    ...{ id, title, titleZh, doc, method, path },
    system: systemOf(id),
    direction: 'client',
    changes: described.retry === 'never',
    download: described.response.kind === 'binary',
    fields: operationFields(described),
  }
}

export function inboundInfo(described: InboundOperation): OperationInfo {
  const { id, title, titleZh, doc, method, path } = described
  return {
    ...{ id, title, titleZh, doc, method, path },
    system: systemOf(id),
    direction: 'inbound',
    changes: false,
    download: false,
    fields: inboundFields(described),
  }
}

const systemOf = (id: string) => id.slice(0, id.indexOf('.'))

/** A refused parameter is named as the vendor names it: that is what was typed. */
function withVendorField(described: Operation, error: unknown): unknown {
  if (!(error instanceof CoreError) || error.code !== 'bad-request' || error.details.field === undefined) return error
  const [key = '', ...deeper] = error.details.field.split('.')
  const name = described.wire[key]
  if (name === undefined) return error
  return new CoreError(error.code, { ...error.details, field: [shortName(name), ...deeper].join('.') }, error.cause)
}

function named<Output>(described: Operation, run: () => Output): Output {
  try {
    return run()
  } catch (error) {
    throw withVendorField(described, error)
  }
}

const withoutData = ({ data: _bytes, ...facts }: Download) => facts

function rawOf(answer: Answer, { response }: Operation): OperationResult['raw'] {
  if (answer.streamed) return null
  const shown = response.conceal?.(answer) ?? answer.text
  const bytes = shown === answer.text ? answer.bytes : Buffer.from(shown)
  return {
    contentType: answer.contentType,
    bytes: answer.bytes.length,
    base64: bytes.subarray(0, rawBytes).toString('base64'),
    text: shown.slice(0, rawBytes),
  }
}

/** Every field of the answer, however deep, that holds a code of one of the tables. */
function explainAll(data: unknown, tables: Readonly<Record<string, CodeTable>>): OperationResult['explained'] {
  const found: OperationResult['explained'] = []
  const visit = (value: unknown, path: string, name: string): void => {
    if (found.length >= 500) return
    if (Array.isArray(value)) {
      value.forEach((one, at) => {
        visit(one, `${path}[${at}]`, name)
      })
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`, key)
    } else if (Object.hasOwn(tables, name)) {
      const meaning = explainCode(tables[name]!, value)
      if (meaning) found.push({ path, value: String(value), ...meaning })
    }
  }
  visit(data, '', '')
  return found
}

function show(base: URL, request: HttpRequest): RequestPreview {
  const { method, headers } = request
  const url = (request.origin ?? base.origin) + request.target
  const body = typeof request.body === 'object' && request.body !== null ? request.body.summary : request.body
  return { method, url, headers, body, curl: curlOf(request, url) }
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

function curlOf({ method, headers, body }: HttpRequest, url: string): string {
  // Brackets in an address mean ranges to curl.
  const parts = ['curl', ...(/[[\]{}]/.test(url) ? ['-g'] : []), '-X', method, quoted(url)]
  const isUpload = typeof body === 'object' && body !== null
  for (const [name, value] of Object.entries(headers)) {
    // curl writes the multipart boundary itself.
    if (name !== 'user-agent' && !(isUpload && name === 'content-type')) parts.push('-H', quoted(`${name}: ${value}`))
  }
  if (isUpload) parts.push(...body.curl.flatMap(([option, value]) => [option, quoted(value)]))
  else if (body !== null) parts.push('--data-raw', quoted(body))
  return parts.join(' ')
}
