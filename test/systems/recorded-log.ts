import type { Log } from '../../main/core/ports/index.ts'

export interface LoggedLine {
  level: 'debug' | 'info' | 'warn' | 'error'
  event: string
  fields: Record<string, unknown>
}

/** A Log that keeps everything it is given. */
export function recordedLog(): Log & { lines: LoggedLine[] } {
  const lines: LoggedLine[] = []
  const write =
    (level: LoggedLine['level']) =>
    (event: string, fields: Record<string, unknown> = {}): void => {
      lines.push({ level, event, fields })
    }
  const log = { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  return { ...log, child: () => ({ ...log, child: () => recordedLog() }) }
}
