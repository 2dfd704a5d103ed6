import { z } from 'zod'

export const numberLabels = ['mobile', 'work', 'home', 'fax', 'other'] as const
export const NumberLabel = z.enum(numberLabels)
export type NumberLabel = z.infer<typeof NumberLabel>

/** From first interest to its end; the last two are ends. */
export const opportunityStages = ['open', 'talking', 'offered', 'won', 'lost'] as const
export const OpportunityStage = z.enum(opportunityStages)
export type OpportunityStage = z.infer<typeof OpportunityStage>

export const mostNumbers = 20
export const mostFields = 100
export const mostOpportunities = 100

/** A field of nobody's design: what an import brought. `tid` = the field's number in a telcrm template ("6:即时信息:14:QQ" → 14). */
export const PersonField = z.object({
  tid: z.number().int().min(1).nullable(),
  label: z.string().trim().min(1).max(60),
  value: z.string().trim().min(1).max(500),
})
export type PersonField = z.infer<typeof PersonField>

/** A sale that may come of it. `product` and `comment` are what a PBX knows of it (manual 003 §20). */
export const OpportunityDraft = z.object({
  /** Null = new. */
  id: z.number().int().positive().nullable().default(null),
  product: z.string().trim().min(1).max(100),
  comment: z.string().trim().max(2000).default(''),
  stage: OpportunityStage.default('open'),
  /** Hundredths of a yuan. */
  amountFen: z.number().int().min(0).max(1e14).nullable().default(null),
  /** Day on which it should be decided. */
  expectedOn: z.iso.date().nullable().default(null),
})
export type OpportunityDraft = z.infer<typeof OpportunityDraft>

export const Opportunity = OpportunityDraft.extend({
  id: z.number().int().positive(),
  createdAt: z.number(),
  updatedAt: z.number(),
})
export type Opportunity = z.infer<typeof Opportunity>

const optionalText = (longest: number) => z.string().trim().max(longest).default('')

/** A person as somebody writes them down; '' = nothing said. */
export const PersonDraft = z.object({
  name: z.string().trim().min(1).max(60),
  company: optionalText(100),
  group: optionalText(40),
  /** Extension of the colleague who looks after them. */
  owner: optionalText(20),
  qq: z.string().trim().max(20).regex(/^\d*$/, 'must be digits').default(''),
  note: optionalText(4000),
  numbers: z
    .array(z.object({ number: z.string().trim().min(2).max(60), label: NumberLabel.default('other') }))
    .max(mostNumbers)
    .default([]),
  fields: z.array(PersonField).max(mostFields).default([]),
  opportunities: z.array(OpportunityDraft).max(mostOpportunities).default([]),
})
export type PersonDraft = z.infer<typeof PersonDraft>
