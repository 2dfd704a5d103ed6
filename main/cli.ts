import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { UsageError, usage } from './commands/usage.ts'
import { CoreError } from './core/errors.ts'

const commands: Record<string, (args: string[]) => Promise<void>> = {
  start: async (args) => (await import('./commands/start.ts')).startCommand(args),
  serve: async (args) => (await import('./commands/serve.ts')).serveCommand(args),
  call: async (args) => (await import('./commands/call.ts')).callCommand(args),
  operations: async (args) => (await import('./commands/operations.ts')).operationsCommand(args),
  diagnose: async (args) => (await import('./commands/diagnose.ts')).diagnoseCommand(args),
  log: async (args) => (await import('./commands/log.ts')).logCommand(args),
  contacts: async (args) => (await import('./commands/contacts.ts')).contactsCommand(args),
  'voice-files': async (args) => (await import('./commands/voice-files.ts')).voiceFilesCommand(args),
  import: async (args) => (await import('./commands/import.ts')).importCommand(args),
  calls: async (args) => (await import('./commands/calls.ts')).callsCommand(args),
}

// Compiled code is kept beside the build: with the program's own files and not in a temporary folder that others could
// write to. Where it cannot be written, Node goes on without. Commands are loaded after this, each when it is called.
enableCompileCache(join(import.meta.dirname, '..', 'compile-cache'))

// `… | head` has read enough: nothing is wrong, and there is nobody to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const localeOf = async (args: string[]) => (await import('./commands/usage-locale.ts')).usageLocale(args)

/** The command line. Exit codes: 0 done, 1 failed (one sentence on stderr), 2 wrong usage. */
async function main([name, ...args]: string[]): Promise<void> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(usage[await localeOf(args)])
    return
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new UsageError(`no command "${name}"`, `没有“${name}”这个命令`)
  await command(args)
}

const words = process.argv.slice(2)
main(words).catch(async (error: unknown) => {
  if (error instanceof UsageError) {
    const locale = await localeOf(words)
    process.stderr.write(`${locale === 'en' ? error.message : error.zh}\n\n${usage[locale]}`)
    process.exit(2)
  }
  const reason =
    error instanceof CoreError
      ? (error.details.reason ?? error.code)
      : error instanceof Error
        ? error.message
        : String(error)
  process.stderr.write(`frontbell: ${reason}\n`)
  process.exit(1)
})
