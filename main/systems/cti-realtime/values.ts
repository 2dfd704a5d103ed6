import { z } from 'zod'
import type { CodeTable } from '../kit/codes.ts'
import { says } from '../kit/params.ts'

/** A value that must be there; what may stand in it is the platform's business. */
export const filled = z.string().trim().min(1, 'must not be empty').max(500)

/** A text that the platform itself is to judge: may be empty. */
export const anyText = z.string().max(2000)

const enterprise = z.string().trim().min(1, 'must not be empty').max(60)

/** Filled in from the connection by the signer (auth.ts). The vendor has two names for it. */
export const enterpriseId = says(
  enterprise.optional(),
  'Enterprise id; the one of the connection unless given',
  '企业id，不填时用连接设置里的企业id',
)
export const appId = says(
  enterprise.optional(),
  'Enterprise id; the one of the connection unless given',
  '企业id，不填时用连接设置里的企业id',
)
/** The same where the platform can do without. Empty text = none, whatever the connection says. */
export const enterpriseIdOrNone = says(
  z.string().trim().max(60).optional(),
  'Enterprise id; the one of the connection unless given; empty = none',
  '企业id，不填时用连接设置里的企业id，留空表示无',
)

/** A code table as the choices of a parameter. */
export function choices(table: CodeTable): { values: Record<string, readonly [en: string, zh: string]> } {
  return { values: Object.fromEntries(Object.entries(table.codes).map(([code, [, zh, en]]) => [code, [en, zh]])) }
}
