/** A longer link is refused by mail programs (and by the core). */
export const longestMailLink = 2000

const encode = (text: string) =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** One mail address as a mail link may carry it. */
export const isMailAddress = (text: string): boolean =>
  /^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text)

/**
 * `mailto:` with subject and body, both percent-encoded. Line ends become blanks (mail programs differ on them, and a link must
 * hold none); a body that makes the link too long ends with …
 */
export function mailLink(address: string, subject: string, body: string): string {
  const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  const head = `mailto:${address}?subject=${encode([...oneLine(subject)].slice(0, 80).join(''))}&body=`
  const signs = [...oneLine(body)]
  const whole = head + encode(signs.join(''))
  if (whole.length <= longestMailLink) return whole
  let kept = 0
  let length = head.length + encode('…').length
  for (const sign of signs) {
    length += encode(sign).length
    if (length > longestMailLink) break
    kept += 1
  }
  return head + encode(`${signs.slice(0, kept).join('')}…`)
}
