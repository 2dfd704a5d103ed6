import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

type Say = (key: string, params?: Record<string, string>) => string

/** English words for a kind of value, as the core writes them, and their keys under `errors:kind`. */
const kinds: Record<string, string> = {
  text: 'text',
  'a number': 'number',
  'a whole number': 'integer',
  'a fraction': 'fraction',
  'true or false': 'boolean',
  'a list': 'list',
  'an object': 'object',
  null: 'null',
}

/**
 * Every reason that the core gives for a wrong setting or settings file (main/core/settings/check.ts, the files' readers),
 * and its key under `errors:why`. The core's sentence is English, for logs and the command line; named groups are its parts.
 */
const reasons: [RegExp, string][] = [
  [/^must be a number$/, 'aNumber'],
  [/^must be true or false$/, 'trueOrFalse'],
  [/^must be JSON$/, 'aJson'],
  [/^must be a file$/, 'aFile'],
  [/^must be an extension number$/, 'anExtension'],
  [/^must be a telephone number of digits only$/, 'digits'],
  [/^must be a day as yyyy-MM-dd$/, 'aDay'],
  [/^files must be at most 20 MB together$/, 'filesSize'],
  // zod's own words, for parameters of operations.
  [/^Invalid input: expected .+, received undefined$/, 'missing'],
  [/^Invalid input: expected (?:number|int)\b.*$/, 'aNumber'],
  [/^Invalid option: expected one of (?<choices>.+)$/, 'choices'],
  [/^Too small: expected (?:number|int) to be >=?(?<limit>\S+)$/, 'atLeast'],
  [/^Too big: expected (?:number|int) to be <=?(?<limit>\S+)$/, 'atMost'],
  [/^Too small: expected string to have >=1 characters$/, 'empty'],
  [/^Too small: expected string to have >=(?<limit>\d+) characters$/, 'charactersAtLeast'],
  [/^Too big: expected string to have <=(?<limit>\d+) characters$/, 'charactersAtMost'],
  [/^Too small: expected array to have >=(?<limit>\d+) items$/, 'entriesAtLeast'],
  [/^Too big: expected array to have <=(?<limit>\d+) items$/, 'entriesAtMost'],
  [/^Invalid string: must match pattern .+$/, 'wrongPattern'],
  [/^is missing$/, 'missing'],
  [/^must be (?<wanted>.+), but is (?<found>.+)$/, 'kind'],
  [/^must be one of: (?<choices>.+)$/, 'choices'],
  [/^has none of the allowed forms$/, 'form'],
  [/^must not be empty$/, 'empty'],
  [/^must be at least (?<limit>\S+)$/, 'atLeast'],
  [/^must be at most (?<limit>\S+)$/, 'atMost'],
  [/^must be at least (?<limit>\S+) characters long$/, 'charactersAtLeast'],
  [/^must be at most (?<limit>\S+) characters long$/, 'charactersAtMost'],
  [/^must be at least (?<limit>\S+) entries long$/, 'entriesAtLeast'],
  [/^must be at most (?<limit>\S+) entries long$/, 'entriesAtMost'],
  [/^must be an http:\/\/ or https:\/\/ address$/, 'httpAddress'],
  [/^letters, digits, - and _ only$/, 'id'],
  [/^must be an address, a network such as (?<example>\S+), or a host name$/, 'source'],
  [/^Invalid string: must start with "(?<start>.+)"$/, 'start'],
  [/^up to four digits$/, 'prefix'],
  [/^like 0755, or empty$/, 'areaCode'],
  [/^like \+08:00$/, 'timeZone'],
  [/^one word without blanks$/, 'word'],
  [/^every connection needs its own id$/, 'ownIds'],
  [/^every flow needs its own name$/, 'ownFlows'],
  [/^every voice menu needs its own number$/, 'ownMenus'],
  [/^every rule needs its own id$/, 'ownRules'],
  [/^must be one mail address, such as (?<example>\S+)$/, 'mailAddress'],
  [/^must be a host, such as (?<example>\S+)$/, 'host'],
  [/^must not hold blanks or backslashes$/, 'noBlanks'],
  [/^must begin with http:\/\/ or https:\/\/$/, 'beginHttp'],
  [/^must name the host itself: placeholders may stand after it only$/, 'hostItself'],
  [/^must name a host in plain letters, without a user name$/, 'plainHost'],
  [/^(?<name>\{.*\}) is no placeholder; there are (?<choices>.+)$/, 'placeholder'],
  [/^has a brace that is not closed$/, 'brace'],
  [/^is no address$/, 'noAddress'],
  [/^there is no setting (?<setting>\S+)$/, 'noSetting'],
  [/^is not valid JSON$/, 'json'],
  [/^is not valid JSON \(line (?<line>\d+), column (?<column>\d+)\)$/, 'jsonAt'],
  [/^is not valid JSON \(it is empty\)$/, 'jsonEmpty'],
  [/^is not valid JSON \(it ends too early\)$/, 'jsonEnds'],
  [/^must be one JSON object: \{ … \}$/, 'jsonObject'],
  [/^cannot be read$/, 'unreadable'],
  [/^cannot be read \((?<code>\w+)\)$/, 'unreadableCode'],
  [/^(?<code>E[A-Z]+): /, 'unreadableCode'],
]

function translate(say: Say, reason: string): string | null {
  for (const [pattern, key] of reasons) {
    const match = pattern.exec(reason)
    if (!match) continue
    const params = Object.entries(match.groups ?? {}).map(([name, text]) => {
      const kind = key === 'kind' ? kinds[text] : undefined
      return [name, kind === undefined ? text : say(`errors:kind.${kind}`)]
    })
    return say(`errors:why.${key}`, Object.fromEntries(params))
  }
  return null
}

/**
 * The reason in the page's language, or null when it is none of the known ones. A file or field may stand before it:
 * `/etc/frontbell/policy.json is not valid JSON`.
 */
export function explainReason(t: TFunction, reason: string): string | null {
  // Keys are made at run time here, so the typed form cannot check them; a test checks every one.
  const say = t as unknown as Say
  const whole = translate(say, reason)
  if (whole !== null) return whole
  for (const { index } of reason.matchAll(/ /g)) {
    const why = translate(say, reason.slice(index + 1))
    if (why !== null) return say('errors:why.at', { where: reason.slice(0, index).replace(/:$/, ''), why })
  }
  return null
}

/** A reason for people: in their language where it is known, else as the core gave it. */
export function useReasonText(): (reason: string) => string {
  const { t } = useTranslation()
  return useCallback((reason) => explainReason(t as unknown as TFunction, reason) ?? reason, [t])
}
