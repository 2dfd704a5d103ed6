import type { Plugin } from 'vite'

/** With the backslashes before it. */
const beyondLatin = /(\\*)([^\0-\xff])/g
/** `\uXXXX` instead of one character. */
const escapedLength = 6
const rawText = /String\.raw\s*`[^`]*[^\0-\xff]/

/**
 * V8 keeps a script's text as long as it runs: one byte a character, or two for all of them when a single one is beyond Latin 1.
 * Where few are, they are written as escapes, which mean the same in texts, patterns and names. Where that would make the
 * text longer than two bytes a character (a dictionary), it stays as it is; so does a script with such a character in a `String.raw`.
 */
export function asLatin(): Plugin {
  return {
    name: 'as-latin',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') chunk.code = latin(chunk.code)
      }
    },
  }
}

export function latin(code: string): string {
  const count = code.match(beyondLatin)?.length ?? 0
  if (count === 0 || count * (escapedLength - 1) > code.length || rawText.test(code)) return code
  return code.replace(beyondLatin, (_whole, slashes: string, sign: string) => {
    // An odd one stood before the sign itself and meant nothing; before an escape it would.
    const kept = slashes.length % 2 === 1 ? slashes.slice(1) : slashes
    return `${kept}\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
