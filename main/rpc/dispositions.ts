import type { Desk } from '../core/desk.ts'
import { procedures } from './procedures.ts'

/** Notes, tags and follow-ups of calls, missed calls, and the customer system. */
export function createDispositionAreas(desk: Desk) {
  const { dispositions, crm, missed } = procedures
  return {
    dispositions: {
      get: dispositions.get.handler(({ input }) => desk.dispositions.get(input)),
      saveText: dispositions.saveText.handler(({ input }) => desk.dispositions.saveText(input)),
      setTags: dispositions.setTags.handler(({ input }) => desk.dispositions.setTags(input)),
      setFollowUp: dispositions.setFollowUp.handler(({ input }) => desk.dispositions.setFollowUp(input)),
      finishFollowUp: dispositions.finishFollowUp.handler(({ input }) => desk.dispositions.finishFollowUp(input)),
      reopenFollowUp: dispositions.reopenFollowUp.handler(({ input }) => desk.dispositions.reopenFollowUp(input)),
      openFollowUps: dispositions.openFollowUps.handler(({ input }) => desk.dispositions.openFollowUps(input)),
      doneFollowUps: dispositions.doneFollowUps.handler(({ input }) => desk.dispositions.doneFollowUps(input)),
    },
    missed: {
      list: missed.list.handler(({ input }) => desk.missed.list(input)),
      handle: missed.handle.handler(({ input }) => desk.missed.handle(input)),
      unhandle: missed.unhandle.handler(({ input }) => desk.missed.unhandle(input)),
    },
    crm: {
      open: crm.open.handler(({ input }) => desk.crm.open(input)),
      preview: crm.preview.handler(({ input }) => desk.crm.preview(input)),
      mail: crm.mail.handler(({ input }) => desk.crm.mail(input)),
    },
  }
}
