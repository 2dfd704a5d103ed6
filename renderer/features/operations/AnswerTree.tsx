import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationResult } from '../../../preload/contract/index.ts'
import styles from './answer.module.css'
import { isRecord, type Meanings, scalarText, shapeOf, stepInto, timeIn } from './answer-shape.ts'
import { RecordTable } from './RecordTable.tsx'
import { useOperationWords } from './use-operations.ts'

/** A decoded answer to read: fields with what they mean, lists of records as tables. */
export function AnswerTree({ value, explained }: { value: unknown; explained: OperationResult['explained'] }) {
  const words = useOperationWords()
  const meanings = useMemo(() => new Map(explained.map((one) => [one.path, words.meaning(one)])), [explained, words])
  return (
    <div className={styles.tree} data-testid="answer-tree">
      <Value value={value} path="" name="" depth={0} meanings={meanings} />
    </div>
  )
}

interface Place {
  value: unknown
  path: string
  name: string
  depth: number
  meanings: Meanings
}

function Value(place: Place) {
  const { t } = useTranslation('operations')
  const { value, path, depth, meanings } = place
  switch (shapeOf(value)) {
    case 'record':
      return <Fields record={value as Record<string, unknown>} path={path} depth={depth} meanings={meanings} />
    case 'records':
      return (
        <RecordTable records={value as Record<string, unknown>[]} path={path} meanings={meanings}>
          {(record, at) => <Fields record={record} path={at} depth={depth + 1} meanings={meanings} />}
        </RecordTable>
      )
    case 'list':
      return <Items list={value as unknown[]} path={path} depth={depth} meanings={meanings} />
    case 'empty':
      return <p className="meta muted">{Array.isArray(value) ? t('emptyList') : t('emptyObject')}</p>
    default:
      return <Scalar {...place} />
  }
}

/** The fields of one record, deeper ones folded from the third level on. */
function Fields({
  record,
  path,
  depth,
  meanings,
}: {
  record: Record<string, unknown>
  path: string
  depth: number
  meanings: Meanings
}) {
  return (
    <dl className={styles.fields}>
      {Object.entries(record).map(([name, value]) => {
        const at = stepInto(path, name)
        const isDeep = shapeOf(value) !== 'scalar' && shapeOf(value) !== 'empty'
        return (
          <div key={name} data-deep={isDeep || undefined}>
            <dt className="mono" translate="no">
              {name}
            </dt>
            <dd>
              {isDeep ? (
                <details open={depth < 2}>
                  <summary className="meta muted">{summaryOf(value)}</summary>
                  <Value value={value} path={at} name={name} depth={depth + 1} meanings={meanings} />
                </details>
              ) : (
                <Value value={value} path={at} name={name} depth={depth} meanings={meanings} />
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

const summaryOf = (value: unknown): string =>
  Array.isArray(value) ? `[${value.length}]` : isRecord(value) ? `{${Object.keys(value).length}}` : ''

const mostItems = 200

function Items({ list, path, depth, meanings }: { list: unknown[]; path: string; depth: number; meanings: Meanings }) {
  const { t } = useTranslation('operations')
  return (
    <ol className={styles.items}>
      {list.slice(0, mostItems).map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer does not change
        <li key={index}>
          <Value value={value} path={`${path}[${index}]`} name="" depth={depth + 1} meanings={meanings} />
        </li>
      ))}
      {list.length > mostItems && <li className="meta muted">{t('more', { count: list.length - mostItems })}</li>}
    </ol>
  )
}

function Scalar({ value, path, name, meanings }: Place) {
  const { t } = useTranslation('operations')
  const meaning = meanings.get(path)
  const at = timeIn(name, value)
  const text = scalarText(value)
  return (
    <span className={styles.scalar}>
      <code className="mono" translate="no" data-kind={value === null ? 'null' : typeof value}>
        {text === '' ? '""' : text}
      </code>
      {text === '' && <span className="muted">{t('emptyText')}</span>}
      {meaning && (
        <span className={styles.meaning} data-testid="meaning">
          {meaning}
        </span>
      )}
      {at !== null && <LocalTime at={at} />}
    </span>
  )
}

/** An epoch time as people read it, on this PC's clock. */
function LocalTime({ at }: { at: number }) {
  const { i18n } = useTranslation()
  const format = useMemo(
    () => new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }),
    [i18n.language],
  )
  return <span className={`${styles.meaning} num`}>{format.format(at)}</span>
}
