import type { Desk } from '../core/desk.ts'
import { procedures } from './procedures.ts'

export function createPromptsArea(desk: Desk) {
  const { prompts } = procedures
  return {
    list: prompts.list.handler(({ input }) => desk.prompts.list(input)),
    sound: prompts.sound.handler(({ input }) => desk.prompts.sound(input)),
    backupSound: prompts.backupSound.handler(({ input }) => desk.prompts.backupSound(input)),
    add: prompts.add.handler(({ input }) => desk.prompts.add(input)),
    replace: prompts.replace.handler(({ input }) => desk.prompts.replace(input)),
    rename: prompts.rename.handler(({ input }) => desk.prompts.rename(input)),
    remove: prompts.remove.handler(({ input }) => desk.prompts.remove(input)),
    restore: prompts.restore.handler(({ input }) => desk.prompts.restore(input)),
    dropBackup: prompts.dropBackup.handler(({ input }) => desk.prompts.dropBackup(input)),
    cancelUpload: prompts.cancelUpload.handler(({ input }) => desk.prompts.cancelUpload(input)),
    retryUpload: prompts.retryUpload.handler(({ input }) => desk.prompts.retryUpload(input)),
    dismissUpload: prompts.dismissUpload.handler(({ input }) => desk.prompts.dismissUpload(input)),
    microphone: prompts.microphone.handler(({ input }) => desk.prompts.microphone(input)),
    ringRecorder: prompts.ringRecorder.handler(({ input }) => desk.prompts.ringRecorder(input)),
    keepRecorded: prompts.keepRecorded.handler(({ input }) => desk.prompts.keepRecorded(input)),
  }
}
