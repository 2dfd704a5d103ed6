import { importLimits } from '../core/imports/limits.ts'
import { FileProblem } from './file-problem.ts'
import { decoderFor } from './xml-elements.ts'

/** The shortest shared text there is: `<si/>`. */
const leastBytes = 5
/** A part with too many shared texts is larger than this. */
export const manyTextsBytes = importLimits.sheetTexts * leastBytes

/**
 * Counts shared texts as they stand there, which takes a twentieth of the time of reading them: what has too many is
 * refused before the first is read. Throws FileProblem.
 */
export async function countTexts(pieces: AsyncIterable<Buffer>): Promise<void> {
  let decoder: TextDecoder | null = null
  let opening = ''
  let rest = ''
  let count = 0
  for await (const piece of pieces) {
    decoder ??= decoderFor(piece)
    const text = rest + decoder.decode(piece, { stream: true })
    if (opening === '') opening = `<${/<([\w.-]+:)?sst\b/.exec(text)?.[1] ?? ''}si`
    for (let at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, at + opening.length)) {
      // Nothing follows yet: it stands in the rest and is seen again.
      const next = text[at + opening.length]
      if (next !== undefined && '>/ \t\r\n'.includes(next)) count += 1
    }
    if (count > importLimits.sheetTexts) throw new FileProblem('too-much-inside')
    rest = text.slice(-opening.length)
  }
}
