import { createHash } from 'node:crypto'
import type { LiveCalls } from '../core/calls/live-calls.ts'
import { CoreError } from '../core/errors.ts'
import { canonicalNumber } from '../core/numbers/index.ts'
import type {
  Clock,
  DispositionStore,
  Log,
  PeopleStore,
  PresenceHistoryStore,
  PromptStore,
} from '../core/ports/index.ts'
import { inspectPrompt } from '../core/prompts/prompt-sound.ts'
import type { SettingsStore } from '../core/settings/settings.ts'
import type { DemoPbx } from '../demo/index.ts'
import type { DemoPreset } from '../demo/presets.ts'
import type { DemoPrompt } from '../demo/prompts.ts'
import { toDemoDocument } from './demo-documents.ts'

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
  people: Pick<PeopleStore, 'lend' | 'forget'>
  live: LiveCalls
  dispositions: Pick<DispositionStore, 'saveNote' | 'saveFollowUp'>
  presence: PresenceHistoryStore
  prompts: Pick<PromptStore, 'keepCopy' | 'forget'>
  /** The demo's calls are gone. */
  onForgotten(): void
  onChange(): void
}): Demo {
  let pbx: DemoPbx | null = null

  async function end(): Promise<void> {
    const ending = pbx
    pbx = null
    await ending?.stop()
  }

  async function writePresets(presets: readonly DemoPreset[]): Promise<void> {
    for (const { callId, number, callStartedAt, note, tags, followUp } of presets) {
      const call = { connection: demoConnection, callId, number, canonical: canonicalNumber(number), callStartedAt }
      const updatedAt = callStartedAt + 60_000
      await deps.dispositions.saveNote({ ...call, note, tags, author: pbx?.extension ?? null, updatedAt })
      if (!followUp) continue
      const noticedFor = followUp.dueAt <= deps.clock.now() ? followUp.dueAt : null
      await deps.dispositions.saveFollowUp({ ...call, ...followUp, createdAt: updatedAt, doneAt: null, noticedFor })
    }
  }

  /** As if this desk had uploaded them: their sounds can be heard. */
  async function writePrompts(prompts: readonly DemoPrompt[]): Promise<void> {
    for (const { id, sound, ...prompt } of prompts)
      await deps.prompts.keepCopy(
        { ...prompt, connection: demoConnection, prompt: id, savedAt: deps.clock.now(), savedBy: null },
        await inspectPrompt(sound, (bytes) => createHash('sha256').update(bytes).digest('hex')),
      )
  }

  const forget = async () => {
    await Promise.all([
      deps.live.purge(demoConnection),
      deps.presence.forget(demoConnection),
      deps.prompts.forget(demoConnection),
      deps.people.forget(demoConnection),
    ])
    deps.onForgotten()
  }

  return {
    running: () => pbx !== null,
    callers: () => pbx?.callers() ?? [],
    async start() {
      if (pbx) return
      await forget()
      const [{ startDemoPbx }, { demoCrmRule, demoTags }] = await Promise.all([
        import('../demo/index.ts'),
        import('../demo/presets.ts'),
      ])
      pbx = await startDemoPbx({ clock: deps.clock, log: deps.log, popUrl: deps.popUrl })
      const now = deps.clock.now()
      await deps.people.lend(
        demoConnection,
        pbx.people.map((person) => toDemoDocument(person, now)),
        now,
      )
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
            callControl: 'http',
            captchaSecret: null,
          },
        ],
        groups: pbx.groups,
        voiceMenus: pbx.voiceMenus,
        dispositions: { ...deps.settings.current().dispositions, tags: demoTags },
        crm: { rules: [demoCrmRule], hosts: [] },
      })
      await writePresets(pbx.presets)
      await writePrompts(pbx.prompts)
      deps.onChange()
    },
    async stop() {
      // A notification that is still on its way would be taken for one of the next PBX.
      await pbx?.rest()
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
