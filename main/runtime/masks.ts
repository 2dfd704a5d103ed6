/** Field names that never reach a log, wherever they stand. */
export const secretFields = [
  'password',
  'secret',
  'token',
  'appSecret',
  'clientSecret',
  'captchaSecret',
  'authorization',
  'cookie',
  'digest',
  'pwd',
]

/** Runs of 7 to 15 digits in free text, with the separators people use: the second net behind `maskNumber`. */
const digitRun = /(?:\+|%2B)?\d(?:[\s\-.()]?\d){6,14}/gi

export function maskText(text: string): string {
  return text.replace(digitRun, (run) => {
    const digits = run.replace(/\D/g, '')
    return digits.length < 8 ? '***' : `${digits.slice(0, 3)}****${digits.slice(-4)}`
  })
}

/** Identifiers, paths and times are long digit runs too, and no one's telephone number. */
const plainFields = new Set([
  'time',
  'pid',
  'port',
  'file',
  'dataDir',
  'ms',
  'bytes',
  'count',
  'version',
  'address',
  'url',
])

export function maskFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'string' && !plainFields.has(key) ? maskText(value) : value,
    ]),
  )
}
