import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Arch, build, type Configuration, Platform } from 'electron-builder'
import { icnsFile, icoFile, pngSize } from './icon-files.ts'
import { appIconFile, appIconSizes, iconsDir } from './icon-names.ts'
import { makeStandInRuntime } from './stand-in-runtime.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const usage = `npm run dist [-- options]        installers for this system into dist/
  --dir                          only the unpacked program, no installer
  --win | --mac | --linux        for another system
  --electron-dist DIR            an unpacked Electron to package with
  --stand-in                     with --dir on Linux: a stand-in for Electron; the result cannot start
  --output DIR                   somewhere else than dist/
With --dir on a Linux machine that has no Electron runtime, --stand-in is assumed and said.`

interface DistOptions {
  dir: boolean
  platform: Platform
  electronDist: string | null
  standIn: boolean
  output: string
}

/** Read the command line; throws a sentence for a wrong one. */
export function readDistOptions(args: string[]): DistOptions {
  const { values } = parseArgs({
    args,
    options: {
      dir: { type: 'boolean', default: false },
      win: { type: 'boolean', default: false },
      mac: { type: 'boolean', default: false },
      linux: { type: 'boolean', default: false },
      'electron-dist': { type: 'string' },
      'stand-in': { type: 'boolean', default: false },
      output: { type: 'string', default: 'dist' },
    },
  })
  const named = [values.win && Platform.WINDOWS, values.mac && Platform.MAC, values.linux && Platform.LINUX].filter(
    (one) => one instanceof Platform,
  )
  if (named.length > 1) throw new Error('name one of --win, --mac, --linux')
  const platform = named[0] ?? Platform.current()
  const installed = join(root, 'node_modules', 'electron', 'dist')
  const electronDist =
    values['electron-dist'] ??
    (platform === Platform.current() && existsSync(join(installed, 'version')) ? installed : null)
  const standIn =
    values['stand-in'] || (values.dir && platform === Platform.LINUX && process.platform === 'linux' && !electronDist)
  if (standIn && (!values.dir || platform !== Platform.LINUX))
    throw new Error('--stand-in only makes sense with --dir for Linux')
  return { dir: values.dir, platform, electronDist, standIn, output: resolve(root, values.output) }
}

/** Icon files for the three systems into out/icons, put together from the drawn PNGs. */
export async function writeIconFiles(target: string): Promise<void> {
  const pictures = await Promise.all(
    appIconSizes.map(async (size) => {
      const png = await readFile(join(iconsDir, appIconFile(size)))
      if (pngSize(png) !== size)
        throw new Error(`${appIconFile(size)} is ${pngSize(png)} pixels wide; run resources/packaging/icons.ts`)
      return { size, png }
    }),
  )
  await mkdir(join(target, 'linux'), { recursive: true })
  await writeFile(join(target, 'app.ico'), icoFile(pictures.filter(({ size }) => size <= 256)))
  await writeFile(join(target, 'app.icns'), icnsFile(pictures))
  await Promise.all(pictures.map(({ size, png }) => writeFile(join(target, 'linux', `${size}x${size}.png`), png)))
}

/** Package. Returns nothing; the files are in `output`. Throws when the program is not built. */
export async function makeDist(options: DistOptions): Promise<void> {
  if (!existsSync(join(root, 'out', 'main', 'index.js')))
    throw new Error('out/ is not built; use "npm run dist", which builds first')
  await writeIconFiles(join(root, 'out', 'icons'))
  const scratch = await mkdtemp(join(tmpdir(), 'frontbell-dist-'))
  try {
    const electronDist = options.standIn ? join(scratch, 'electron') : options.electronDist
    if (options.standIn) {
      const { version } = JSON.parse(
        await readFile(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
      ) as { version: string }
      await makeStandInRuntime(join(scratch, 'electron'), version)
    }
    const config: Configuration = {
      directories: { output: options.output },
      ...(electronDist ? { electronDist } : {}),
      // An unpacked Electron brings its own start page; with one app archive only, there is nothing else to load.
      afterPack: async ({ packager, appOutDir }) => {
        const resources = packager.getResourcesDir(appOutDir)
        await rm(join(resources, 'default_app.asar'), { force: true })
        await rm(join(appOutDir, 'version'), { force: true })
      },
    }
    const targets = options.dir
      ? options.platform.createTarget('dir', options.platform === Platform.MAC ? Arch.universal : currentArch())
      : options.platform.createTarget()
    await build({ projectDir: root, config, targets, publish: 'never' })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function currentArch(): Arch {
  return process.arch === 'arm64' ? Arch.arm64 : Arch.x64
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const options = readDistOptions(process.argv.slice(2))
    if (options.standIn)
      console.error(
        'frontbell: packaging with a STAND-IN for Electron: its contents can be checked, but it cannot start.',
      )
    await makeDist(options)
    console.error(`frontbell: done, see ${options.output}`)
  } catch (error) {
    console.error(`frontbell: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exitCode = 1
  }
}
