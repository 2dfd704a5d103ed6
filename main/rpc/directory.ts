import type { Desk } from '../core/desk.ts'
import { procedures } from './procedures.ts'

/** The directory: every procedure is one call of the desk. */
export function createDirectoryArea({ directory: desk }: Desk) {
  const { directory } = procedures
  return {
    list: directory.list.handler(({ input }) => desk.list(input)),
    get: directory.get.handler(({ input }) => desk.get(input)),
    withNumber: directory.withNumber.handler(({ input }) => desk.withNumber(input)),
    put: directory.put.handler(({ input }) => desk.put(input)),
    putOpportunity: directory.putOpportunity.handler(({ input }) => desk.putOpportunity(input)),
    remove: directory.remove.handler(({ input }) => desk.remove(input)),
    undo: directory.undo.handler(({ input }) => desk.undo(input)),
    groups: directory.groups.handler(({ input }) => desk.groups(input)),
    duplicates: directory.duplicates.handler(({ input }) => desk.duplicates(input)),
    previewMerge: directory.previewMerge.handler(({ input }) => desk.previewMerge(input)),
    merge: directory.merge.handler(({ input }) => desk.merge(input)),
    addToPbx: directory.addToPbx.handler(({ input }) => desk.addToPbx(input)),
    search: directory.search.handler(({ input }) => desk.search(input)),
    save: directory.save.handler(({ input }) => desk.save(input)),
  }
}
