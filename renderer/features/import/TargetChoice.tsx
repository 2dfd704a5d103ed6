import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportTarget } from '../../../preload/contract/index.ts'
import styles from './import.module.css'
import { actions, type Wizard } from './wizard.ts'

/** Where the rows go: the directory of this PC, the PBX, or both. */
export function TargetChoice(props: {
  wizard: Wizard
  connections: string[]
  connection: string | null
  target: ImportTarget
}) {
  const { t } = useTranslation('imports')
  const { wizard, connections, connection, target } = props
  const hasPbx = connections.length > 0
  return (
    <section className={styles.panel} aria-label={t('target.label')}>
      <div className={styles.choices}>
        <span className="secondary">{t('target.label')}</span>
        {hasPbx ? (
          <SegmentedControl
            aria-label={t('target.label')}
            value={target}
            onChange={(value) => actions.setTarget(value as ImportTarget, connection)}
            data={(['both', 'local', 'pbx'] as const).map((value) => ({ value, label: t(`target.${value}`) }))}
          />
        ) : (
          <span>{t('target.local')}</span>
        )}
        {target !== 'local' && connections.length > 1 && (
          <label className={styles.choice}>
            <span className="secondary">{t('target.connection')}</span>
            <select
              className={styles.select}
              value={connection ?? ''}
              onChange={(event) => actions.setTarget(target, event.target.value)}
            >
              {connections.map((id) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          </label>
        )}
        {target !== 'local' && wizard.kind === 'contacts' && (
          <>
            <NumberField
              label={t('target.group')}
              value={wizard.pbxGroup}
              least={1}
              onChange={(pbxGroup) => actions.setPbx({ pbxGroup })}
            />
            <NumberField
              label={t('target.assistant')}
              value={wizard.pbxAssistant}
              least={-1}
              onChange={(pbxAssistant) => actions.setPbx({ pbxAssistant })}
            />
          </>
        )}
      </div>
      <p className={styles.hint}>{t(hasPbx ? `target.text.${target}` : 'target.text.none')}</p>
    </section>
  )
}

function NumberField({
  label,
  value,
  least,
  onChange,
}: {
  label: string
  value: number
  least: number
  onChange(value: number): void
}) {
  return (
    <label className={styles.choice}>
      <span className="secondary">{label}</span>
      <input
        className={`${styles.select} ${styles.small} num`}
        type="number"
        min={least}
        max={1_000_000}
        value={value}
        onChange={(event) => {
          const next = event.target.valueAsNumber
          if (Number.isInteger(next) && next >= least && next <= 1_000_000) onChange(next)
        }}
      />
    </label>
  )
}
