import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  // Come and go beside us, while the import rules are tested.
  .filter((file) => !basename(file).startsWith('planted-'))
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const product = tracked.filter((file) => /^(main|preload|renderer)\/.*\.(ts|tsx|css)$/.test(file))
const code = tracked.filter((file) => /^(main|preload|renderer|test|resources)\/.*\.(ts|tsx|css|mjs)$/.test(file))

/** Files whose content matches, as `file:line text`. */
function matches(files: string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((text, index) => (pattern.test(text) ? [`${file}:${index + 1} ${text.trim()}`] : [])),
  )
}

describe('house rules', () => {
  it('sees the house', () => expect(product.length).toBeGreaterThan(200))

  it('no file is longer than 400 lines', () => {
    expect(code.filter((file) => read(file).split('\n').length > 401)).toEqual([])
  })

  it('files are kebab-case, components PascalCase', () => {
    const wrong = code.filter(
      (file) => !/^(([a-z0-9]+[-.])*[a-z0-9]+|[A-Z][A-Za-z0-9]*(\.module)?)\.(ts|tsx|css|mjs)$/.test(basename(file)),
    )
    expect(wrong).toEqual([])
  })

  it('names say the thing', () => {
    expect(code.filter((file) => /(^|[/-])(utils?|helpers?|common|managers?|services?)[./]/.test(file))).toEqual([])
  })

  it('no default exports in the product', () => expect(matches(product, /^export default /)).toEqual([]))

  it('no console in the product', () => expect(matches(product, /\bconsole\./)).toEqual([]))

  it('no unfinished words', () => {
    const self = 'test/architecture/house-rules.test.ts'
    expect(
      matches(
        code.filter((file) => file !== self),
        /\b(TODO|FIXME|XXX|HACK)\b|not implemented/,
      ),
    ).toEqual([])
  })

  it('no module mocks, no skipped or focused tests', () => {
    const tests = code.filter((file) => file.startsWith('test/') && !file.startsWith('test/architecture/'))
    expect(matches(tests, /\b(vi|jest)\.mock\(|\.(only|skip)\(|\b(xit|xdescribe)\(/)).toEqual([])
  })

  it('the core reads no clock and starts no timer', () => {
    const core = product.filter((file) => file.startsWith('main/core/'))
    expect(matches(core, /\bDate\.now\(|new Date\(\)|\bsetTimeout\(|\bsetInterval\(|\bperformance\.now\(/)).toEqual([])
  })

  it('statements that take values are compiled where their plan is made to last', () => {
    const sites = matches(product, /\.prepare[<(]/).filter((site) => !/prepare\('[^?@]*'\)/.test(site))
    expect(sites.map((site) => site.split(':')[0])).toEqual(['main/store/sqlite.ts'])
  })

  it('text from outside is never markup', () => {
    expect(matches(product, /dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML/)).toEqual([])
  })

  it('every suppression gives a reason', () => {
    expect(
      matches(code, /@ts-(ignore|nocheck)|biome-ignore [^:]*:\s*$|eslint-disable/).filter(
        (line) => !line.includes('house-rules'),
      ),
    ).toEqual([])
  })

  it('every test file is one that a runner picks up', () => {
    const specs = tracked.filter((file) => /^test\/.*\.(test|spec)\.tsx?$/.test(file))
    const wrong = specs.filter((file) =>
      file.startsWith('test/e2e/') ? !file.endsWith('.spec.ts') : !/\.test\.tsx?$/.test(file),
    )
    expect(wrong).toEqual([])
  })

  it('the lock file and the tree name no registry and no machine', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"/)
    const texts = tracked.filter(
      (file) =>
        /\.(ts|tsx|mjs|cjs|json|md|yml|css|html)$/.test(file) &&
        file !== 'package-lock.json' &&
        !file.startsWith('test/architecture/'),
    )
    expect(matches(texts, /\/work\/|registry\.npmjs|deb\.debian/)).toEqual([])
  })

  it('every runtime package has its line in DECISIONS.md', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
    const decisions = read('DECISIONS.md')
    expect(Object.keys(dependencies).filter((name) => !decisions.includes(`\`${name}\``))).toEqual([])
  })

  it('versions are exact', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    )
    expect(loose).toEqual([])
  })
})
