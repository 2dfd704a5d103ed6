import type { z } from 'zod'
import { Fault } from '../kit/fault.ts'
import { type Answer, is2xx, type ResponseKind, readBy, statusVerdict, type Verdict } from '../kit/response.ts'
import { errorCodeOf } from './error-code.ts'

type Block = Record<string, unknown>

/** What an answer holds, wherever this operation and this version put it. */
export interface Parts {
  /** The answer to our command. */
  command: Block
  /** The value of a field, looked for in data, the command and the command's own data, in this order. */
  find(name: string): unknown
  /** Debug log; empty unless it was asked for. */
  logs: string
}

/**
 * `{"result":{"error","msg"},"data":{"seq","response":{"result":{"error"},…}},"logs"}`: the request is judged by the outer
 * result, each command by its own. A missing or empty result makes no statement. Manual 002 §5.
 */
export function answered<Schema extends z.ZodType>(
  schema: Schema,
  part: (parts: Parts) => unknown,
): ResponseKind<z.output<Schema>> {
  return {
    kind: 'json',
    accept: 'application/json',
    judge(answer) {
      if (!is2xx(answer.status)) return statusOrRefusal(answer)
      return refusalOf(answer) ?? { ok: true, code: '0' }
    },
    read: (answer) => readBy(schema, part(partsOf(answer)), answer, ['data']),
  }
}

const isBlock = (value: unknown): value is Block => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field under its name, else without regard to case. */
function field(block: unknown, name: string): unknown {
  if (!isBlock(block)) return undefined
  if (Object.hasOwn(block, name)) return block[name]
  return Object.entries(block).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

/** One command was sent, so one answer is expected; `responses` is the same as a list. */
function commandsOf(data: unknown): unknown[] {
  const several = field(data, 'responses')
  return Array.isArray(several) ? several : [field(data, 'response')]
}

function partsOf({ document }: Answer): Parts {
  const data = field(document, 'data')
  const [first] = commandsOf(data)
  const command = isBlock(first) ? first : {}
  const logs = field(document, 'logs')
  return {
    command,
    find: (name) =>
      [data, command, field(command, 'data')].map((block) => field(block, name)).find((value) => value !== undefined),
    logs: typeof logs === 'string' ? logs : '',
  }
}

/** The first result that says no. Throws Fault: no JSON, or nothing that could be an answer. */
function refusalOf(answer: Answer): Verdict | null {
  const { document } = answer
  const outer = field(document, 'result')
  const data = field(document, 'data')
  if (!isBlock(outer) && !isBlock(data)) {
    throw new Fault('unexpected-response', 'missing-field', { status: answer.status, field: 'result' })
  }
  const results = [outer, ...commandsOf(data).map((command) => field(command, 'result'))]
  for (const result of results) {
    const code = errorCodeOf(field(result, 'error'))
    if (code === null || code === '0') continue
    const msg = field(result, 'msg')
    return { ok: false, code, ...(typeof msg === 'string' && msg.trim() !== '' ? { text: msg.trim() } : {}) }
  }
  return null
}

/** An HTTP error may still bring the platform's own code. */
function statusOrRefusal(answer: Answer): Verdict {
  try {
    return refusalOf(answer) ?? statusVerdict(answer)
  } catch (thrown) {
    if (thrown instanceof Fault) return statusVerdict(answer)
    throw thrown
  }
}
