const longestTitle = 120
const longestBody = 400

/**
 * Text from outside as one title line: no control characters, no direction tricks, and never a first `-`, which
 * notify-send would read as an option. Never empty, since helpers then put their own name there.
 */
export function safeTitle(text: string, instead: string): string {
  return oneLine(text, longestTitle) || oneLine(instead, longestTitle) || '…'
}

/**
 * The text below the title; line breaks stay. `markup` when the desktop reads tags in it (freedesktop notifications do):
 * then the text is escaped, so that a caller named `<img …>` is shown and not obeyed.
 */
export function safeBody(text: string, markup: boolean): string {
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/).map((line) => clean(line))
  const body = cut(lines.join('\n').trim(), longestBody)
  return notAnOption(markup ? body.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : body) || '…'
}

function oneLine(text: string, longest: number): string {
  return notAnOption(cut(clean(text.replace(/[\r\n\u2028\u2029]+/g, ' ')).trim(), longest))
}

/** Control, direction and broken characters go. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
}

/** A no-break space in front: invisible, and no option starts with it. */
function notAnOption(text: string): string {
  return text.startsWith('-') ? `\u00a0${text}` : text
}

function cut(text: string, longest: number): string {
  const letters = [...text]
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`
}
