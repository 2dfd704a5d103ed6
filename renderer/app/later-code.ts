export type CodeNow<Module> =
  | { state: 'absent' | 'loading' }
  | { state: 'ready'; value: Module }
  | { state: 'failed'; error: unknown }

export interface LaterCode<Module> {
  read(): CodeNow<Module>
  subscribe(listener: () => void): () => void
  /** Somebody wants it now; what failed is tried again. */
  open(): void
  /** In advance; → whether it is there. A failure is nobody's concern yet: it is tried again when somebody wants it. */
  prefetch(): Promise<boolean>
}

/** Code that is read when it is first wanted: once, however many want it. */
export function createLaterCode<Module>(load: () => Promise<Module>): LaterCode<Module> {
  let now: CodeNow<Module> = { state: 'absent' }
  let wanted = false
  const listeners = new Set<() => void>()
  const become = (next: CodeNow<Module>) => {
    now = next
    for (const listener of listeners) listener()
  }
  const start = async () => {
    become({ state: 'loading' })
    try {
      become({ state: 'ready', value: await load() })
    } catch (error) {
      become(wanted ? { state: 'failed', error } : { state: 'absent' })
    }
  }
  return {
    read: () => now,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open() {
      wanted = true
      if (now.state === 'absent' || now.state === 'failed') void start()
    },
    async prefetch() {
      if (now.state === 'absent') await start()
      return now.state === 'ready'
    },
  }
}
