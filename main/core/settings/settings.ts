import type { Settings, SettingsSnapshot } from '../../../preload/contract/index.ts'
import { CoreError } from '../errors.ts'
import type { Log } from '../ports/index.ts'
import { checkSettings, type FieldProblem, repairSettings } from './check.ts'
import { plainSecrets, secretPlaces, withoutSecrets, withSecrets } from './connection-secrets.ts'
import { type PolicyInForce, readPolicy } from './policy.ts'
import type { PolicySource, Secrets, SettingsFile } from './ports.ts'
import { isTree, mergeTrees, sameJson, type Tree, valueAt } from './tree.ts'

/** The settings in force: defaults < policy < file < what the policy locks < overlay. */
export interface SettingsStore {
  /** Secrets included: for the main process only. Always valid, never changed in place. */
  current(): Settings
  /** What a page may see. */
  snapshot(): SettingsSnapshot
  /**
   * Merge a patch and write the file; nothing happens unless all of it is right. Lists replace whole. A secret that is
   * absent or null stays as it is, `''` clears it. Errors: bad-request and forbidden (with `field`), storage-failed.
   */
  update(patch: Record<string, unknown>): Promise<void>
  /** Put values on top without writing them (demo); null takes them off. Errors: bad-request. */
  overlay(values: Partial<Settings> | null): void
  /** After every change of what is in force or of what is wrong. Returns the canceller. */
  onChange(listener: () => void): () => void
  /** Stored secrets are loaded and secrets found in the file are put away. Before that they may be null. */
  readonly ready: Promise<void>
  close(): void
}

export interface SettingsDeps {
  file: SettingsFile
  policy: PolicySource
  secrets: Secrets
  log: Log
}

