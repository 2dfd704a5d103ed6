import type app from '../../resources/locales/zh-CN/app.json'
import type board from '../../resources/locales/zh-CN/board.json'
import type calls from '../../resources/locales/zh-CN/calls.json'
import type callsLive from '../../resources/locales/zh-CN/calls-live.json'
import type common from '../../resources/locales/zh-CN/common.json'
import type conversation from '../../resources/locales/zh-CN/conversation.json'
import type desk from '../../resources/locales/zh-CN/desk.json'
import type dial from '../../resources/locales/zh-CN/dial.json'
import type directory from '../../resources/locales/zh-CN/directory.json'
import type errors from '../../resources/locales/zh-CN/errors.json'
import type firstRun from '../../resources/locales/zh-CN/first-run.json'
import type followUps from '../../resources/locales/zh-CN/follow-ups.json'
import type imports from '../../resources/locales/zh-CN/imports.json'
import type notes from '../../resources/locales/zh-CN/notes.json'
import type operations from '../../resources/locales/zh-CN/operations.json'
import type pop from '../../resources/locales/zh-CN/pop.json'
import type presence from '../../resources/locales/zh-CN/presence.json'
import type recordings from '../../resources/locales/zh-CN/recordings.json'
import type search from '../../resources/locales/zh-CN/search.json'
import type settings from '../../resources/locales/zh-CN/settings.json'
import type statusLine from '../../resources/locales/zh-CN/status-line.json'
import type supervisor from '../../resources/locales/zh-CN/supervisor.json'
import type voice from '../../resources/locales/zh-CN/voice.json'

/** Keys are checked against the Chinese texts; a test keeps the English ones in step. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    returnNull: false
    resources: {
      app: typeof app
      board: typeof board
      calls: typeof calls
      'calls-live': typeof callsLive
      common: typeof common
      conversation: typeof conversation
      desk: typeof desk
      dial: typeof dial
      directory: typeof directory
      errors: typeof errors
      'first-run': typeof firstRun
      'follow-ups': typeof followUps
      imports: typeof imports
      notes: typeof notes
      operations: typeof operations
      pop: typeof pop
      presence: typeof presence
      recordings: typeof recordings
      search: typeof search
      settings: typeof settings
      'status-line': typeof statusLine
      supervisor: typeof supervisor
      voice: typeof voice
    }
  }
}
