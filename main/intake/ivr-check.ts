import type { Settings } from '../../preload/contract/index.ts'
import { decodeTexts, splitQuery } from './query-bytes.ts'

type Check = Settings['ivrChecks'][number]

const anyName = '*'

/** The flow that a path asks for, or null. */
export const flowOf = (path: string): string | null => /^\/ivr\/([^/]+)\/?$/i.exec(path)?.[1] ?? null

/**
 * The word that a voice menu compares with (`input_checked == 'TOKEN'`, manual 003 §7). The manual never names the parameter
 * that carries the digits: its name is a setting (`*` = whichever), and `params` tells IT which names really came. Query
 * wins over form.
 */
export function answerCheck(check: Check, query: string, form: string): { token: string; params: string[] } {
  const values = splitQuery(form, splitQuery(query))
  const read = check.param === anyName ? [...values.values()] : [values.get(check.param.toLowerCase())]
  const { texts } = decodeTexts(read.map((one) => one?.bytes ?? ''))
  const keyed = new Set(texts.map((text) => text.trim()))
  const rule = check.rules.find((one) => keyed.has(one.value.trim()))
  return {
    token: rule ? rule.token : check.otherwise,
    params: [...values.keys()].slice(0, 20).map((key) => key.slice(0, 40)),
  }
}
