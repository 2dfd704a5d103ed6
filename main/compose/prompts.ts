import { createHash } from 'node:crypto'
import type { Connection, PromptsSnapshot } from '../../preload/contract/index.ts'
import type { Desk } from '../core/desk.ts'
import { CoreError } from '../core/errors.ts'
import { maskNumber, type ParsedNumber } from '../core/numbers/index.ts'
import type { Clock, Log, PhoneRecorder, PromptLibrary, PromptStore } from '../core/ports/index.ts'
import { backupKeepDays, createPromptDesk, uploadView } from '../core/prompts/prompt-desk.ts'
import { createUploadQueue } from '../core/prompts/upload-queue.ts'
import type { Telephony } from './telephony.ts'

/** So long after the page asked for the microphone it may have it: the system may ask its user first. */
const microphoneMs = 30_000

export interface PromptParts {
  desk: Desk['prompts']
  snapshot(): PromptsSnapshot
  /** The page has just asked for the microphone. */
  wantsMicrophone(): boolean
  /** The settings were followed: other connections may keep voice files now. */
  apply(connections: readonly Connection[]): Promise<void>
  /** Take up what an earlier run left behind. */
  start(): Promise<void>
  stop(): void
}

/** Voice files of all connections. */
export function openPrompts(deps: {
  clock: Clock
  log: Log
  store: PromptStore
  telephony(): Pick<Telephony, 'system'>
  parse(number: string): ParsedNumber
  author(): string | null
  onChange(): void
}): PromptParts {
  const { clock, log, store } = deps
  let libraries: PromptsSnapshot['libraries'] = []
  let recorders: PromptsSnapshot['recorders'] = []
  let listVersion = 1
  let microphoneUntilMono = Number.NEGATIVE_INFINITY

  async function libraryOf(connection: string): Promise<PromptLibrary> {
    const { prompts } = await deps.telephony().system(connection)
    if (prompts) return prompts
    throw new CoreError('unavailable', { connection, reason: 'this telephone system keeps no voice files' })
  }
  async function recorderOf(connection: string): Promise<PhoneRecorder> {
    const { phoneRecorder } = await deps.telephony().system(connection)
    if (phoneRecorder) return phoneRecorder
    throw new CoreError('unavailable', { connection, reason: 'this telephone system records no voice files' })
  }
  const onListChanged = () => {
    listVersion += 1
    deps.onChange()
  }
  const queue = createUploadQueue({ clock, log, store, libraryOf, onChange: deps.onChange, onListChanged })

  return {
    desk: {
      ...createPromptDesk({
        ...{ clock, log, store, queue, libraryOf, onListChanged },
        digest: (bytes) => createHash('sha256').update(bytes).digest('hex'),
        author: deps.author,
      }),
      microphone({ wanted }) {
        microphoneUntilMono = wanted ? clock.mono() + microphoneMs : Number.NEGATIVE_INFINITY
      },
      async ringRecorder({ connection, number }) {
        const parsed = deps.parse(number)
        if (parsed.kind === 'unknown' || parsed.kind === 'masked')
          throw new CoreError('bad-request', { connection, field: 'number', reason: 'not a telephone number' })
        log.info('prompt-recorder-rings', { connection, number: maskNumber(parsed.national) })
        await (await recorderOf(connection)).ring(parsed.national)
      },
      async keepRecorded({ connection, path }) {
        await (await recorderOf(connection)).keep(path)
      },
    },
    snapshot: () => ({
      ...{ libraries, recorders, listVersion },
      uploads: queue.list().map(uploadView),
      keepDays: backupKeepDays,
    }),
    wantsMicrophone: () => clock.mono() < microphoneUntilMono,
    async apply(connections) {
      const found = await Promise.all(
        connections.map(async ({ id, system }) => ({
          ...{ id, system },
          // What could not be opened is told by its status.
          opened: await deps
            .telephony()
            .system(id)
            .catch(() => null),
        })),
      )
      const withPart = (part: 'prompts' | 'phoneRecorder') =>
        found.filter(({ opened }) => opened?.[part] !== undefined).map(({ id, system }) => ({ id, system }))
      libraries = withPart('prompts')
      recorders = withPart('phoneRecorder')
      deps.onChange()
    },
    start: () => queue.start(),
    stop: () => queue.stop(),
  }
}
