import type { Desk } from '../core/desk.ts'
import { procedures } from './procedures.ts'
import { rpcError } from './rpc-error.ts'

/** Checking a file and its report are streams: they end when they are done, when the page cancels them, and when it goes. */
export function createImportsArea(desk: Desk) {
  const { imports } = procedures
  return {
    begin: imports.begin.handler(({ input }) => desk.imports.begin(input)),
    append: imports.append.handler(({ input }) => desk.imports.append(input)),
    inspect: imports.inspect.handler(({ input, signal }) => desk.imports.inspect(input, signal)),
    check: imports.check.handler(async function* ({ input, signal, context }) {
      try {
        yield* await desk.imports.check(input, signal)
      } catch (error) {
        throw rpcError(error, 'imports.check', context.log)
      }
    }),
    findings: imports.findings.handler(({ input }) => desk.imports.findings(input)),
    start: imports.start.handler(({ input }) => desk.imports.start(input)),
    pause: imports.pause.handler(({ input }) => desk.imports.pause(input)),
    resume: imports.resume.handler(({ input }) => desk.imports.resume(input)),
    cancel: imports.cancel.handler(({ input }) => desk.imports.cancel(input)),
    undo: imports.undo.handler(({ input }) => desk.imports.undo(input)),
    report: imports.report.handler(async function* ({ input, signal, context }) {
      try {
        yield* await desk.imports.report(input, signal)
      } catch (error) {
        throw rpcError(error, 'imports.report', context.log)
      }
    }),
    discard: imports.discard.handler(({ input }) => desk.imports.discard(input)),
  }
}
