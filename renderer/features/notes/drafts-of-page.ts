import { ORPCError } from '@orpc/client'
import { rpc } from '../../rpc/index.ts'
import { createNoteDrafts, type NoteDrafts } from './note-drafts.ts'

/** Nothing that a second try could change: the call is unknown, or the text is refused. */
const finalCodes = new Set(['not-found', 'bad-request'])

let drafts: NoteDrafts | null = null

/** The page's drafts, with those that were left when it was closed. */
export function pageDrafts(): NoteDrafts {
  drafts ??= createNoteDrafts({
    storage: localStorage,
    save: async (key, text, base) => (await rpc.dispositions.saveText({ ...key, text, base }))?.text ?? '',
    isFinal: (error) => error instanceof ORPCError && finalCodes.has(error.code),
  })
  return drafts
}
