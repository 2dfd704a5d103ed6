import type { Desk } from '../../../main/core/desk.ts'

/** A desk that imports nothing. */
export const noImports: Desk['imports'] = {
  targets: () => [],
  findings: () => ({ findings: [], kept: 0 }),
} as unknown as Desk['imports']
