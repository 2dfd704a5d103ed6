import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** `npm test` builds before this. */
const root = fileURLToPath(new URL('../../', import.meta.url))
const builtFiles = (extension: string) => {
  const folder = join(root, 'out/renderer/assets')
  const names = readdirSync(folder).filter((name) => name.endsWith(extension))
  return names.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
}
const classesIn = (text: string) => new Set(text.match(/\bm_[0-9a-f]{6,8}\b/g))

it('every Mantine component that is in the page brings its styles along', () => {
  const folder = join(root, 'node_modules/@mantine/core/styles')
  const used = classesIn(builtFiles('.js'))
  const styled = classesIn(builtFiles('.css'))
  const missing = readdirSync(folder)
    .filter((name) => name.endsWith('.layer.css'))
    .filter((name) =>
      [...classesIn(readFileSync(join(folder, name), 'utf8'))].some((one) => used.has(one) && !styled.has(one)),
    )
  expect(used.size, 'classes were really found').toBeGreaterThan(20)
  expect(missing, 'to be named in renderer/ui/mantine-parts.css').toEqual([])
})