export function createSettings(deps: SettingsDeps): SettingsStore {
  const { file, secrets, log } = deps
  const policy: PolicyInForce = readPolicy(deps.policy)
  const listeners = new Set<() => void>()
  /** Secrets that were loaded or entered; null = cleared. They beat what stands in the file. */
  const kept = new Map<string, string | null>()
  const policySecrets = plainSecrets(policy.values)
  const fileName = file.path.split(/[\\/]/).at(-1) ?? file.path

  const start = readAtStart()
  /** The file's contents that are in force. */
  let accepted: Tree = start.tree
  let fileProblems: FieldProblem[] = start.problems
  /** The file's contents as last seen, right or wrong; undefined = could not be read. */
  let seen: unknown = start.seen
  let overlay: Tree | null = null
  /** In force without the overlay. */
  let base: Settings = settle(accepted)
  let inForce: Settings = base
  let shown: SettingsSnapshot | null = null
  let closed = false

  function readAtStart(): { tree: Tree; problems: FieldProblem[]; seen: unknown } {
    let values: unknown
    const problems: FieldProblem[] = []
    try {
      values = file.read()
    } catch (error) {
      problems.push(unreadable(error))
      const good = file.lastGood()
      values = isTree(good) ? good : {}
    }
    const repaired = repairSettings(isTree(values) ? values : {}, policy.around)
    for (const problem of repaired.problems) log.warn('settings-field-wrong', { ...problem })
    if (problems.length === 0 && repaired.problems.length === 0 && isTree(values)) keepGood(values)
    return {
      tree: repaired.tree,
      problems: [...problems, ...repaired.problems],
      seen: problems.length > 0 ? undefined : values,
    }
  }

  /** The copy is a safety net: a folder that cannot be written must not stop anything. */
  function keepGood(tree: Tree): void {
    try {
      file.keepGood(withoutSecrets(tree))
    } catch (error) {
      log.warn('settings-copy-not-written', { error: error instanceof Error ? error.message : 'unknown' })
    }
  }

  function unreadable(error: unknown): FieldProblem {
    // A CoreError's message begins with its code, which is nothing to show.
    const said = error instanceof CoreError ? error.details.reason : error instanceof Error ? error.message : undefined
    const reason = said ?? 'cannot be read'
    log.warn('settings-file-unreadable', { reason })
    return { field: fileName, reason }
  }

  /** File contents with everything around them, and the secrets in their places. Contents must have been checked. */
  function settle(tree: Tree): Settings {
    const checked = checkSettings(policy.around(tree))
    if (!checked.ok) throw new CoreError('bad-request', checked.issues[0]?.problem)
    const plain = plainSecrets(checked.settings)
    return withSecrets(checked.settings, (key) =>
      kept.has(key) ? kept.get(key) : (plain.get(key) ?? policySecrets.get(key)),
    )
  }

  function settleOverlay(values: Tree | null): Settings {
    if (!values) return base
    const checked = checkSettings(mergeTrees(base, values))
    if (!checked.ok) throw new CoreError('bad-request', checked.issues[0]?.problem)
    return checked.settings
  }

  function changed(): void {
    shown = null
    for (const listener of listeners) {
      try {
        listener()
      } catch (error) {
        log.error('settings-listener-failed', { error: error instanceof Error ? error.name : 'unknown' })
      }
    }
  }

  function takeOver(tree: Tree): void {
    base = settle(tree)
    inForce = settleOverlay(overlay)
    accepted = tree
    fileProblems = []
  }

  /** Look at the file again: take it over when all of it is right, else name what is wrong and go on as before. */
  function reload(): boolean {
    let values: unknown
    try {
      values = file.read()
    } catch (error) {
      if (seen === undefined && fileProblems.length > 0) return false
      fileProblems = [unreadable(error)]
      seen = undefined
      return true
    }
    // Deleted under our feet: go on with what we have, the next change writes it again.
    if (!isTree(values) || sameJson(values, seen)) return false
    seen = values
    const checked = checkSettings(policy.around(values))
    if (checked.ok) {
      // What somebody wrote into the file now is newer than what was entered before.
      for (const key of plainSecrets(values).keys()) kept.delete(key)
      takeOver(values)
      keepGood(values)
      log.info('settings-file-reloaded')
    } else {
      fileProblems = checked.issues.map(({ problem }) => problem)
      for (const problem of fileProblems) log.warn('settings-field-wrong', { ...problem })
    }
    return true
  }

  /** Put secrets that stand in the file into the secret store, and fetch those that are there already. */
  async function settleSecrets(): Promise<boolean> {
    if (!secrets.available) return false
    const before = kept.size
    const moved = new Set<string>()
    for (const [key, value] of plainSecrets(accepted)) {
      try {
        await secrets.set(key, value)
        kept.set(key, value)
        moved.add(key)
      } catch (error) {
        log.warn('secret-not-stored', { key, error: error instanceof Error ? error.name : 'unknown' })
      }
    }
    for (const { key } of secretPlaces(base)) {
      if (kept.has(key)) continue
      try {
        const value = await secrets.get(key)
        if (value !== null) kept.set(key, value)
      } catch (error) {
        log.warn('secret-not-loaded', { key, error: error instanceof Error ? error.name : 'unknown' })
      }
    }
    if (moved.size > 0 && fileProblems.length === 0) {
      const blanked = withoutSecrets(accepted, moved)
      await file.write(blanked)
      accepted = blanked
      seen = blanked
    }
    if (kept.size === before && moved.size === 0) return false
    base = settle(accepted)
    inForce = settleOverlay(overlay)
    return true
  }

  async function apply(patch: Record<string, unknown>): Promise<void> {
    // Somebody may have edited the file a moment ago: their change must not be written over.
    const news = reload()
    try {
      const { wanted, entered } = readPatch(patch)
      const checked = checkSettings(mergeTrees(base, wanted))
      if (!checked.ok) throw new CoreError('bad-request', checked.issues[0]?.problem)
      const after = withSecrets(checked.settings, (key) =>
        entered.has(key) ? entered.get(key) : (currentSecret(key) ?? undefined),
      )
      for (const field of policy.locked) {
        if (!sameJson(valueAt(base, field), valueAt(after, field))) {
          throw new CoreError('forbidden', { field, reason: 'set by the administrator of this computer' })
        }
      }
      await persist(withoutSecrets(mergeTrees(accepted, wanted), new Set(entered.keys())), entered)
    } catch (error) {
      if (news) changed()
      throw error
    }
    await settleSecrets()
    changed()
  }

  /** The patch as plain JSON; secrets that were entered (null = cleared) by key; untouched ones as they stand in the file. */
  function readPatch(patch: Record<string, unknown>): { wanted: Tree; entered: Map<string, string | null> } {
    let wanted: Tree
    try {
      wanted = JSON.parse(JSON.stringify(patch)) as Tree
    } catch {
      throw new CoreError('bad-request', { field: 'patch', reason: 'must be plain JSON' })
    }
    const entered = new Map<string, string | null>()
    const inFile = plainSecrets(accepted)
    for (const { entry, field, key } of secretPlaces(wanted)) {
      const value = entry[field]
      if (typeof value === 'string') entered.set(key, value === '' ? null : value)
      else if (value === null || value === undefined) entry[field] = inFile.get(key) ?? null
    }
    return { wanted, entered }
  }

  function currentSecret(key: string): string | null {
    return plainSecrets(base).get(key) ?? null
  }

  /** Secrets first, then the file; a failure leaves everything as it was. */
  async function persist(tree: Tree, entered: Map<string, string | null>): Promise<void> {
    const next = policy.around(tree)
    const checked = checkSettings(next)
    if (!checked.ok) throw new CoreError('bad-request', checked.issues[0]?.problem)
    const remaining = new Set(secretPlaces(checked.settings).map(({ key }) => key))
    const gone = secretPlaces(base).filter(({ key }) => !remaining.has(key))
    const changes = new Map([...entered, ...gone.map(({ key }) => [key, null] as const)])
    const former = new Map([...changes.keys()].map((key) => [key, currentSecret(key)]))
    try {
      await storeSecrets(changes)
      if (fileProblems.length > 0) file.keepFaulty()
      await file.write(tree)
    } catch (error) {
      await storeSecrets(former).catch((again: unknown) =>
        log.error('secret-not-restored', { error: again instanceof Error ? again.name : 'unknown' }),
      )
      throw error instanceof CoreError
        ? error
        : new CoreError('storage-failed', { reason: 'the settings could not be saved' }, error)
    }
    for (const [key, value] of changes) kept.set(key, value)
    seen = tree
    takeOver(tree)
    keepGood(tree)
  }

  async function storeSecrets(changes: ReadonlyMap<string, string | null>): Promise<void> {
    if (!secrets.available) return
    for (const [key, value] of changes) await secrets.set(key, value)
  }

  function buildSnapshot(): SettingsSnapshot {
    return {
      values: withoutSecrets(inForce),
      secretsSet: [...plainSecrets(inForce).keys()],
      locked: policy.locked,
      problems: [...policy.problems, ...fileProblems],
      needsSetup: base.connections.length === 0 && !base.setupDone && overlay === null,
    }
  }

  let queue: Promise<unknown> = Promise.resolve()
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = queue.then(run)
    queue = result.catch(() => undefined)
    return result
  }
  async function refresh(): Promise<void> {
    const news = reload()
    if ((await settleSecrets()) || news) changed()
  }
  const logged = (run: Promise<void>) =>
    run.catch((error: unknown) =>
      log.error('settings-not-refreshed', { error: error instanceof Error ? error.name : 'unknown' }),
    )
  const ready = logged(inTurn(async () => void ((await settleSecrets()) && changed())))
  const stopWatching = file.watch(() => {
    if (!closed) void logged(inTurn(refresh))
  })

  return {
    ready,
    current: () => inForce,
    snapshot: () => (shown ??= buildSnapshot()),
    update: (patch) => inTurn(() => apply(patch)),
    overlay(values) {
      const tree = values as Tree | null
      inForce = settleOverlay(tree)
      overlay = tree
      changed()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      closed = true
      stopWatching()
    },
  }
}
