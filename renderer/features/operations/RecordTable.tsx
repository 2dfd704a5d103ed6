import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/index.ts'
import styles from './answer.module.css'
import { columnsOf, type Meanings, scalarText, shapeOf, timeIn } from './answer-shape.ts'

const mostColumns = 30
const firstRows = 50

/** Records of one kind, a row each; the chosen row's fields stand below in full. */
export function RecordTable(props: {
  records: Record<string, unknown>[]
  path: string
  meanings: Meanings
  /** The chosen record in full. */
  children(record: Record<string, unknown>, path: string): ReactNode
}) {
  const { t, i18n } = useTranslation('operations')
  const { records, path, meanings } = props
  const [chosen, setChosen] = useState(0)
  const [showsAll, setShowsAll] = useState(false)
  const columns = columnsOf(records, mostColumns)
  const shown = showsAll ? records : records.slice(0, firstRows)
  const record = records[chosen]
  const time = new Intl.DateTimeFormat(i18n.language, {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const cell = (row: Record<string, unknown>, index: number, name: string) => {
    const value = row[name]
    if (value === undefined || shapeOf(value) !== 'scalar') return ''
    const at = timeIn(name, value)
    return at === null ? (meanings.get(`${path}[${index}].${name}`) ?? scalarText(value)) : time.format(at)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = event.key === 'ArrowDown' ? chosen + 1 : event.key === 'ArrowUp' ? chosen - 1 : null
    if (to === null) return
    event.preventDefault()
    setChosen(Math.min(Math.max(to, 0), shown.length - 1))
  }
  return (
    <>
      <section
        className={styles.tableBox}
        aria-label={t('records', { count: records.length })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and ↑↓ choose a row
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((name) => (
                <th key={name} scope="col" className="mono" translate="no">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an answer does not change
              <tr key={index} onClick={() => setChosen(index)} data-chosen={index === chosen || undefined}>
                {columns.map((name) => (
                  <td key={name} className="num" translate="no">
                    {cell(row, index, name)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {records.length > shown.length && (
        <Button small variant="link" onClick={() => setShowsAll(true)}>
          {t('showAll', { count: records.length })}
        </Button>
      )}
      {record && (
        <div className={styles.record} data-testid="record-fields">
          <p className="meta muted">{t('fieldsOf', { row: chosen + 1, count: records.length })}</p>
          {props.children(record, `${path}[${chosen}]`)}
        </div>
      )}
    </>
  )
}
