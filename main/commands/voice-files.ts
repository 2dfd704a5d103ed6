import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Connection, PromptFile } from '../../preload/contract/index.ts'
import {
  finished,
  longestSoundSec,
  readWave,
  type SoundFault,
  SoundFileError,
  telephoneFile,
  toTelephoneRate,
} from '../../preload/sound/index.ts'
import { CoreError, toProblem } from '../core/errors.ts'
import type { TelephonySystem } from '../core/ports/index.ts'
import { createPromptDesk, type PromptDesk } from '../core/prompts/prompt-desk.ts'
import { createUploadQueue, type RunningUpload } from '../core/prompts/upload-queue.ts'
import { createSystemClock } from '../runtime/system-clock.ts'
import { openSystem } from '../systems/index.ts'
import { readWords } from './arguments.ts'
import { type Configured, quietLog, readConfigured } from './configured.ts'
import { sentenceFor, technicalPart } from './sentences.ts'
import { sessionPromptStore } from './session-prompt-store.ts'
import { UsageError } from './usage.ts'

const say = (text: string) => void process.stderr.write(`${text}\n`)
const answer = (value: unknown) => void process.stdout.write(`${JSON.stringify(value)}\n`)

const mostMb = 512

const options = {
  title: { type: 'string' },
  des: { type: 'string' },
  yes: { type: 'boolean' },
  json: { type: 'boolean' },
  settings: { type: 'string' },
  'data-dir': { type: 'string' },
  connection: { type: 'string' },
} as const

/**
 * The announcements of a telephone system: one JSON document on stdout (a table for `list` on a terminal), sentences on stderr.
 * It writes nothing on this PC, so what it replaces or removes has no backup: both want `--yes`.
 */
export async function voiceFilesCommand([action = '', ...args]: string[]): Promise<void> {
  const read = readWords(args, options)
  const wanted = readAction(action, read.words, read.options)
  const configured = await readConfigured(read.options)
  for (const { field, reason } of configured.problems) say(`${field}: ${reason}`)
  const { connection, system } = await openLibrary(configured, read.options.connection)
  try {
    await perform(wanted, connection.id, system, read.options.json === true)
  } catch (error) {
    if (error instanceof UsageError) throw error
    const problem = toProblem(error)
    say(sentenceFor(configured.settings.locale, problem, connection.system))
    const technical = technicalPart(problem)
    if (technical !== null) say(`(${technical})`)
    process.exitCode = 1
  } finally {
    await system.close()
  }
}

type Action =
  | { kind: 'list' }
  | { kind: 'add'; file: string; title: string; description: string }
  | { kind: 'replace'; id: number; file: string; title: string | null; description: string | null }
  | { kind: 'remove'; id: number }

function readAction(action: string, words: string[], given: { title?: string; des?: string; yes?: boolean }): Action {
  const most = { list: 0, add: 1, replace: 2, remove: 1 }[action]
  if (most === undefined)
    throw new UsageError(
      'voice-files takes list, add FILE, replace ID FILE or remove ID',
      'voice-files 后面要写 list、add 文件、replace 编号 文件 或 remove 编号',
    )
  if (words.length > most)
    throw new UsageError(
      `voice-files ${action} does not take "${words[most]}"`,
      `voice-files ${action} 后面不能写“${words[most]}”`,
    )
  const [first, second] = words
  const title = given.title ?? null
  const description = given.des ?? null
  if (action === 'list') return { kind: 'list' }
  if (action === 'remove') {
    const id = readId(first, action)
    requireYes(action, given.yes)
    return { kind: 'remove', id }
  }
  if (action === 'replace') {
    const id = readId(first, action)
    if (second === undefined)
      throw new UsageError('voice-files replace needs ID and FILE', 'voice-files replace 后面要写编号和文件')
    requireYes(action, given.yes)
    return { kind: 'replace', id, file: second, title, description }
  }
  if (first === undefined) throw new UsageError('voice-files add needs FILE', 'voice-files add 后面要写文件')
  if (!title?.trim())
    throw new UsageError(
      'voice-files add needs --title T: what the list calls it',
      'voice-files add 需要 --title 标题：列表里显示的名称',
    )
  if (!description?.trim())
    throw new UsageError(
      'voice-files add needs --des D: what is said in it',
      'voice-files add 需要 --des 内容：语音里说的话',
    )
  return { kind: 'add', file: first, title: title.trim(), description: description.trim() }
}

function requireYes(action: 'replace' | 'remove', isGiven: boolean | undefined): void {
  if (isGiven) return
  throw new UsageError(
    `voice-files ${action} keeps no copy of the sound that goes away: add --yes to go on. The page "Voice files" keeps a backup.`,
    `voice-files ${action} 不会保留原来的声音：确定要做请加 --yes。在“语音文件”页面上操作会留备份。`,
  )
}

function readId(text: string | undefined, action: string): number {
  if (text === undefined)
    throw new UsageError(
      `voice-files ${action} needs the ID of a voice file`,
      `voice-files ${action} 后面要写语音文件的编号`,
    )
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(
      `"${text}" is no ID: a voice file has a number, see voice-files list`,
      `“${text}”不是编号：语音文件的编号是数字，见 voice-files list`,
    )
  return Number(text)
}

