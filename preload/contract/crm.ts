import { oc } from '@orpc/contract'
import { z } from 'zod'
import { longestTemplate } from './crm-link.ts'
import { CallKey } from './dispositions.ts'
import { errorMap } from './errors.ts'

/** `opened: false`: this host cannot open it, the page has to. */
const Opened = z.object({ url: z.string(), opened: z.boolean() })

export const crm = {
  /**
   * Open the customer system for a call. Errors: not-found (no such call, or no rule is for it), forbidden (its host is not
   * among the allowed ones), bad-request (a value does not fit the template), unavailable (no browser).
   */
  open: oc.errors(errorMap).input(CallKey).output(Opened),
  /** What a template gives with sample values. Opens nothing. Errors: bad-request (`template`, with the flaw), forbidden. */
  preview: oc
    .errors(errorMap)
    .input(z.object({ template: z.string().max(longestTemplate) }))
    .output(z.object({ url: z.string() })),
  /** Open a mail link that the page made. Errors: bad-request (anything but one plain mail address with subject and body), unavailable. */
  mail: oc
    .errors(errorMap)
    .input(z.object({ link: z.string().max(2048) }))
    .output(Opened),
}
