import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readWave } from '../../preload/sound/index.ts'
import { cliFile, expect, test } from './app-fixture.ts'
import { mp3, sine, title, words } from './voice-page.ts'

test('the command line lists, adds, replaces and removes', async ({ app, fake }, info) => {
  const run = async (...args: string[]) => {
    const words = [cliFile, 'voice-files', ...args, '--data-dir', app.dataDir]
    const env = { ...process.env, FRONTBELL_POLICY: join(app.dataDir, 'no-policy.json') }
    const { stdout, stderr, code } = await promisify(execFile)(process.execPath, words, { env }).then(
      (done) => ({ ...done, code: 0 }),
      (failed: { stdout: string; stderr: string; code: number }) => failed,
    )
    return { code, stderr, data: stdout === '' ? null : JSON.parse(stdout) }
  }
  const wav = info.outputPath('a.wav')
  writeFileSync(wav, sine(700, 2))
  expect((await run('list')).data).toHaveLength(5)
  const added = await run('add', wav, '--title', title, '--des', words)
  expect(added).toMatchObject({ code: 0, data: { id: 14, title } })
  const sound = readWave(new Uint8Array(fake.state.sounds.tones.get(14)!.sound))
  expect([sound.rate, sound.samples.length]).toEqual([8000, 16_000])
  expect((await run('add', wav, '--title', title, '--des', words)).code).toBe(1)
  expect(fake.state.sounds.tones.size).toBe(6)
  writeFileSync(wav, sine(700, 1))
  const before = fake.state.sounds.tones.get(14)!.sound
  for (const refused of [await run('replace', '14', wav), await run('remove', '14')])
    expect(refused).toMatchObject({ code: 2, data: null, stderr: expect.stringContaining('不会保留原来的声音') })
  expect(fake.state.sounds.tones.get(14)!.sound).toBe(before)
  expect(await run('replace', '14', wav, '--yes')).toMatchObject({ code: 0, data: { id: 14, title } })
  expect(fake.state.sounds.tones.get(14)!.sound.length).toBeLessThan(9000)
  const refused = await run('add', mp3, '--title', 'x', '--des', 'y')
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('save it as WAV')])
  expect((await run('replace', '99', wav, '--yes')).code).toBe(1)
  expect(await run('remove', '14', '--yes')).toMatchObject({ code: 0, data: { id: 14, removed: true } })
  expect(fake.state.sounds.tones.has(14)).toBe(false)
  expect((await run('remove', 'abc')).code).toBe(2)
  expect((await run('add', wav)).code).toBe(2)
  expect(readFileSync(mp3).length).toBeLessThan(20_000)
})
