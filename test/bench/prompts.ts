import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished, readWave, telephoneFile, toTelephoneRate } from '../../preload/sound/index.ts'
import { type Row, row } from './report.ts'

const rounds = 5
const timed = (run: () => void) => {
  const from = performance.now()
  run()
  return performance.now() - from
}

/** Ten minutes of 44.1 kHz stereo to what telephones play, file to file; the floor is sox doing the same. */
export async function prompts(): Promise<Row[]> {
  const name = 'voice file: 10 min to μ-law'
  if (spawnSync('sox', ['--version']).status !== 0)
    return [row(name, Number.NaN, 'ms', { mostOfFloor: 2 }, null, 'not measured: sox is not installed')]
  const folder = mkdtempSync(join(tmpdir(), 'bench-sound-'))
  const source = join(folder, 'source.wav')
  execFileSync('sox', ['-n', '-r', '44100', '-c', '2', '-b', '16', source, 'synth', '600', 'pinknoise', 'vol', '0.5'])
  const ours: number[] = []
  const theirs: number[] = []
  // In turns, so that whatever else this machine does hits both.
  for (let round = 0; round < rounds; round += 1) {
    ours.push(
      timed(() =>
        writeFileSync(
          join(folder, 'ours.wav'),
          telephoneFile(finished(toTelephoneRate(readWave(readFileSync(source))))),
        ),
      ),
    )
    theirs.push(
      timed(
        () =>
          void execFileSync('sox', ['-D', source, '-r', '8000', '-c', '1', '-e', 'mu-law', join(folder, 'sox.wav')]),
      ),
    )
  }
  rmSync(folder, { recursive: true, force: true })
  const note = `best of ${rounds}; sox: ${Math.min(...theirs).toFixed(0)} ms`
  return [row(name, Math.min(...ours), 'ms', { mostOfFloor: 2 }, Math.min(...theirs), note)]
}
