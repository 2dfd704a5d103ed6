/** The addresses of a customer system: templates with placeholders, filled in from a call. Pure; the core and the page share it. */

export const crmFields = ['caller', 'callee', 'callId', 'name', 'group', 'direction'] as const
export type CrmField = (typeof crmFields)[number]
export type CrmValues = Record<CrmField, string>

export const longestTemplate = 1000
/** Of one value: longer ones are cut. */
const longestValue = 200

const placeholder = /\{([^{}]*)\}/g

/** What is wrong with a template, one plain technical sentence; null = nothing. */
export function templateFlaw(template: string): string | null {
  if (template.length > longestTemplate) return `must be at most ${longestTemplate} characters long`
  // URL parsers drop tabs and line ends and read backslashes as slashes: we refuse them instead.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\s\\\u0000-\u001f\u007f]/.test(template)) return 'must not hold blanks or backslashes'
  const parts = /^https?:\/\/([^/?#]*)/i.exec(template)
  if (!parts) return 'must begin with http:// or https://'
  const host = parts[1] ?? ''
  if (/[{}]/.test(host)) return 'must name the host itself: placeholders may stand after it only'
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9_.-]*[a-z0-9.])?)(:\d{1,5})?$/i.test(host))
    return 'must name a host in plain letters, without a user name'
  const unknown = [...template.matchAll(placeholder)].find(([, name]) => !isField(name ?? ''))
  if (unknown) return `${unknown[0]} is no placeholder; there are ${crmFields.map((name) => `{${name}}`).join(' ')}`
  const bare = template.replace(placeholder, 'x')
  if (/[{}]/.test(bare)) return 'has a brace that is not closed'
  return URL.canParse(bare) ? null : 'is no address'
}

const isField = (name: string): name is CrmField => crmFields.some((one) => one === name)

/** Host and port that a flawless template leads to, as a browser writes them. */
export function templateHost(template: string): string {
  return new URL(template.replace(placeholder, 'x')).host
}

/**
 * The address for one call. Every value is percent-encoded whole, so it can end neither a path segment nor a parameter; null
 * when a value would still change where the address leads (`.` and `..` as a whole segment). The template must be flawless.
 */
export function fillTemplate(template: string, values: CrmValues): string | null {
  const address = template.replace(placeholder, (whole, name: string) => (isField(name) ? encode(values[name]) : whole))
  const asked = URL.parse(template.replace(placeholder, 'x'))
  const made = URL.parse(address)
  if (!asked || !made) return null
  const depth = (url: URL) => url.pathname.split('/').length
  const isSame = made.protocol === asked.protocol && made.host === asked.host && depth(made) === depth(asked)
  return isSame && made.username === '' && made.password === '' ? made.href : null
}

function encode(value: string): string {
  const text = [...value.toWellFormed()].slice(0, longestValue).join('')
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Is the host one of those that may be opened? An empty list allows every host that a template names. `*.example.com` = all below it. */
export function isAllowedHost(host: string, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true
  const name = host.replace(/:\d+$/, '')
  return allowed.some((one) => {
    const wanted = one.toLowerCase()
    if (wanted.startsWith('*.')) return name.endsWith(wanted.slice(1))
    return wanted === host || wanted === name
  })
}

interface RuleLike {
  groups: readonly string[]
  outgoing: boolean
}

/** The first rule that is for this call. A rule without groups is for all of them. */
export function crmRuleFor<R extends RuleLike>(
  rules: readonly R[],
  call: { group: string | null; direction: string },
): R | null {
  return (
    rules.find(
      (rule) =>
        (call.direction === 'incoming' || (call.direction === 'outgoing' && rule.outgoing)) &&
        (rule.groups.length === 0 || (call.group !== null && rule.groups.includes(call.group))),
    ) ?? null
  )
}
