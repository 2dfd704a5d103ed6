import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { voiceFilesCommand } from '../../main/commands/voice-files.ts'
import { type FakeTelcrm, startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { folderWith, frontbell } from './program.ts'

let fake: FakeTelcrm
let folder: ReturnType<typeof folderWith>

beforeEach(async () => {
  fake = await startFakeTelcrm()
  folder = folderWith({ connections: [{ id: 'pbx', system: 'telcrm', baseUrl: fake.baseUrl, extension: '802' }] })
})
afterEach(async () => {
  folder.end()
  await fake.stop()
})

describe('what no copy is kept of', () => {
  it('remove without --yes: exit 2, a sentence that says so, and the PBX is not asked', async () => {
    const ended = await frontbell(['voice-files', 'remove', '14', '--data-dir', folder.dir])
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('不会保留原来的声音') })
    expect(fake.requests).toEqual([])
  })

  it('replace without --yes: the same', async () => {
    const file = join(folder.dir, 'a.wav')
    writeFileSync(file, 'x')
    await expect(voiceFilesCommand(['replace', '14', file, '--data-dir', folder.dir])).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('voice-files replace keeps no copy'),
    })
    expect(fake.requests).toEqual([])
  })

  it('with --yes it is asked', async () => {
    const ended = await frontbell(['voice-files', 'remove', '14', '--yes', '--data-dir', folder.dir])
    expect(ended.stderr).not.toContain('不会保留')
    expect(fake.requests.length).toBeGreaterThan(0)
  })
})
