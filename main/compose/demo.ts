import type { LiveCalls } from '../core/calls/live-calls.ts'
import { CoreError } from '../core/errors.ts'
import { canonicalNumber } from '../core/numbers/index.ts'
import type { Clock, Log, PresenceHistoryStore } from '../core/ports/index.ts'
import type { SettingsStore } from '../core/settings/settings.ts'
import type { DemoPbx } from '../demo/index.ts'
import type { DemoPeople } from './demo-people.ts'

/** Connection id of the built-in PBX: everything it leaves behind carries it, so that it can be forgotten again. */
export const demoConnection = 'demo'

export interface Demo {
  running(): boolean
  callers(): { id: string; name: string; number: string }[]
  start(): Promise<void>
  /** Stop and forget its calls. */
  stop(): Promise<void>
  /** Remove what an earlier demo left. */
  forget(): Promise<void>
  /** Stop only: the program ends. */
  end(): Promise<void>
  ring(caller: string): Promise<void>
}

/** Demo mode: the built-in PBX, laid over the settings. The user's own settings and calls stay as they are. */
export function createDemo(deps: {
  clock: Clock
  log: Log
  popUrl(): string | null
  settings: SettingsStore
  people: DemoPeople
  live: LiveCalls
  presence: PresenceHistoryStore
  onChange(): void
}): Demo {
  let pbx: DemoPbx | null = null

  async function end(): Promise<void> {
    const ending = pbx
    pbx = null
    deps.people.show([])
    await ending?.stop()
  }

  const forget = async () => {
    await Promise.all([deps.live.purge(demoConnection), deps.presence.forget(demoConnection)])
  }

  return {
    running: () => pbx !== null,
    callers: () => pbx?.callers() ?? [],
    async start() {
      if (pbx) return
      await forget()
      const { startDemoPbx } = await import('../demo/index.ts')
      pbx = await startDemoPbx({ clock: deps.clock, log: deps.log, popUrl: deps.popUrl })
      deps.people.show(pbx.people.map((person) => ({ ...person, canonical: canonicalNumber(person.number) })))
      deps.settings.overlay({
        connections: [
          {
            id: demoConnection,
            system: 'telcrm',
            baseUrl: pbx.baseUrl,
            extension: pbx.extension,
            supervisorExtension: pbx.supervisor,
            line: 'fixed',
            callLog: 'http',
            captchaSecret: null,
          },
        ],
        groups: pbx.groups,
      })
      deps.onChange()
    },
    async stop() {
      if (!pbx) return
      deps.settings.overlay(null)
      await end()
      await forget()
      deps.onChange()
    },
    forget,
    end,
    async ring(caller) {
      if (!pbx) throw new CoreError('unavailable', { reason: 'the demo is not running' })
      await pbx.ring(caller)
    },
  }
}
