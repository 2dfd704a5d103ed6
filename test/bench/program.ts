import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { chromiumLaunch } from '../chromium-launch.ts'
import { type FakeTelcrm, startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { type Child, startChild } from './child.ts'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

export interface Program extends Child {
  url: string
  listenerPort: number
  fake: FakeTelcrm
  dataDir: string
  close(): Promise<void>
}

/** The built program against a fake PBX of `extensions` telephones. */
export async function startProgram(options: {
  extensions: number
  scope?: 'extension' | 'all'
  notify?: boolean
  env?: NodeJS.ProcessEnv
  pollMs?: number
  /** Fill the data folder before the program starts. */
  prepare?(dataDir: string): Promise<void>
}): Promise<Program> {
  const extensions = Array.from({ length: options.extensions }, (_, n) => [String(801 + n), `同事${n + 1}`] as const)
  const fake = await startFakeTelcrm({ extensions })
  const dataDir = mkdtempSync(join(tmpdir(), 'frontbell-bench-'))
  await options.prepare?.(dataDir)
  const settings = {
    connections: [{ id: 'pbx', system: 'telcrm', baseUrl: fake.baseUrl, extension: '802' }],
    listener: { host: '127.0.0.1' },
    polling: { extensionStateMs: options.pollMs ?? 2000 },
    pop: { scope: options.scope ?? 'all', notify: options.notify ?? false },
    setupDone: true,
  }
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings))
  const child = await startChild(
    [join(root, 'out/main/cli.js'), 'serve', '--data-dir', dataDir, '--port', '0', '--listener-port', '0', '--no-open'],
    { FRONTBELL_POLICY: join(dataDir, 'none.json'), ...options.env },
  )
  return {
    ...child,
    url: String(child.ready.url),
    listenerPort: Number(new URL(String(child.ready.listener)).port),
    fake,
    dataDir,
    async close() {
      await child.stop()
      await fake.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch(chromiumLaunch())
}

/**
 * Watch the page from inside: when a card with a call id, or a tile state, first stands in the DOM. Both clocks are this
 * machine's wall clock; `performance.timeOrigin + performance.now()` has more digits than Date.now().
 */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: Record<string, number> = {}
    const longTasks: number[] = []
    Object.assign(window, { benchSeen: seen, benchLongTasks: longTasks })
    const at = () => performance.timeOrigin + performance.now()
    const note = (key: string) => {
      seen[key] ??= at()
    }
    const look = (element: Element) => {
      const call = element.getAttribute('data-call-id')
      if (call) note(`card:${call}`)
      const id = element.getAttribute('data-testid')
      if (id?.startsWith('board-tile-')) note(`${id}:${element.getAttribute('data-state')}`)
    }
    new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === 'attributes' && change.target instanceof Element) look(change.target)
        for (const node of change.addedNodes) {
          if (!(node instanceof Element)) continue
          look(node)
          for (const inner of node.querySelectorAll('[data-call-id]')) look(inner)
        }
      }
    }).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-call-id', 'data-state'],
    })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longTasks.push(Math.round(entry.duration))
    }).observe({ type: 'longtask', buffered: true })
  })
}

/** When `key` was first seen, epoch ms; null after `timeoutMs`. */
export async function seenAt(page: Page, key: string, timeoutMs: number): Promise<number | null> {
  try {
    const handle = await page.waitForFunction(
      (name) => (window as unknown as { benchSeen: Record<string, number> }).benchSeen[name],
      key,
      { timeout: timeoutMs, polling: 20 },
    )
    return (await handle.jsonValue()) as number
  } catch {
    return null
  }
}

export function now(): number {
  return performance.timeOrigin + performance.now()
}
