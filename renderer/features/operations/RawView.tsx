import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationResult } from '../../../preload/contract/index.ts'
import { fromBase64 } from '../../rpc/index.ts'
import { Button } from '../../ui/index.ts'
import styles from './answer.module.css'
import { hexDump } from './hex-dump.ts'
import { useCopy } from './use-copy.ts'

/** As much as the core passes on, and no more of a file either. */
const mostBytes = 65_536

/** The bytes as they came: read as text, or one by one. */
export function RawView(props: { result: OperationResult; file: Uint8Array | null; view: 'text' | 'hex' }) {
  const { t } = useTranslation('operations')
  const { result, file, view } = props
  const total = file?.length ?? result.raw?.bytes ?? 0
  const text = useMemo(() => {
    const start = file ? file.subarray(0, mostBytes) : fromBase64(result.raw?.base64 ?? '')
    if (view === 'hex') return hexDump(start)
    return file ? new TextDecoder().decode(start) : (result.raw?.text ?? '')
  }, [result, file, view])
  const copy = useCopy()
  return (
    <>
      {total > mostBytes && <p className="meta muted">{t('firstPart')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <section className={styles.rawBox} tabIndex={0} aria-label={t(view)}>
        <pre className="mono" translate="no" data-wrap={view === 'text' || undefined} data-testid={`raw-${view}`}>
          {text}
        </pre>
        {text === '' && <p className="meta muted">{t('noBytes')}</p>}
      </section>
      <div className={styles.foot}>
        <Button small variant="quiet" icon="copy" onClick={() => copy(text)}>
          {t('copyAnswer')}
        </Button>
      </div>
    </>
  )
}
