import { z } from 'zod'

/** Text that may arrive as a number, a boolean or null. */
export const wireText = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => (value === null ? '' : String(value).trim()))

/** A whole number that may arrive as digits in a string, a boolean, `""` or null (both read as 0). */
export const wireInteger = z.union([z.number(), z.string(), z.boolean(), z.null()]).transform((value, context) => {
  const number = Number(value === null || value === '' ? 0 : value)
  if (Number.isSafeInteger(Math.trunc(number))) return Math.trunc(number)
  context.addIssue({ code: 'custom', message: 'not a number' })
  return z.NEVER
})

/**
 * An object of a vendor's answer: unknown fields are ignored, and a field that is missing under its exact name is looked
 * for without regard to case (the manuals' tables and samples disagree).
 */
export function wireRecord<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape)
  return z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    if (names.every((name) => Object.hasOwn(value, name))) return value
    const byLowerCase = new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]))
    const found: Record<string, unknown> = {}
    for (const name of names) {
      const field = Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : byLowerCase.get(name.toLowerCase())
      if (field !== undefined) found[name] = field
    }
    return found
  }, z.object(shape))
}
