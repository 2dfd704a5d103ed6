import type { Desk } from '../core/desk.ts'
import { createDirectoryArea } from './directory.ts'
import { createDispositionAreas } from './dispositions.ts'
import { createImportsArea } from './imports.ts'
import { procedures } from './procedures.ts'

/** The areas in which every procedure is one call of the desk with validated input. */
export function createAreas(desk: Desk) {
  const { calls, control, conversation, retention, settings, demo, app } = procedures
  return {
    calls: {
      list: calls.list.handler(({ input }) => desk.calls.list(input)),
      dismiss: calls.dismiss.handler(({ input }) => desk.calls.dismiss(input)),
      handle: calls.handle.handler(({ input }) => desk.calls.handle(input)),
      unhandle: calls.unhandle.handler(({ input }) => desk.calls.unhandle(input)),
      popShown: calls.popShown.handler(({ input }) => desk.calls.popShown(input)),
    },
    control: {
      dial: control.dial.handler(({ input }) => desk.control.dial(input)),
      hangup: control.hangup.handler(({ input }) => desk.control.hangup(input)),
      transfer: control.transfer.handler(({ input }) => desk.control.transfer(input)),
      setPresence: control.setPresence.handler(({ input }) => desk.control.setPresence(input)),
    },
    conversation: {
      consult: conversation.consult.handler(({ input }) => desk.conversation.consult(input)),
      finish: conversation.finish.handler(({ input }) => desk.conversation.finish(input)),
      dismiss: conversation.dismiss.handler(({ input }) => desk.conversation.dismiss(input)),
      invite: conversation.invite.handler(({ input }) => desk.conversation.invite(input)),
      toMenu: conversation.toMenu.handler(({ input }) => desk.conversation.toMenu(input)),
    },
    ...createDispositionAreas(desk),
    retention: {
      preview: retention.preview.handler(({ input }) => desk.retention.preview(input)),
      status: retention.status.handler(({ input }) => desk.retention.status(input)),
    },
    directory: createDirectoryArea(desk),
    imports: createImportsArea(desk),
    settings: {
      update: settings.update.handler(({ input }) => desk.settings.update(input)),
      testConnection: settings.testConnection.handler(({ input }) => desk.settings.testConnection(input)),
      checkConnection: settings.checkConnection.handler(({ input, signal }) =>
        desk.settings.checkConnection(input, signal),
      ),
      removeConnection: settings.removeConnection.handler(({ input }) => desk.settings.removeConnection(input)),
      restoreConnection: settings.restoreConnection.handler(({ input }) => desk.settings.restoreConnection(input)),
      testNotification: settings.testNotification.handler(({ input }) => desk.settings.testNotification(input)),
      trustSource: settings.trustSource.handler(({ input }) => desk.settings.trustSource(input)),
      dismissSource: settings.dismissSource.handler(({ input }) => desk.settings.dismissSource(input)),
      dismissNotice: settings.dismissNotice.handler(({ input }) => desk.settings.dismissNotice(input)),
    },
    demo: {
      start: demo.start.handler(({ input }) => desk.demo.start(input)),
      stop: demo.stop.handler(({ input }) => desk.demo.stop(input)),
      ring: demo.ring.handler(({ input }) => desk.demo.ring(input)),
    },
    app: {
      info: app.info.handler(({ input }) => desk.app.info(input)),
    },
  }
}
