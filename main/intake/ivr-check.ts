import type { Settings } from '../../preload/contract/index.ts'
import { decodeTexts, splitQuery } from './query-bytes.ts'

type Check = Settings['ivrChecks'][number]

/** The flow that a path asks for, or null. */
export const flowOf = (path: string): string | null => /^\/ivr\/([^/]+)\/?$/i.exec(path)?.[1] ?? null

/**
 * The word that a voice menu compares with (`input_checked == 'TOKEN'`, manual 003 §7). The manual never names the parameter
 * that carries the digits: its name is a setting, and `params` tells IT which names really came. Query wins over form.
 */
export function answerCheck(check: Check, query: string, form: string): { token: string; params: string[] } {
  const values = splitQuery(form, splitQuery(query))
  const { texts } = decodeTexts([values.get(check.param.toLowerCase())?.bytes ?? ''])
  const value = (texts[0] ?? '').trim()
  const rule = check.rules.find((one) => one.value.trim() === value)
  return {
    token: rule ? rule.token : check.otherwise,
    params: [...values.keys()].slice(0, 20).map((key) => key.slice(0, 40)),
  }
}