/** The connection that keeps voice files: the named one, or the only one. */
async function openLibrary(
  configured: Configured,
  id: string | undefined,
): Promise<{ connection: Connection; system: TelephonySystem }> {
  const chosen = configured.settings.connections.filter((one) => id === undefined || one.id === id)
  if (id !== undefined && chosen.length === 0)
    throw new UsageError(
      `no connection "${id}" in ${configured.settingsFile}`,
      `${configured.settingsFile} 里没有“${id}”这个连接`,
    )
  const found: { connection: Connection; system: TelephonySystem }[] = []
  for (const connection of chosen) {
    const system = await openSystem(connection, { log: quietLog() })
    if (system.prompts) found.push({ connection, system })
    else await system.close()
  }
  const [first, ...others] = found
  if (first && others.length === 0) return first
  for (const { system } of found) await system.close()
  const names = found.map(({ connection }) => connection.id).join(', ')
  if (first)
    throw new UsageError(
      `several connections keep voice files: choose one with --connection (${names})`,
      `有多个连接能维护语音文件，请用 --connection 选一个（${names}）`,
    )
  throw new UsageError(
    `no connection that keeps voice files in ${configured.settingsFile}`,
    `${configured.settingsFile} 里没有能维护语音文件的连接`,
  )
}

async function perform(wanted: Action, connection: string, system: TelephonySystem, asJson: boolean): Promise<void> {
  const library = system.prompts!
  const log = quietLog()
  const clock = createSystemClock(log)
  const store = sessionPromptStore()
  let changed = (): void => undefined
  const onChange = () => changed()
  const libraryOf = async () => library
  const queue = createUploadQueue({ clock, log, store, libraryOf, onChange, onListChanged: onChange })
  const desk = createPromptDesk({
    ...{ clock, log, store, queue, libraryOf, onListChanged: onChange },
    digest: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    author: () => null,
  })
  try {
    if (wanted.kind === 'list') return showList((await desk.list({ connection })).prompts, asJson)
    if (wanted.kind === 'remove') return await remove(desk, connection, wanted.id)
    const sound = await telephoneSound(wanted.file)
    const { upload } =
      wanted.kind === 'add'
        ? await desk.add({ connection, title: wanted.title, description: wanted.description, sound })
        : await replace(desk, connection, wanted, sound)
    const done = await new Promise<RunningUpload>((resolve) => {
      changed = () => {
        const now = queue.list().find(({ id }) => id === upload)
        if (now?.state.phase === 'confirmed' || now?.state.phase === 'failed') resolve(now)
      }
      changed()
    })
    const { state, title } = done
    if (state.phase === 'failed') throw new CoreError(state.problem.code, state.problem.details)
    if (state.phase === 'confirmed') answer({ id: state.prompt, title, file: state.file, bytes: sound.length })
  } finally {
    queue.stop()
  }
}

async function replace(
  desk: PromptDesk,
  connection: string,
  { id, title, description }: Extract<Action, { kind: 'replace' }>,
  sound: Uint8Array,
): Promise<{ upload: number }> {
  const row = await rowOf(desk, connection, id)
  const words = { title: title?.trim() || row.title, description: description?.trim() || row.description || row.title }
  return desk.replace({ connection, prompt: id, ...words, sound })
}

async function remove(desk: PromptDesk, connection: string, id: number): Promise<void> {
  const { title } = await rowOf(desk, connection, id)
  await desk.remove({ connection, prompt: id, title })
  answer({ id, title, removed: true })
}

async function rowOf(desk: PromptDesk, connection: string, id: number): Promise<PromptFile> {
  const row = (await desk.list({ connection })).prompts.find((one) => one.id === id)
  if (!row) throw new CoreError('not-found', { connection, field: 'id', reason: `there is no voice file ${id}` })
  return row
}

function showList(prompts: readonly PromptFile[], asJson: boolean): void {
  if (asJson || !process.stdout.isTTY) {
    answer(prompts.map(({ id, title, description, file }) => ({ id, title, description, file })))
    return
  }
  for (const { id, title, description } of prompts)
    process.stdout.write(`${String(id).padStart(5)}  ${title}  ${description}\n`)
}

/** A WAVE file as telephones play it. Errors: UsageError (unreadable), bad-request, which says what to do. */
async function telephoneSound(path: string): Promise<Uint8Array> {
  const bytes = await readSound(path)
  try {
    return telephoneFile(finished(toTelephoneRate(readWave(bytes))))
  } catch (error) {
    if (!(error instanceof SoundFileError)) throw error
    throw new CoreError('bad-request', { field: basename(path), reason: advice[error.reason] })
  }
}

async function readSound(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > mostMb * 1024 * 1024)
      throw new UsageError(`${path} is larger than ${mostMb} MB`, `${path} 超过 ${mostMb} MB`)
    return await readFile(path)
  } catch (error) {
    if (error instanceof UsageError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown failure'
    throw new UsageError(`${path} cannot be read (${code})`, `${path} 读不了（${code}）`)
  }
}

const convert = 'save it as WAV (PCM), or upload it on the page "Voice files", which reads MP3, M4A, OGG, FLAC and WebM'
const advice: Record<SoundFault, string> = {
  'other-format': `this is no WAV file: ${convert}`,
  coding: `samples of this WAV file are in a coding that is not read here: ${convert}`,
  'no-samples': 'there is no sound in it',
  cut: 'the file is not whole: its end is missing',
  'too-long': `longer than ${longestSoundSec / 60} minutes: shorten it first`,
}
