import type { OperationInfo, OperationResult } from '../../preload/contract/index.ts'
import { toProblem } from '../core/errors.ts'
import type { RunOperationOptions, TelephonySystem } from '../core/ports/index.ts'
import type { OutputFile } from './output-file.ts'
import { showProgress } from './progress.ts'

/** The file is counted and summed up, not kept. */
const nowhere: NonNullable<RunOperationOptions['sink']> = { write() {} }

/** Run it to its end, or until Ctrl-C. A file in the answer goes to `output`, whole or not at all. */
export async function runOperation(
  system: TelephonySystem,
  operation: OperationInfo,
  values: Readonly<Record<string, unknown>>,
  output: OutputFile | null,
): Promise<OperationResult> {
  const progress = showProgress()
  const sink = operation.download ? (output ?? nowhere) : undefined
  const result = await untilInterrupted((signal) =>
    system.operations.run(operation.id, values, { signal, sink, onProgress: progress.update }),
  )
  progress.end()
  if (!output) return result
  if (result.problem) {
    await output.drop()
    return result
  }
  try {
    await output.keep()
    return result
  } catch (error) {
    return { ...result, data: null, problem: toProblem(error) }
  }
}

/** It may come twice: from the terminal, and from the program that started us. */
async function untilInterrupted<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const abort = () => stop.abort()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, abort)
  try {
    return await run(stop.signal)
  } finally {
    for (const signal of signals) process.removeListener(signal, abort)
  }
}
