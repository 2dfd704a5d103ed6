import { ErrorDetails, type Problem } from '../../../preload/contract/index.ts'

/** Why the PBX could not be asked: a key under `first-run:advice`, with what happened and what to do. */
export type AdviceKey =
  | 'refused'
  | 'nameNotFound'
  | 'noRoute'
  | 'tls'
  | 'unreachable'
  | 'timeout'
  | 'silent'
  | 'html'
  | 'notJson'
  | 'truncated'
  | 'redirect'
  | 'status'
  | 'unexpected'
  | 'badAddress'
  | 'passwordInAddress'
  | 'notFound'
  | 'auth'
  | 'server'

/** Reasons that say more than their code. The same reason may stand under several codes. */
const byReason: Record<string, AdviceKey> = {
  'connection-refused': 'refused',
  'name-not-found': 'nameNotFound',
  'no-route': 'noRoute',
  tls: 'tls',
  connect: 'timeout',
  'first-byte': 'silent',
  total: 'silent',
  'html-page': 'html',
  'not-json': 'notJson',
  'broken-json': 'truncated',
  'missing-field': 'notJson',
  'wrong-field': 'notJson',
  'undocumented-code': 'unexpected',
  'bad-http': 'notJson',
  'connection-closed': 'truncated',
  'bad-encoding': 'truncated',
  empty: 'truncated',
  redirect: 'redirect',
  'an address must not hold a password': 'passwordInAddress',
}

/** The advice that fits best: by the reason where there is a known one, else by the code. */
export function connectionAdvice(problem: Problem): AdviceKey {
  const known = byReason[problem.details.reason ?? '']
  if (known) return known
  const hasStatus = problem.details.status !== undefined
  switch (problem.code) {
    case 'unreachable':
      return 'unreachable'
    case 'timeout':
      return 'timeout'
    case 'auth-failed':
    case 'forbidden':
      return 'auth'
    case 'not-found':
      return 'notFound'
    case 'bad-request':
      return hasStatus ? 'status' : 'badAddress'
    case 'server-error':
      return hasStatus ? 'server' : 'unexpected'
    default:
      return 'unexpected'
  }
}

/** The advice for an address that was refused before anybody was asked. */
export function refusalAdvice(error: Error): AdviceKey {
  const details = ErrorDetails.safeParse('data' in error ? error.data : {})
  return connectionAdvice({ code: 'bad-request', details: details.success ? details.data : {} })
}

/** Host and port that stand in the advice, read from the address that was really asked. */
export function adviceParams(
  baseUrl: string,
  problem: Problem,
): { address: string; host: string; port: string; status: string } {
  const status = String(problem.details.status ?? '')
  if (!URL.canParse(baseUrl)) return { address: baseUrl, host: baseUrl, port: '', status }
  const url = new URL(baseUrl)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return { address: url.host, host: url.hostname, port, status }
}
