/** One telephone of a group. */
export interface GroupNumber {
  number: string
  /** How long it rings; null = the group's own time. */
  timeoutSec: number | null
}

/** `13515,300;141325,200,` (§13): the sample ends with a comma. Pieces without a number are left out. */
export function readGroupNumbers(text: string): GroupNumber[] {
  return text.split(';').flatMap((piece) => {
    const [number = '', timeout = ''] = piece.split(',').map((one) => one.trim())
    if (number === '') return []
    return [{ number, timeoutSec: /^\d{1,9}$/.test(timeout) ? Number(timeout) : null }]
  })
}

/** `13515;141325.` (§13): the full stop of the sample belongs to the sentence. */
export function readNumberList(text: string): GroupNumber[] {
  return readGroupNumbers(text.replace(/\.\s*$/, '')).map(({ number }) => ({ number, timeoutSec: null }))
}

/** A variable that is worked out when a call ends. */
export interface HangupVariable {
  /** As the platform counts; whether from 0 or 1 is not stated. */
  index: number
  name: string
  value: string
  /** See the table hangupValueType; empty when the platform says nothing. */
  valueType: string
}

/** `hangup_set_<i>_name`, `…_value`, `…_value_type` (§14) put together, in the order of their numbers. */
export function readHangupVariables(row: Readonly<Record<string, unknown>>): HangupVariable[] {
  const found = new Map<number, HangupVariable>()
  for (const [key, value] of Object.entries(row)) {
    const [, digits, part] = /^hangup_set_\s*(\d{1,9})\s*_(name|value|value_type)$/i.exec(key) ?? []
    if (digits === undefined || part === undefined) continue
    const index = Number(digits)
    const variable = found.get(index) ?? { index, name: '', value: '', valueType: '' }
    const field = fieldOf[part.toLowerCase() as keyof typeof fieldOf]
    found.set(index, { ...variable, [field]: textOf(value) })
  }
  return [...found.values()].sort((a, b) => a.index - b.index)
}

const fieldOf = { name: 'name', value: 'value', value_type: 'valueType' } as const

const textOf = (value: unknown): string =>
  typeof value === 'object' ? (value === null ? '' : JSON.stringify(value)) : String(value)
