import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPackage } from '@electron/asar'

/** What @electron/fuses looks for inside Electron's program file, and the version byte that follows. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuseCount = 8
const fuseInherit = 0x90

/**
 * A folder of the shape of an unpacked Electron for Linux, for packaging on a machine where the real one cannot be had.
 * The program in it only says that it is a stand-in, but it carries a real fuse wire (every fuse "inherit"), so that
 * the packager sets fuses as it would in Electron. Nothing else is pretended: the package cannot start.
 */
export async function makeStandInRuntime(dir: string, version: string): Promise<void> {
  await mkdir(join(dir, 'resources'), { recursive: true })
  await mkdir(join(dir, 'locales'), { recursive: true })
  const wire = Buffer.concat([
    Buffer.from(fuseSentinel, 'latin1'),
    Buffer.from([1, fuseCount]),
    Buffer.alloc(fuseCount, fuseInherit),
  ])
  const script = Buffer.from(
    '#!/bin/sh\necho "This is a stand-in for the Electron runtime; it cannot run Frontbell." >&2\nexit 70\n',
  )
  await writeFile(join(dir, 'electron'), Buffer.concat([script, wire]))
  await chmod(join(dir, 'electron'), 0o755)
  await writeFile(join(dir, 'chrome-sandbox'), '#!/bin/sh\nexit 70\n')
  await writeFile(join(dir, 'version'), version)
  await writeFile(join(dir, 'LICENSE'), 'Stand-in. No part of Electron is in this folder.\n')
  await Promise.all(['de', 'en-US', 'zh-CN'].map((name) => writeFile(join(dir, 'locales', `${name}.pak`), '')))
  const source = `${dir}-default-app`
  await mkdir(source, { recursive: true })
  await writeFile(join(source, 'package.json'), '{"name":"stand-in","main":"main.js"}\n')
  await writeFile(join(source, 'main.js'), 'process.exit(70)\n')
  await createPackage(source, join(dir, 'resources', 'default_app.asar'))
}
