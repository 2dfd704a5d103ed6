import type { Call, CallsSnapshot, Party } from '../../../preload/contract/index.ts'
import type { Clock, ExtensionState, Log, MissedReturn, MissedStore, Store } from '../ports/index.ts'
import type { CallsListInput, CallsListOutput } from './call-list.ts'
import type { CallRecord } from './call-record.ts'
import type { ClickCall, ClickNews } from './click-call.ts'
import type { InboxEvent } from './inbox-event.ts'
import type { RingingPhone } from './ringing-phones.ts'
import type { PopScope } from './screen-pop.ts'

export interface LiveCallsDeps {
  clock: Clock
  log: Log
  store: Pick<Store, 'inbox' | 'calls'> & { missed: Pick<MissedStore, 'dealtWith'> }
  canonicalOf(number: string): string
  identify(number: string): Party
  extensionName(extension: string): string | null
  groupName(id: string): string | null
  myExtension(): string | null
  popSettings(): { scope: PopScope['scope']; hideAfterSec: number }
  /** Ids. */
  myGroups(): string[]
  isExtension(number: string): boolean
  /** Anything that a page shows of calls changed. */
  onChange(): void
  /**
   * Once per call: it came in fresh and somebody here should look. Not for calls that I dial. The call is put together
   * when it is asked for: in a burst nobody looks at most of them.
   */
  onPop(call: () => Call): void
  /** Once per call that I talk on: taken here, or dialled here and taken there. */
  onAnswered?(call: () => Call): void
  /** Once per call: it ended and nobody here took it. */
  onMissed(call: Call): void
  /** These calls, as they are now, are on disk. */
  onSaved?(records: readonly CallRecord[]): void
  /** The extension started or stopped ringing. */
  onLegState(extension: string): void
}

/** The calls of now: folded from events, saved, popped, shown. */
export interface LiveCalls {
  /** One stored event (`id` > 0), or one that could not be stored (`id` 0): it pops all the same and is written later. */
  receive(event: InboxEvent, receivedMono: number): void
  /** What became known of a call that was dialled here through the PBX, `at` epoch ms. */
  clicked(click: ClickCall, news: ClickNews, at: number): void
  /** Calls dialled here that still go on. */
  openClicks(): { click: ClickCall; talking: boolean }[]
  /** Key that the PBX gave this call when it was dialled here; else null. */
  clickCallIdOf(callId: string): string | null
  /** After a start: fold what was stored but not folded, take up what was open. Never pops. */
  restore(): Promise<void>
  /** A good poll. The first one after a start proves which restored calls still talk: they have their card again, no pop. */
  polled(connection: string, phones: readonly ExtensionState[]): void
  snapshot(): CallsSnapshot
  list(input: CallsListInput): CallsListOutput
  byId(callId: string): Call | null
  /** Missed calls of this desk that nobody has dealt with, newest first, at most 500, and how many there are: what `missedCount` counts. */
  missedOpen(): { count: number; calls: Call[] }
  /** Those that were dealt with, newest first, at most 200. */
  missedDealtWith(): { call: Call; returned: MissedReturn | null }[]
  /** Missed calls that only a system's log told of: they count from now on, and never pop. */
  recover(calls: ReturnType<MissedStore['unheard']>): void
  dismiss(callId: string): void
  /** Errors: not-found, storage-failed. */
  handle(callId: string): Promise<void>
  unhandle(callId: string): Promise<void>
  /** Bring the card to the front, also one that is gone already. */
  focus(callId: string): void
  popShown(callId: string): void
  popLatency(): { lastMs: number | null; p95Ms: number | null; count: number }
  /** The call on this phone: the talking one, else the ringing one. */
  liveCallOf(extension: string): Call | null
  ringing(): Map<string, RingingPhone>
  /** Close what must have ended unnoticed; call it about every second. */
  sweep(): void
  /** Names or settings changed: show again. */
  refresh(): void
  /** Forget every call of a connection. */
  purge(connection: string): Promise<void>
  stop(): void
}
