import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { decodeText } from '../kit/charset.ts'
import { Fault } from '../kit/fault.ts'
import { isWebPage } from '../kit/json.ts'
import {
  type Answer,
  binary,
  bodyCode,
  type Download,
  is2xx,
  pairs,
  type ResponseKind,
  readBy,
  refuseWebPage,
  splitPairs,
  statusVerdict,
} from '../kit/response.ts'
import { wireRecord, wireText } from '../kit/tolerant.ts'

/** `queue=0;playcount=0` by a schema. */
export function pairsOf<Schema extends z.ZodType>(schema: Schema): ResponseKind<z.output<Schema>> {
  const kind = pairs()
  return { ...kind, read: (answer) => readBy(schema, kind.read(answer), answer) }
}

const Progress = wireRecord({ state: wireText })
/** `state` is one of callResultState; the other fields are the keys that the customer pressed, by the menu's names. */
export type CallProgress = z.output<typeof Progress>

/**
 * How a call that the PBX makes by itself goes: `state=1;satisfact=8`, or the state alone. 0 to 6 are states; 404, which
 * may also stand in `state`, is a refusal. Manual 003 §3, §18.
 */
export function callProgress(): ResponseKind<CallProgress> {
  const kind = pairsOf(Progress)
  return {
    ...kind,
    judge(answer) {
      const said = bodyCode(answer) ?? Number(splitPairs(answer.text, ';')?.state)
      if (!is2xx(answer.status) || !(said >= 0)) return statusVerdict(answer)
      return { ok: said < 100, code: String(said) }
    },
    read(answer) {
      const code = bodyCode(answer)
      return code === null ? kind.read(answer) : { state: String(code) }
    },
  }
}

const thirdPartyStates = new Map([
  [100, 'trying'],
  [180, 'ringing'],
  [200, 'answered'],
  [603, 'refused'],
] as const)

export interface ThirdPartyState {
  state: 'trying' | 'ringing' | 'answered' | 'refused'
  code: number
}

/** 100, 180 and 603 are states here, no failures; each may be the status line or the body. Manual 003 §11. */
export function thirdPartyState(): ResponseKind<ThirdPartyState> {
  const codeOf = (answer: Answer) =>
    ((is2xx(answer.status) ? bodyCode(answer) : null) ?? answer.status) as 100 | 180 | 200 | 603
  return {
    kind: 'result-code',
    accept: '*/*',
    judge(answer) {
      const code = codeOf(answer)
      return { ok: thirdPartyStates.has(code), code: String(code) }
    },
    read(answer) {
      if (answer.status === 200) refuseWebPage(answer)
      const code = codeOf(answer)
      return { code, state: thirdPartyStates.get(code)! }
    },
  }
}

/** The number of what was saved; 0 = not saved. Manual 003 §24. */
export function savedNumber(): ResponseKind<{ id: number }> {
  const saved = (answer: Answer) => (/^\d{1,9}$/.test(answer.text) ? Number(answer.text) : null)
  return {
    kind: 'result-code',
    accept: '*/*',
    judge(answer) {
      return is2xx(answer.status) && saved(answer) === 0 ? { ok: false, code: '0' } : statusVerdict(answer)
    },
    read(answer) {
      refuseWebPage(answer)
      const id = saved(answer)
      if (id !== null) return { id }
      throw new Fault('unexpected-response', answer.text === '' ? 'empty' : 'undocumented-code', {
        status: answer.status,
      })
    },
  }
}

/** A recording. The manual shows no refusal: nothing, or a web page, means that there is none. Manual 003 §22. */
export function recording(): ResponseKind<Download> {
  const kind = binary()
  return {
    ...kind,
    judge(answer) {
      if (is2xx(answer.status) && !answer.streamed) {
        const { status } = answer
        if (answer.bytes.length === 0) throw new Fault('not-found', 'empty', { status })
        if (isPage(answer)) throw new Fault('not-found', 'html-page', { status })
      }
      return kind.judge(answer)
    },
  }
}

/** A page that plays a recording, or the sound itself: the manual does not say which. Manual 003 §27. */
export function recordingPlayer(): ResponseKind<Download> {
  const kind = binary()
  return {
    ...kind,
    read(answer) {
      if (answer.streamed || !isPage(answer)) return kind.read(answer)
      const { bytes, contentType } = answer
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return { bytes: bytes.length, sha256, contentType, data: bytes }
    },
  }
}

/** Sound has zero bytes near its start; a servlet may call anything text/html. */
function isPage({ bytes, contentType }: Answer): boolean {
  const start = bytes.subarray(0, 512)
  return isWebPage(decodeText(start, null).trim()) || (/html/i.test(contentType ?? '') && !start.includes(0))
}
