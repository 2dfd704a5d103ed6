import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryFilter } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { showToast } from '../../ui/index.ts'

export type ExportFormat = 'csv' | 'xlsx'

export interface ExportProgress {
  rows: number
  /** Null until everything was counted. */
  total: number | null
}

/** Everything that a filter finds, as a file that the browser saves. One at a time; leaving the page ends it. */
export function useExport(): {
  progress: ExportProgress | null
  start(filter: HistoryFilter, format: ExportFormat): void
  cancel(): void
} {
  const { t, i18n } = useTranslation('calls')
  const explain = useErrorSentence()
  const [progress, setProgress] = useState<ExportProgress | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  async function run(filter: HistoryFilter, format: ExportFormat, own: AbortController): Promise<void> {
    const pieces: Uint8Array<ArrayBuffer>[] = []
    const events = await rpc.history.export({ filter, format }, { signal: own.signal })
    for await (const event of events) {
      if (own.signal.aborted) return
      if (event.kind === 'data') pieces.push(new Uint8Array(event.bytes))
      else if (event.kind === 'progress') setProgress({ rows: event.rows, total: event.total })
      else {
        saveFile(new Blob(pieces, { type: event.type }), event.fileName)
        const count = new Intl.NumberFormat(i18n.language).format(event.rows)
        showToast({ tone: 'done', text: t('export.done', { count, name: event.fileName }) })
      }
    }
  }

  return {
    progress,
    start(filter, format) {
      if (running.current) return
      const own = new AbortController()
      running.current = own
      setProgress({ rows: 0, total: null })
      run(filter, format, own)
        .catch((error: unknown) => {
          // Cancelled by a click: that is no error.
          if (own.signal.aborted) return
          const explained = explain(error, 'export')
          showToast({ tone: 'error', text: explained.sentence, details: explained.details ?? undefined })
        })
        .finally(() => {
          running.current = null
          setProgress(null)
        })
    },
    cancel() {
      running.current?.abort()
    },
  }
}

function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the file by the next turn; the memory is given back after that.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
