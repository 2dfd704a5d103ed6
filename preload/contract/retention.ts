import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errorMap, Problem } from './errors.ts'

const count = z.number().int()

/** How long calls are kept: the setting `history.retentionDays`. */
export const retention = {
  /** What would be deleted if calls were kept for so many days. Nothing is changed. Errors: storage-failed. */
  preview: oc
    .errors(errorMap)
    .input(z.object({ days: z.number().int().min(1).max(36_500) }))
    .output(
      z.object({
        /** Calls that began before this go, epoch ms. */
        before: count,
        calls: count,
        /** False: counting stopped, there are more calls. */
        isComplete: z.boolean(),
        recordings: count,
        notes: count,
        followUps: count,
        /** Promises of such calls that are not done yet: these stay until they are. */
        openFollowUps: count,
        names: count,
        presence: count,
      }),
    ),
  /** How far the deletion is that runs now, or how much the last one since the start deleted. */
  status: oc.errors(errorMap).output(
    z.object({
      isRunning: z.boolean(),
      deleted: count,
      /** The last one ended before its time; `retryAt` = when it goes on, epoch ms. */
      failed: z.object({ problem: Problem, retryAt: count }).nullable(),
    }),
  ),
}
