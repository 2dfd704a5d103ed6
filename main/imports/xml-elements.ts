import sax from 'sax'
import { importLimits } from '../core/imports/limits.ts'
import { FileProblem } from './file-problem.ts'

export interface ElementHandlers {
  /** Names without their prefix. */
  open?(name: string, attributes: Record<string, string>): void
  close?(name: string): void
  text?(text: string): void
}

/** By the mark at the beginning of a part. */
export function decoderFor([first, second]: Buffer): TextDecoder {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le')
  return new TextDecoder(first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8')
}

/** Elements of an XML part as they come; nothing is kept. Document types, and with them entities, are refused, and so is nesting that no workbook has. `isEnough` ends early. */
export async function readElements(
  pieces: AsyncIterable<Buffer>,
  handlers: ElementHandlers,
  isEnough: () => boolean | Promise<boolean> = () => false,
): Promise<void> {
  const parser = sax.parser(true, { trim: false, position: false })
  const bare = (name: string) => name.slice(name.indexOf(':') + 1)
  let problem: FileProblem | null = null
  parser.ondoctype = () => {
    problem = new FileProblem('has-doctype')
  }
  parser.onerror = () => {
    problem ??= new FileProblem('damaged')
    parser.error = null as unknown as Error
  }
  let depth = 0
  let attributes = 0
  parser.onattribute = () => {
    attributes += 1
    if (attributes > importLimits.attributes) problem ??= new FileProblem('damaged')
  }
  parser.onopentag = (tag) => {
    attributes = 0
    depth += 1
    if (depth > importLimits.elementDepth) problem ??= new FileProblem('damaged')
    handlers.open?.(bare(tag.name), tag.attributes as Record<string, string>)
  }
  parser.onclosetag = (name) => {
    depth -= 1
    handlers.close?.(bare(name))
  }
  parser.ontext = (text) => handlers.text?.(text)
  parser.oncdata = (text) => handlers.text?.(text)
  let decoder: TextDecoder | null = null
  for await (const piece of pieces) {
    decoder ??= decoderFor(piece)
    parser.write(decoder.decode(piece, { stream: true }))
    if (problem) throw problem
    if (await isEnough()) return
  }
  parser.close()
  if (problem) throw problem
}
