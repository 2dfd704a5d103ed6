import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: unknown[]
  options: ICruiseOptions
}

async function violations(paths: string[]): Promise<{ result: ICruiseResult; found: string[] }> {
  const options = {
    ...config.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  } as ICruiseOptions
  const { output } = await cruise(paths, options, undefined, { tsConfig: extractTSConfig(join(root, 'tsconfig.json')) })
  const result = output as ICruiseResult
  return { result, found: result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`) }
}

/** One deliberate wrong import per rule that matters most: the rule must name it. */
const planted: [rule: string, file: string, line: string][] = [
  ['core', 'main/core/planted-room.ts', "import '../store/open.ts'"],
  ['core-is-pure', 'main/core/planted-node.ts', "import 'node:fs'"],
  [
    'electron-in-shell-only',
    'main/core/planted-electron.ts',
    "import type { App } from 'electron'\nexport type Planted = App",
  ],
  ['renderer', 'renderer/ui/planted-main.ts', "import '../../main/core/errors.ts'"],
  ['features-by-their-index', 'renderer/features/desk/planted-deep.ts', "import '../board/BoardPane.tsx'"],
  ['pages-are-read-later', 'renderer/app/planted-page.ts', "import '../features/calls/page.ts'"],
  ['desk-without-schemas', 'renderer/features/desk/planted-schema.ts', "import '../../../preload/contract/index.ts'"],
  ['systems-telcrm', 'main/systems/telcrm/planted-store.ts', "import '../../store/open.ts'"],
]

afterAll(() => {
  for (const [, file] of planted) rmSync(join(root, file), { force: true })
})

describe('who may import whom', () => {
  it('holds in the whole product', async () => {
    const { result, found } = await violations(['main', 'preload', 'renderer'])
    const own = result.modules.filter(({ source }) => /^(main|preload|renderer)\//.test(source))
    // A cruiser that reads nothing also finds nothing: insist that it really read the house.
    expect(own.length).toBeGreaterThan(200)
    expect(found).toEqual([])
  }, 60_000)

  it.each(planted)(
    '%s catches a planted violation',
    async (rule, file, line) => {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), `${line}\n`)
      try {
        const { found } = await violations([file])
        expect(found.filter((text) => text.startsWith(`${rule}:`))).not.toEqual([])
      } finally {
        rmSync(join(root, file), { force: true })
      }
    },
    30_000,
  )
})
