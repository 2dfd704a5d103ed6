import type { Desk } from '../core/desk.ts'
import type { AnswerRecording, Clock, LinkOpener, Log, Notifier } from '../core/ports/index.ts'
import type { PolicySource, Secrets, SettingsFile } from '../core/settings/ports.ts'
import type { SettingsStore } from '../core/settings/settings.ts'
import type { SnapshotHub } from '../core/snapshots/hub.ts'

/** What a host (Electron or plain Node) brings along. */
export interface Platform {
  host: 'electron' | 'browser'
  version: string
  dataDir: string
  settingsFile: SettingsFile
  policy: PolicySource
  secrets: Secrets
  clock: Clock
  log: Log
  notifier: Notifier
  /** Opens web and mail addresses where this host can. */
  links?: LinkOpener
  /** Start with the built-in PBX whatever the settings say. */
  demo: boolean
  /** Overrides `listener.port`; 0 = any free one. */
  listenerPort?: number
  /** A notification was clicked: show the window. The page is told which card by itself. */
  bringToFront?(): void
}

/** The running program. Hosts put windows, tray or a web server around it. */
export interface App {
  desk: Desk
  hub: SnapshotHub
  settings: SettingsStore
  /** Bytes of recordings, for the page. */
  answerRecording: AnswerRecording
  /** The page has just asked for the microphone: only then may it have it. */
  wantsMicrophone(): boolean
  /** Where the PBX can reach us, on this PC's loopback; null while the port is not ours. */
  listenerUrl(): string | null
  /** Ask the telephone systems from here on: once the page can be had, which is what somebody waits for. */
  begin(): void
  /** The machine woke up: drop what is half open and ask now. */
  resume(): void
  /** Ends pollers, listener and store, in that order. At most 2 s. */
  stop(): Promise<void>
}
