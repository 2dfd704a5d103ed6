/** Somebody who was called during a call. Trying becomes ringing when it is asked for; the rest is up to the test. */
export interface ThirdParty {
  callId: string
  target: string
  state: 'trying' | 'ringing' | 'answered' | 'refused'
}

/** What goes on in calls besides two people talking. Change at will. */
export class ConversationState {
  /** By the extension that consults. */
  readonly thirdParties = new Map<string, ThirdParty>()
  /** By their id, the caller. `ready: false` = still being created. */
  readonly conferences = new Map<string, { ready: boolean; members: string[] }>()
  mostConferences = 5
  mostMembers = 6
  /** Numbers outside that are on the phone. */
  readonly engaged = new Set<string>()
  /** Extensions with the right 坐席监控. */
  readonly supervisors = new Set(['803'])
  /** Supervisor → extension listened to. */
  readonly listening = new Map<string, string>()
  mostListeners = 5
  /** No resources left for a supervisor. */
  isFull = false
}
