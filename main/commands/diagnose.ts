import { readOptions } from './arguments.ts'
import { bundleOf } from './bundle.ts'
import { readConfigured } from './configured.ts'
import { diagnose } from './findings.ts'
import { openOutput } from './output-file.ts'

const marks = { ok: 'ok  ', warn: '?   ', failed: 'FAIL' } as const

/** What is wrong with this installation, and what to do. Exit 0 = nothing, 1 = something. */
export async function diagnoseCommand(args: string[]): Promise<void> {
  const options = readOptions(args, {
    bundle: { type: 'string' },
    settings: { type: 'string' },
    'data-dir': { type: 'string' },
  })
  const output = options.bundle === undefined ? null : await openOutput(options.bundle, '--bundle')
  try {
    const configured = await readConfigured(options)
    const findings = await diagnose(configured)
    const isEnglish = configured.settings.locale === 'en'
    for (const finding of findings)
      process.stdout.write(`${marks[finding.state]}  ${finding.check}: ${isEnglish ? finding.en : finding.zh}\n`)
    if (output) {
      await output.write(await bundleOf(findings, configured, new Date()))
      await output.keep()
      process.stdout.write(isEnglish ? `Written: ${options.bundle}\n` : `已写入：${options.bundle}\n`)
    }
    if (findings.some(({ state }) => state === 'failed')) process.exitCode = 1
  } catch (error) {
    await output?.drop()
    throw error
  }
}
