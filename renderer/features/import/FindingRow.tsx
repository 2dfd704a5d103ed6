import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportFinding, ImportFix, KnownChoice } from '../../../preload/contract/index.ts'
import { Button } from '../../ui/index.ts'
import tables from './tables.module.css'
import { actions } from './wizard.ts'

/** A row with something to decide: another text for its cell, what to do with the person who is there, or leaving it out. */
export function FindingRow(props: {
  finding: ImportFinding
  fixes: ReadonlyMap<number, ImportFix>
  columns: readonly string[]
}) {
  const { finding, fixes, columns } = props
  const { t } = useTranslation('imports')
  const { group, row, name, value, person } = finding
  const column = columns[finding.column] ?? ''
  const isKnown = group === 'known' || group === 'pbx-known'
  const digits = finding.digits ?? 0
  const why =
    finding.fault === null
      ? t(`why.${group === 'pbx-known' ? 'pbx-known' : 'twice'}`)
      : finding.fault === 'empty'
        ? t('why.empty', { column })
        : t(`why.${finding.fault}`, { count: digits, column })
  return (
    <tr data-testid="import-finding" data-row={row}>
      <td className="num muted">{row}</td>
      <td className="cut">{name}</td>
      <td className="num cut">{value}</td>
      <td>
        {isKnown ? (
          <span className="cut">
            {person?.name ?? t('finding.somebody')} <span className="muted">{person?.company}</span>
          </span>
        ) : group === 'twice' ? (
          <span className="num">{t('finding.firstRow', { row: finding.firstRow ?? 0 })}</span>
        ) : (
          <Correction finding={finding} fix={fixes.get(row)} column={column} />
        )}
      </td>
      <td className="secondary">
        {group === 'known' ? (
          <SegmentedControl
            size="xs"
            aria-label={t('known.label', { row })}
            value={finding.choice ?? 'fill'}
            onChange={(known) => void actions.fix(row, { known: known as KnownChoice })}
            data={(['fill', 'overwrite', 'skip'] as const).map((choice) => ({
              value: choice,
              label: t(`known.${choice}`),
            }))}
          />
        ) : (
          <span className="cut">{why}</span>
        )}
      </td>
      <td className={tables.end}>
        {group !== 'known' && group !== 'twice' && (
          <Button
            variant="link"
            onClick={() => void actions.fix(row, { skip: true })}
            aria-label={t('finding.leaveOutRow', { row })}
          >
            {t('finding.leaveOut')}
          </Button>
        )}
      </td>
    </tr>
  )
}

/** Enter or leaving the field tries the row anew; a row that is right goes from the list. */
function Correction({ finding, fix, column }: { finding: ImportFinding; fix: ImportFix | undefined; column: string }) {
  const { t } = useTranslation('imports')
  const written = fix?.cells.find((one) => one.column === finding.column)?.value
  const start = written ?? finding.suggestion ?? finding.value
  const [text, setText] = useState(start)
  const isEmptied = finding.fault === 'scientific' && written === undefined
  const [isTouched, setTouched] = useState(false)
  const shown = isEmptied && !isTouched ? '' : text
  const digits = shown.replace(/\D/g, '')
  const save = () => {
    const next = shown.trim()
    if ((isTouched || finding.suggestion !== null) && next !== (written ?? finding.value))
      void actions.fix(finding.row, { cells: [{ column: finding.column, value: next }] })
  }
  const counts = finding.group === 'bad-number' && /^1[3-9]/.test(digits) && digits.length !== 11
  return (
    <span className={`${tables.cell} ${finding.suggestion !== null && !isTouched ? tables.suggested : tables.wrong}`}>
      <input
        className="num"
        aria-label={t('finding.correctRow', { row: finding.row, column })}
        placeholder={finding.group === 'bad-number' ? t('finding.typeNumber') : t('finding.typeText')}
        value={shown}
        autoComplete="off"
        spellCheck={false}
        data-testid="import-correction"
        onChange={(event) => {
          setTouched(true)
          setText(event.target.value)
        }}
        onBlur={() => isTouched && save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save()
          if (event.key === 'Escape') {
            setText(start)
            setTouched(false)
          }
        }}
      />
      {counts && <span className="meta num">{t('finding.digits', { count: digits.length })}</span>}
    </span>
  )
}
