import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  type ImportField,
  type ImportInspection,
  importDelimiters,
  importEncodings,
} from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Banner, Button, Icon } from '../../ui/index.ts'
import { fieldsOf, mappingProblems } from './fields.ts'
import styles from './import.module.css'
import { TargetChoice } from './TargetChoice.tsx'
import { actions, type Wizard } from './wizard.ts'

const delimiterNames = { ',': 'comma', '\t': 'tab', ';': 'semicolon' } as const

/** How the file was read, and what each column is. */
export function StepColumns({ wizard, inspection }: { wizard: Wizard; inspection: ImportInspection }) {
  const { t } = useTranslation('imports')
  const explain = useErrorSentence()
  const targets = useQuery({
    queryKey: ['import-targets'],
    queryFn: () => rpc.imports.targets(),
    meta: { operation: 'import' },
  })
  const connections = targets.data ?? []
  const connection = wizard.connection ?? connections[0]?.connection ?? null
  const target = connections.length === 0 ? 'local' : (wizard.target ?? 'both')
  const { reading, mapping } = wizard
  const { missing, twice } = mappingProblems(wizard.kind, mapping)
  const fieldName = (field: ImportField) =>
    field.startsWith('field:')
      ? t('fields.template', { tid: field.slice(6) })
      : t(`fields.${field as Exclude<ImportField, `field:${number}`>}`)
  return (
    <>
      <div className={styles.work}>
        {wizard.problem !== null && <Banner tone="failed">{explain(wizard.problem, 'import').sentence}</Banner>}
        <section className={styles.panel} aria-label={t('reading.label')}>
          <div className={styles.choices}>
            {inspection.sheets.length > 1 && (
              <Choice
                label={t('reading.sheet')}
                value={reading.sheet ?? ''}
                onChange={(sheet) => void actions.reread({ sheet })}
                testId="import-sheet"
              >
                {inspection.sheets.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Choice>
            )}
            {reading.encoding && (
              <Choice
                label={t('reading.encoding')}
                value={reading.encoding}
                onChange={(encoding) => void actions.reread({ encoding: encoding as never })}
                testId="import-encoding"
              >
                {importEncodings.map((name) => (
                  <option key={name} value={name}>
                    {t(`encodings.${name}`)}
                  </option>
                ))}
              </Choice>
            )}
            {reading.delimiter && (
              <Choice
                label={t('reading.delimiter')}
                value={reading.delimiter}
                onChange={(delimiter) => void actions.reread({ delimiter: delimiter as never })}
                testId="import-delimiter"
              >
                {importDelimiters.map((sign) => (
                  <option key={sign} value={sign}>
                    {t(`delimiters.${delimiterNames[sign]}`)}
                  </option>
                ))}
              </Choice>
            )}
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={reading.hasHeader ?? false}
                onChange={(event) => void actions.reread({ hasHeader: event.target.checked })}
                data-testid="import-header"
              />
              {t('reading.header')}
            </label>
            <span className="grow" />
            {inspection.remembered && (
              <span className="secondary" data-testid="import-remembered">
                {t('reading.remembered')}
              </span>
            )}
          </div>
        </section>
        <section className={styles.panel} aria-label={t('preview.label')} data-testid="import-preview">
          <div className={styles.scroller}>
            <table className={styles.preview}>
              <thead>
                <tr>
                  <th scope="col" className={styles.rowNumber}>
                    {t('preview.row')}
                  </th>
                  {inspection.columns.map((name, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place, names may repeat
                    <th key={at} scope="col">
                      <span className="cut">{name}</span>
                      <select
                        className={`${styles.select} ${mapping[at] === 'skip' ? styles.unused : ''}`}
                        aria-label={t('preview.field', { name })}
                        value={mapping[at]}
                        onChange={(event) => actions.setField(at, event.target.value as ImportField)}
                        data-testid={`import-column-${at}`}
                      >
                        {[
                          ...new Set([
                            mapping[at] ?? 'skip',
                            inspection.mapping[at] ?? 'skip',
                            ...fieldsOf(wizard.kind),
                          ]),
                        ].map((field) => (
                          <option key={field} value={field}>
                            {fieldName(field)}
                          </option>
                        ))}
                      </select>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {inspection.preview.slice(0, 12).map(({ row, cells }) => (
                  <tr key={row}>
                    <td className="num muted">{row}</td>
                    {cells.map((cell, at) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                      <td key={at} className={`num ${mapping[at] === 'skip' ? 'muted' : ''}`}>
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
        <TargetChoice
          wizard={wizard}
          connections={connections.map((one) => one.connection)}
          connection={connection}
          target={target}
        />
      </div>
      <footer className={styles.actionBar}>
        <span className={missing.length + twice.length > 0 ? styles.bad : 'secondary'} role="status">
          {missing.length > 0 ? (
            <>
              <Icon name="warn" />{' '}
              {t('columns.missing', { fields: missing.map((field) => t(`fields.${field}`)).join(t('and')) })}
            </>
          ) : twice.length > 0 ? (
            <>
              <Icon name="warn" /> {t('columns.twice', { field: twice.map(fieldName).join(t('and')) })}
            </>
          ) : (
            t('columns.text')
          )}
        </span>
        <span className="grow" />
        <Button onClick={() => actions.to('file')}>{t('back')}</Button>
        <Button
          variant="primary"
          disabled={missing.length + twice.length > 0 || targets.isPending}
          busy={wizard.inspecting}
          onClick={() => void actions.check(target, connection)}
          data-testid="import-check"
        >
          {t('columns.check')}
        </Button>
      </footer>
    </>
  )
}

function Choice(props: {
  label: string
  value: string
  onChange(value: string): void
  testId: string
  children: React.ReactNode
}) {
  return (
    <label className={styles.choice}>
      <span className="secondary">{props.label}</span>
      <select
        className={styles.select}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        data-testid={props.testId}
      >
        {props.children}
      </select>
    </label>
  )
}
