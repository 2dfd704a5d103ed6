/**
 * A snapshot on its way: JSON text, made once however many pages it goes to, and read by the page's own parser. The link's
 * walk through every value of it, in search of dates and sets that a snapshot does not have, would take longer than all the rest.
 */
export class WholeText {
  readonly json: string
  constructor(json: string) {
    this.json = json
  }
}

/** Both ends name it in their link. The number marks the kind of value and must be the same on both ends. */
export const wholeText = {
  type: 22,
  condition: (value: unknown): boolean => value instanceof WholeText,
  serialize: ({ json }: WholeText): string => json,
  deserialize: (json: unknown): unknown => JSON.parse(String(json)),
}
