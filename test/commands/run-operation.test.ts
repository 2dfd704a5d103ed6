import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOutput } from '../../main/commands/output-file.ts'
import { showProgress } from '../../main/commands/progress.ts'
import { runOperation } from '../../main/commands/run-operation.ts'
import type { TelephonySystem } from '../../main/core/ports/index.ts'
import { createRunner, operationInfo } from '../../main/systems/kit/runner.ts'
import { download, endAll, endLater, noise, open, pump, serve, sha256 } from '../systems/transfers.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontbell-output-'))
})
afterEach(async () => {
  await endAll()
  rmSync(folder, { recursive: true, force: true })
})

function systemAt(baseUrl: string): TelephonySystem {
  const session = open(baseUrl, { idleMs: 200 })
  return {
    ...{ connection: 'c', system: 'x', address: session.base.host },
    operations: createRunner(session, [download]),
    check: async () => {},
    close: () => session.close(),
  }
}

async function fetchTo(baseUrl: string, path: string | null) {
  const output = path === null ? null : await openOutput(path)
  return runOperation(systemAt(baseUrl), operationInfo(download), {}, output)
}

const file = noise(2_000_000)
const serveFile = () =>
  serve((_request, response) => {
    response.setHeader('Content-Type', 'audio/x-wav')
    void pump(response, 1, file)
  })

describe('a file in the answer', () => {
  it('goes to --output whole, and is summed up', async () => {
    const result = await fetchTo(await serveFile(), join(folder, 'a.wav'))
    expect(result).toMatchObject({
      problem: null,
      data: { bytes: file.length, sha256: sha256(file), contentType: 'audio/x-wav' },
    })
    expect(readFileSync(join(folder, 'a.wav')).equals(file)).toBe(true)
    expect(readdirSync(folder)).toEqual(['a.wav'])
  })
  it('without --output is summed up only, and may be longer than what is kept in memory', async () => {
    const big = await serve((_request, response) => void pump(response, 12, noise(1 << 20)))
    expect(await fetchTo(big, null)).toMatchObject({ problem: null, data: { bytes: 12 << 20 } })
  })
  it('replaces an older file only when it is complete; nothing partial stays', async () => {
    const path = join(folder, 'a.wav')
    await fetchTo(await serveFile(), path)
    const cut = await serve((request, response) => {
      response.writeHead(200, { 'Content-Length': 9_000_000 })
      response.write(noise(1_000_000))
      setTimeout(() => request.socket.destroy(), 30)
    })
    const stalled = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': 9_000_000 })
      response.write(noise(1_000_000))
    })
    const refused = await serve((_request, response) => {
      response.writeHead(404)
      response.end()
    })
    for (const base of [cut, stalled, refused]) {
      expect((await fetchTo(base, path)).problem).not.toBeNull()
      expect(readFileSync(path).equals(file)).toBe(true)
      expect(readdirSync(folder)).toEqual(['a.wav'])
    }
  })
  it('a place that cannot be written is refused before anything is asked', async () => {
    for (const path of [folder, join(folder, 'none', 'a.wav'), '/proc/a.wav']) {
      await expect(openOutput(path)).rejects.toThrow(/--output .*(is a folder|cannot be written)/)
    }
  })
  it('Ctrl-C ends it and leaves nothing', async () => {
    const base = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': 9_000_000 })
      response.write(noise(1_000_000), () => process.emit('SIGINT'))
    })
    endLater(() => expect(process.listenerCount('SIGINT')).toBe(before))
    const before = process.listenerCount('SIGINT')
    expect(await fetchTo(base, join(folder, 'a.wav'))).toMatchObject({ problem: { code: 'cancelled' } })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('progress', () => {
  function shown(isTTY: boolean, run: (update: ReturnType<typeof showProgress>['update']) => void): string {
    let text = ''
    const write = (more: string) => {
      text += more
    }
    const stream = { isTTY, write }
    const progress = showProgress(stream as never)
    run(progress.update)
    progress.end()
    return text
  }
  const half = { direction: 'download', bytes: 1_500_000, total: 3_000_000 } as const
  it('is one line on a terminal, wiped at the end', () => {
    expect(shown(true, (update) => update(half))).toBe('\r\x1b[K↓ 1.5 MB / 3.0 MB (50 %)\r\x1b[K')
    const upload = { direction: 'upload', bytes: 200_000, total: null } as const
    expect(shown(true, (update) => update(upload))).toBe('\r\x1b[K↑ 0.2 MB\r\x1b[K')
  })
  it('says nothing into a file, and nothing about small answers', () => {
    expect(shown(false, (update) => update(half))).toBe('')
    expect(shown(true, (update) => update({ direction: 'download', bytes: 900, total: 900 }))).toBe('')
  })
})
