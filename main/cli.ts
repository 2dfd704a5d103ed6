import { callsCommand } from './commands/calls.ts'
import { serveCommand } from './commands/serve.ts'
import { startCommand } from './commands/start.ts'
import { UsageError, usage } from './commands/usage.ts'
import { CoreError } from './core/errors.ts'

const commands: Record<string, (args: string[]) => Promise<void>> = {
  start: startCommand,
  serve: serveCommand,
  calls: callsCommand,
}

/** The command line. Exit codes: 0 done, 1 failed (one sentence on stderr), 2 wrong usage. */
async function main([name, ...args]: string[]): Promise<void> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(usage)
    return
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new UsageError(`no command "${name}"`)
  await command(args)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}`)
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
