import type { OperationInfo } from '../../../preload/contract/index.ts'

/** The operation's name without its system. */
export const shortId = (id: string): string => id.slice(id.indexOf('.') + 1)

/** Operations in whose id, titles or section every typed word is found, in their order. */
export function findOperations(all: readonly OperationInfo[], text: string): OperationInfo[] {
  const words = text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  return all.filter(({ id, title, titleZh, doc }) => {
    const hay = `${id} ${id.replaceAll('-', ' ')} ${title} ${titleZh} ${doc}`.toLowerCase()
    return words.every((word) => hay.includes(word))
  })
}
