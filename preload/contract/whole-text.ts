import type { Board, Extension } from './board.ts'

/**
 * A snapshot on its way: JSON text, read by the page's own parser. The link's walk through every value of it, in search of dates
 * and sets that a snapshot does not have, would take longer than all the rest.
 */
export class WholeText {
  readonly json: string
  constructor(json: string) {
    this.json = json
  }
}

/** A board on its way: WholeText, with what most extensions have in common left out. */
export class BoardText extends WholeText {}

/** Of most telephones, most of the time. */
const usual = {
  phone: 'idle',
  direction: null,
  presence: 'online',
  registered: true,
  remote: null,
  missedCount: 0,
  group: null,
} as const satisfies Partial<Extension>
const usualKeys = Object.keys(usual) as (keyof typeof usual)[]

/** Text of a third of the length: it is made and sent with every poll. */
export function textOfBoard(board: Board): BoardText {
  const extensions = board.extensions.map((one) => {
    const { extension, name, since } = one
    const said: Partial<Record<keyof Extension, unknown>> = { extension, name, since }
    for (const key of usualKeys) if (one[key] !== usual[key]) said[key] = one[key]
    return said
  })
  return new BoardText(JSON.stringify({ ...board, extensions }))
}

function boardOf(json: string): Board {
  const board = JSON.parse(json) as Board
  board.extensions = board.extensions.map((one) => ({
    extension: one.extension,
    name: one.name,
    phone: one.phone ?? usual.phone,
    direction: one.direction ?? usual.direction,
    presence: one.presence ?? usual.presence,
    registered: one.registered ?? usual.registered,
    remote: one.remote ?? usual.remote,
    missedCount: one.missedCount ?? usual.missedCount,
    since: one.since,
    group: one.group ?? usual.group,
  }))
  return board
}

/** Both ends name these in their link. The numbers mark the kind of value and must be the same on both ends. */
export const wholeTexts = [
  {
    type: 23,
    condition: (value: unknown): boolean => value instanceof BoardText,
    serialize: ({ json }: BoardText): string => json,
    deserialize: (json: unknown): unknown => boardOf(String(json)),
  },
  {
    type: 22,
    condition: (value: unknown): boolean => value instanceof WholeText,
    serialize: ({ json }: WholeText): string => json,
    deserialize: (json: unknown): unknown => JSON.parse(String(json)),
  },
]
