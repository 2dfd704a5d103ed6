import { Menu } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryFilter } from '../../../preload/contract/index.ts'
import { Button } from '../../ui/index.ts'
import styles from './strip.module.css'
import { useExport } from './use-export.ts'

/** The list as a file: which kind, how far it is, and a way to stop it. */
export const ExportMenu = memo(function ExportMenu({ filter }: { filter: HistoryFilter }) {
  const { t, i18n } = useTranslation(['calls', 'common'])
  const { progress, start, cancel } = useExport()
  if (progress !== null) {
    const number = new Intl.NumberFormat(i18n.language)
    const { rows, total } = progress
    return (
      <div className={styles.exporting} data-testid="export-progress">
        <span className="meta secondary num" role="status">
          {total === null
            ? t('calls:export.counting')
            : t('calls:export.progress', { rows: number.format(rows), total: number.format(total) })}
        </span>
        <progress
          className={styles.bar}
          aria-label={t('calls:export.label')}
          max={1}
          {...(total !== null && { value: total === 0 ? 1 : rows / total })}
        />
        <Button small onClick={cancel} data-testid="export-cancel">
          {t('common:cancel')}
        </Button>
      </div>
    )
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button icon="download" className={styles.export} data-testid="export-menu">
          {t('calls:export.label')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('calls:export.what')}</Menu.Label>
        {(['xlsx', 'csv'] as const).map((format) => (
          <Menu.Item key={format} onClick={() => start(filter, format)} data-testid={`export-${format}`}>
            {t(`calls:export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
})
